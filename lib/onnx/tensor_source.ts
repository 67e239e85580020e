/** Arrays that are read when they are asked for, so that a model need not fit into memory. @module */

import type { ExportedGraph, Graph } from "./graph.ts";
import { describe } from "./graph.ts";
import { type ArrayOf, type DType, sizeOf, type Tensor } from "./tensor.ts";

/** An array of which the type is known, and the elements can be had in pieces. */
export interface LazyTensor<T extends DType = DType> {
  readonly dtype: T;
  readonly shape: readonly number[];
  /**
   * The elements in row-major order, from the first at every call. A piece ends anywhere, and holds only until the next
   * one is asked for.
   */
  pieces(): AsyncIterable<ArrayOf[T]>;
}

/** The arrays of a model by name, in the order in which they are best read. */
export type TensorSource = ReadonlyMap<string, LazyTensor>;

/** An exported graph whose arrays are read when they are asked for. */
export interface LazyExportedGraph extends Omit<ExportedGraph, "initializers"> {
  readonly initializers: TensorSource;
}

/** The same where all types are known. */
export interface LazyGraph extends Omit<Graph, "initializers"> {
  readonly initializers: TensorSource;
}

/**
 * An array in memory as one that is read when asked for.
 *
 * @example
 * ```ts
 * import { inMemory } from "./tensor_source.ts";
 * import { deepEqual } from "node:assert/strict";
 * const bias = inMemory({ dtype: "float32", shape: [2], data: Float32Array.of(1, 2) });
 * deepEqual(await Array.fromAsync(bias.pieces()), [Float32Array.of(1, 2)]);
 * ```
 */
export function inMemory<T extends DType>({ dtype, shape, data }: Tensor<T>): LazyTensor<T> {
  return {
    dtype,
    shape,
    async *pieces() {
      yield await Promise.resolve(data);
    },
  };
}

/** Whether an array holds float32, so that its pieces do. */
export function isFloat32(tensor: LazyTensor): tensor is LazyTensor<"float32"> {
  return tensor.dtype === "float32";
}

/** Whether an array holds float16, so that its pieces do. */
export function isFloat16(tensor: LazyTensor): tensor is LazyTensor<"float16"> {
  return tensor.dtype === "float16";
}

/**
 * The array with each piece put through a function that keeps the number of elements.
 *
 * @param change gets a piece and the position of its first element
 */
export function mapPieces<From extends DType, To extends DType>(
  tensor: LazyTensor<From>,
  dtype: To,
  change: (piece: ArrayOf[From], start: number) => ArrayOf[To],
): LazyTensor<To> {
  return {
    dtype,
    shape: tensor.shape,
    async *pieces() {
      let start = 0;
      for await (const piece of tensor.pieces()) {
        yield change(piece, start);
        start += piece.length;
      }
    },
  };
}

/**
 * A graph together with its weights: inputs of the graph that the source knows become arrays of the model, widened to
 * float32 where they are float16. Arrays that the graph holds already stay.
 *
 * @throws Error naming the weight whose type is not the one that the graph wants
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { inMemory, withWeights } from "./tensor_source.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("scaled");
 * const y = b.mul(b.input("x", "float32", ["n", 2]), b.input("scale", "float32", [2]));
 * const scale = inMemory({ dtype: "float32", shape: [2], data: Float32Array.of(1, 2) });
 * const graph = withWeights(b.graph([y]), new Map([["scale", scale]]));
 * deepEqual(graph.inputs.map(({ name }) => name), ["x"]);
 * ```
 */
export function withWeights(graph: Graph, weights: TensorSource = new Map()): LazyGraph {
  const initializers = new Map<string, LazyTensor>();
  for (const [name, tensor] of graph.initializers) initializers.set(name, inMemory(tensor));
  for (const input of graph.inputs) {
    const found = weights.get(input.name);
    if (!found) continue;
    const weight = isFloat16(found) && input.dtype === "float32" ? widened(found) : found;
    if (describe(weight) !== describe(input)) {
      throw new Error(`weight ${input.name} is ${describe(weight)}, the graph wants ${describe(input)}`);
    }
    initializers.set(input.name, weight);
  }
  return { ...graph, inputs: graph.inputs.filter(({ name }) => !weights.has(name)), initializers };
}

/** Bytes that the elements of an array take. */
export function byteLength({ dtype, shape }: Pick<LazyTensor, "dtype" | "shape">): number {
  return sizeOf(shape) * BYTES[dtype];
}

const BYTES = {
  float64: 8,
  float32: 4,
  float16: 2,
  int64: 8,
  int32: 4,
  int8: 1,
  uint8: 1,
  bool: 1,
} as const satisfies Record<DType, number>;

function widened(tensor: LazyTensor<"float16">): LazyTensor<"float32"> {
  return mapPieces(tensor, "float32", (piece) => new Float32Array(piece));
}
