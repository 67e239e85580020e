/** The loss of a task on text that a model has not seen. @module */

import { Forward, type ForwardOptions } from "./forward.ts";
import type { Trained } from "./step_graph.ts";
import type { Task } from "./task.ts";

/**
 * The mean loss over the first batches of a task, each counting as it would in training. Nothing drops out.
 *
 * @example
 * ```ts
 * import { gpt2 } from "../architectures/gpt2.ts";
 * import { modelParameters } from "../architectures/heads.ts";
 * import { CausalLM } from "./causal_lm.ts";
 * import { initialize } from "./initialize.ts";
 * import { TaskLoss } from "./task_loss.ts";
 * import { ok } from "node:assert/strict";
 * const decoder = gpt2({ vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 });
 * const shapes = [...modelParameters(decoder, { kind: "language-model" })];
 * const parameters = new Map(shapes.map(([name, shape]) => [name, initialize(name, shape, 42)]));
 * const held = new CausalLM(decoder, [Array.from({ length: 50 }, (_, i) => i % 32)], 0, { batch: [1, 12], seed: 0 });
 * const loss = new TaskLoss(parameters, held, held.batchesPerEpoch);
 * ok(Math.abs(await loss.measure() - Math.log(32)) < 0.1); // it knows nothing yet
 * await loss.close();
 * ```
 */
export class TaskLoss {
  readonly #task: Task;
  readonly #batches: number;
  readonly #forward: Forward;

  constructor(parameters: Trained, task: Task, batches: number, options: ForwardOptions = {}) {
    this.#task = task;
    this.#batches = batches;
    this.#forward = new Forward(parameters, (net, batch) => ({ loss: task.loss(net, batch) }), options);
  }

  /** With the parameters as they are now, in nats. */
  async measure(): Promise<number> {
    let [sum, weight] = [0, 0];
    for (let i = 0; i < this.#batches; i++) {
      const batch = this.#task.batch(i);
      const share = this.#task.weight?.(batch) ?? 1;
      const { loss } = await this.#forward.run(batch);
      sum += share * Number(loss?.data[0]);
      weight += share;
    }
    return sum / weight;
  }

  async close(): Promise<void> {
    await this.#forward.close();
  }
}
