/** The training loop: a graph of loss and gradients, run for every batch, and an optimizer. @module */

import { release } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { AdamW, type AdamWOptions, type AdamWState, gradientNorm } from "./adamw.ts";
import type { Dropout } from "./dropout.ts";
import { whatIsNotFinite } from "./not_finite.ts";
import { type GraphOptions, OpenGraphs } from "./open_graph.ts";
import { learningRate, type Schedule } from "./schedule.ts";
import { given, gradientsIn, stepGraph, type Trained } from "./step_graph.ts";
import type { Batch, Task } from "./task.ts";

export interface TrainOptions extends AdamWOptions, GraphOptions {
  readonly steps: number;
  /** The learning rate at the end of the warm-up. */
  readonly learningRate: number;
  /** The share of the steps over which the learning rate rises. Default 0.06. */
  readonly warmUp?: number;
  /** How the learning rate falls after it. Default linear. */
  readonly schedule?: Schedule;
  /** How many batches make one step: their gradients are averaged, as those of one large batch. Default 1. */
  readonly accumulate?: number;
}

/** What is known after a step. */
export interface TrainingStep {
  /** From 1. */
  readonly step: number;
  /** The loss of the step's batches, before the step. */
  readonly loss: number;
  readonly learningRate: number;
  /** The norm of the gradient before clipping. */
  readonly gradientNorm: number;
}

/**
 * Trains the parameters in place and yields after every step. Stop early by leaving the loop. The same parameters,
 * task and options give the same numbers, with the same number of threads on the same kind of processor.
 *
 * @throws Error in one line, with the step and the first layer that gave it, where a value is not finite; the parameters
 * are then those of the step before
 *
 * @example
 * ```ts
 * import { train } from "./trainer.ts";
 * import { ok } from "node:assert/strict";
 * // The mean of x · weight has the gradient mean(x): training makes the weight smaller.
 * const weight = { dtype: "float32", shape: [2, 1], data: Float32Array.of(1, 1) } as const;
 * const x = { dtype: "float32", shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) } as const;
 * const task = {
 *   loss: ({ b, parameter }) =>
 *     b.reduceSum(b.matMul(b.input("x", "float32", [3, 2]), parameter("weight", [2, 1])), [0, 1], false),
 *   batch: () => ({ x }),
 * } satisfies import("./task.ts").Task;
 * const losses: number[] = [];
 * for await (const { loss } of train(new Map([["weight", weight]]), task, { steps: 3, learningRate: 0.1 })) {
 *   losses.push(loss);
 * }
 * ok((losses[2] ?? 0) < (losses[0] ?? 0));
 * ```
 */
export async function* train(
  parameters: Trained,
  task: Task,
  options: TrainOptions,
): AsyncGenerator<TrainingStep> {
  await using trainer = new Trainer(parameters, task, options);
  while (trainer.state.steps < options.steps) yield await trainer.next();
}

interface Backward {
  readonly loss: number;
  readonly gradients: Trained;
}

/** Takes one step after the other; {@linkcode train} is the loop around it. */
export class Trainer {
  readonly #parameters: Trained;
  readonly #task: Task;
  readonly #options: TrainOptions;
  readonly #optimizer: AdamW;
  readonly #graphs: OpenGraphs<{ readonly dropout: Dropout | undefined }>;

  /** @param from where an earlier trainer left off, its parameters being given */
  constructor(parameters: Trained, task: Task, options: TrainOptions, from?: AdamWState) {
    this.#parameters = parameters;
    this.#task = task;
    this.#options = options;
    this.#optimizer = new AdamW(parameters, options, from);
    this.#graphs = new OpenGraphs((batch) => stepGraph(parameters, task, batch, options), options);
  }

  /** What a trainer of the same parameters goes on from. */
  get state(): AdamWState {
    return this.#optimizer.state;
  }

  /** Takes a step. */
  async next(): Promise<TrainingStep> {
    const { steps: taken } = this.state;
    const { accumulate = 1, steps, learningRate: peak, warmUp = 0.06, schedule = "linear" } = this.#options;
    const { loss, gradients } = accumulate === 1
      ? await this.#backward(taken, this.#task.batch(taken))
      : await this.#accumulated(taken, accumulate);
    const norm = gradientNorm(gradients);
    if (!Number.isFinite(norm)) {
      await this.#refuse((taken + 1) * accumulate - 1, `the gradient's norm is ${norm}`, gradients);
    }
    const rate = learningRate(taken, { steps, peak, warmUp, schedule });
    this.#optimizer.step(gradients, rate, norm);
    release(gradients.values());
    return { step: taken + 1, loss, learningRate: rate, gradientNorm: norm };
  }

  async close(): Promise<void> {
    await this.#graphs.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The loss of a batch, and its gradients by the names of the parameters that have one. */
  async #backward(index: number, batch: Batch): Promise<Backward> {
    const { session, dropout } = await this.#graphs.for(batch);
    const fixed = given(this.#parameters, this.#options.base);
    const feeds = { ...fixed, ...batch, ...dropout?.masks(index) };
    const results = await session.run(feeds);
    const loss = Number(results["loss"]?.data[0]);
    const gradients = gradientsIn(results, this.#parameters);
    if (!Number.isFinite(loss)) await this.#refuse(index, `the loss is ${loss}`, gradients);
    return { loss, gradients };
  }

  /** The mean over several batches, each counting as much as it has targets. */
  async #accumulated(taken: number, accumulate: number): Promise<Backward> {
    const sums = new Map<string, Tensor<"float32">>();
    let [loss, weight] = [0, 0];
    for (let index = taken * accumulate; index < (taken + 1) * accumulate; index++) {
      const batch = this.#task.batch(index);
      const share = this.#task.weight?.(batch) ?? 1;
      const one = await this.#backward(index, batch);
      loss += share * one.loss;
      weight += share;
      for (const [name, gradient] of one.gradients) {
        const sum = sums.get(name) ?? { ...gradient, data: new Float32Array(gradient.data.length) };
        sums.set(name, sum);
        add(sum.data, gradient.data, share);
      }
      release(one.gradients.values());
    }
    for (const { data } of sums.values()) data.forEach((x, i) => data[i] = x / weight);
    return { loss: loss / weight, gradients: sums };
  }

  async #refuse(index: number, what: string, gradients: Trained): Promise<never> {
    const why = await whatIsNotFinite(this.#parameters, this.#task, index, gradients, this.#options);
    throw new Error(`step ${this.state.steps + 1}: ${what}: ${why}. Lower the learning rate.`);
  }
}

function add(sum: Float32Array, data: Float32Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + factor * (data[i] ?? 0);
}
