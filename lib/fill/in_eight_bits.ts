/** A graph in memory with its products in whole numbers. @module */

import type { Graph } from "../onnx/graph.ts";
import { quantizeDynamic } from "../onnx/quantize.ts";
import { inMemory } from "../onnx/tensor_source.ts";
import { type ArrayOf, sizeOf, type Tensor } from "../onnx/tensor.ts";

/**
 * The graph with its weights in int8, as `quantizeDynamic()` has it, all in memory.
 *
 * @throws Error where an array has a type that quantisation does not make
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { inEightBits } from "./in_eight_bits.ts";
 * import { equal } from "node:assert/strict";
 * const b = new GraphBuilder("dense");
 * const w = b.initializer("w", { dtype: "float32", shape: [1, 1], data: Float32Array.of(2) });
 * const graph = await inEightBits(b.graph([b.dense(b.input("x", "float32", ["n", 1]), w)]));
 * equal(graph.initializers.get("w_quantized")?.data[0], 127);
 * ```
 */
export async function inEightBits(graph: Graph): Promise<Graph> {
  const sources = new Map([...graph.initializers].map(([name, tensor]) => [name, inMemory(tensor)]));
  const quantized = quantizeDynamic({ ...graph, initializers: sources });
  const initializers = new Map<string, Tensor>();
  for (const [name, { dtype, shape, pieces }] of quantized.initializers) {
    const make = MAKE[dtype];
    if (!make) throw new Error(`${name}: ${dtype} is not expected in a model of eight bits.`);
    const data = make(sizeOf(shape));
    let at = 0;
    for await (const piece of pieces()) {
      copy(piece, data, at);
      at += piece.length;
    }
    initializers.set(name, { dtype, shape, data });
  }
  return { ...quantized, initializers };
}

const MAKE: Partial<Record<keyof ArrayOf, (length: number) => ArrayOf[keyof ArrayOf]>> = {
  float32: (length) => new Float32Array(length),
  int64: (length) => new BigInt64Array(length),
  int8: (length) => new Int8Array(length),
  uint8: (length) => new Uint8Array(length),
};

function copy(from: ArrayOf[keyof ArrayOf], to: ArrayOf[keyof ArrayOf], at: number): void {
  if (from instanceof BigInt64Array || to instanceof BigInt64Array) {
    if (from instanceof BigInt64Array && to instanceof BigInt64Array) to.set(from, at);
    return;
  }
  to.set(from, at);
}
