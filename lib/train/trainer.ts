/** The training loop: a graph of loss and gradients, run once a step, and an optimizer. @module */

import { GraphBuilder } from "../onnx/builder.ts";
import { differentiate } from "../onnx/differentiate.ts";
import type { Value } from "../onnx/graph.ts";
import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Net, plainNet } from "../architectures/net.ts";
import { AdamW, type AdamWOptions } from "./adamw.ts";
import { linearSchedule } from "./schedule.ts";

/** What a model is trained to do: how its loss is computed, and on what. */
export interface Task {
  /** Adds the graph's inputs and the nodes of the loss, a scalar. */
  loss(net: Net): Value;
  /** What the graph's inputs are given at a step, from 0. The step alone decides it. */
  batch(step: number): Record<string, Tensor>;
}

export interface TrainOptions extends AdamWOptions {
  readonly steps: number;
  /** The learning rate at the end of the warm-up. */
  readonly learningRate: number;
  /** The share of the steps over which the learning rate rises. Default 0.06. */
  readonly warmUp?: number;
  readonly threads?: number;
}

/** What is known after a step. */
export interface TrainingStep {
  /** From 1. */
  readonly step: number;
  /** The loss of the step's batch, before the step. */
  readonly loss: number;
  readonly learningRate: number;
  /** The norm of the gradient before clipping. */
  readonly gradientNorm: number;
}

/**
 * Trains the parameters in place and yields after every step. Stop early by leaving the loop. The same parameters,
 * task and options give the same numbers, with the same number of threads on the same kind of processor.
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
 * } satisfies import("./trainer.ts").Task;
 * const losses: number[] = [];
 * for await (const { loss } of train(new Map([["weight", weight]]), task, { steps: 3, learningRate: 0.1 })) {
 *   losses.push(loss);
 * }
 * ok((losses[2] ?? 0) < (losses[0] ?? 0));
 * ```
 */
export async function* train(
  parameters: ReadonlyMap<string, Tensor<"float32">>,
  task: Task,
  options: TrainOptions,
): AsyncGenerator<TrainingStep> {
  const { steps, learningRate: peak, warmUp = 0.06 } = options;
  const session = await Session.open(
    trainingGraph(parameters, task),
    options.threads === undefined ? {} : { threads: options.threads },
  );
  try {
    const optimizer = new AdamW(parameters, options);
    const gradients = new Map([...parameters].map(([name, { shape, data }]) => {
      const gradient: Tensor<"float32"> = { dtype: "float32", shape, data: new Float32Array(data.length) };
      return [name, gradient];
    }));
    const into = Object.fromEntries([...gradients].map(([name, tensor]) => [gradientOf(name), tensor]));
    for (let step = 0; step < steps; step++) {
      const results = await session.run({ ...Object.fromEntries(parameters), ...task.batch(step) }, into);
      const learningRate = linearSchedule(step, steps, peak, warmUp);
      const gradientNorm = optimizer.step(gradients, learningRate);
      yield { step: step + 1, loss: Number(results["loss"]?.data[0]), learningRate, gradientNorm };
    }
  } finally {
    await session.close();
  }
}

/** The graph of a training step: parameters and a batch go in, the loss and a gradient a parameter come out. */
export function trainingGraph(parameters: ReadonlyMap<string, Tensor<"float32">>, task: Task) {
  const b = new GraphBuilder("training-step");
  const values = new Map([...parameters].map(([name, { shape }]) => [name, b.input(name, "float32", shape)]));
  const net = plainNet(b, (name, shape) => {
    const value = values.get(name);
    if (!value) throw new Error(`the model has no parameter ${name}`);
    if (`${value.shape}` !== `${shape}`) {
      throw new Error(`${name} is [${value.shape}], the architecture wants [${shape}]`);
    }
    return value;
  });
  const loss = task.loss(net);
  const gradients = differentiate(b, loss, [...values.values()]);
  const outputs = [...values.keys()].map((name, i) => {
    const gradient = gradients[i];
    if (!gradient) throw new Error(`no gradient for ${name}`);
    return b.named(gradientOf(name), gradient);
  });
  return b.graph([b.named("loss", loss), ...outputs]);
}

const gradientOf = (name: string) => `gradient of ${name}`;
