/** What a model is trained to do. @module */

import type { Net } from "../architectures/net.ts";
import type { GraphBuilder } from "../onnx/builder.ts";
import type { Value } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";

/** What the inputs of a training graph are given, by name. */
export type Batch = Readonly<Record<string, Tensor>>;

/**
 * How a model's loss is computed, and on what. Batches may differ in shape (short texts in one, long ones in another): a
 * graph is built for each shape that comes.
 */
export interface Task {
  /**
   * Adds the graph's inputs and the nodes of the loss, a scalar.
   *
   * @param batch one of the shapes that the graph is for
   */
  loss(net: Net, batch: Batch): Value;
  /** The batch of a step, from 0. The step alone decides it, so that a run can go on where it stopped. */
  batch(step: number): Batch;
  /**
   * How much a batch's loss counts where several batches make one step: the number of targets that it is the mean of.
   * Left out: all batches count alike.
   */
  weight?(batch: Batch): number;
}

/**
 * A graph input for one of a batch's arrays, of its type and shape.
 *
 * @throws Error where the batch has no array of that name
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { inputFor } from "./task.ts";
 * import { deepEqual } from "node:assert/strict";
 * const ids = { dtype: "int64", shape: [1, 2], data: BigInt64Array.of(5n, 6n) } as const;
 * deepEqual(inputFor(new GraphBuilder("example"), { ids }, "ids").shape, [1, 2]);
 * ```
 */
export function inputFor(b: GraphBuilder, batch: Batch, name: string): Value {
  const tensor = batch[name];
  if (!tensor) throw new Error(`the batch has no ${name}, only ${Object.keys(batch).join(", ")}`);
  return b.input(name, tensor.dtype, tensor.shape);
}

/** What tells the shapes of batches apart. */
export function shapesOf(batch: Batch): string {
  return Object.entries(batch).map(([name, { shape }]) => `${name} ${shape}`).sort().join("; ");
}
