/** Training in stages, each with batches of its own. @module */

import type { Batch, Task } from "./task.ts";

/** The first of a run's batches. */
export interface Stage {
  readonly task: Task;
  /** How many batches it has. */
  readonly batches: number;
}

/**
 * One task whose batches are those of the stages, one stage after the other, and then those of the last task. The tasks have
 * the same loss.
 *
 * A masked LM that starts from random weights needs it: with short windows first it finds out within some hundred steps that
 * neighbours tell more than the rest of the text does, which with long ones takes it thousands (Press, Smith & Lewis 2021,
 * section 4, on training with short inputs first).
 *
 * @example
 * ```ts
 * import { inStages } from "./stages.ts";
 * import { deepEqual } from "node:assert/strict";
 * const task = (name: string) => ({
 *   loss: (net: import("../architectures/net.ts").Net) => net.b.scalar(0),
 *   batch: (step: number) => ({ [name]: { dtype: "float32", shape: [], data: Float32Array.of(step) } as const }),
 * });
 * const task3 = inStages([{ task: task("short"), batches: 2 }], task("long"));
 * deepEqual([0, 1, 2].map((step) => Object.keys(task3.batch(step))[0]), ["short", "short", "long"]);
 * ```
 */
export function inStages(stages: readonly Stage[], last: Task): Task {
  return {
    loss: (net, batch) => last.loss(net, batch),
    batch(step): Batch {
      let first = 0;
      for (const { task, batches } of stages) {
        if (step < first + batches) return task.batch(step - first);
        first += batches;
      }
      return last.batch(step - first);
    },
    ...(last.weight && { weight: (batch: Batch) => last.weight?.(batch) ?? 1 }),
  };
}
