/** The weights of a checkpoint, for a graph that asks for them by name. @module */

import type { Architecture } from "../architectures/architecture.ts";
import { storedNames } from "../checkpoint/stored_name.ts";
import type { Weights } from "../checkpoint/weights.ts";
import type { Graph } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";
import type { LazyTensor, TensorSource } from "../onnx/tensor_source.ts";

/**
 * The inputs of a graph that are its parameters, as tensors that are read from a checkpoint one by one.
 *
 * @throws Error in one line, with file and tensor, where the checkpoint lacks a parameter or has it in another shape
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { readConfig } from "../checkpoint/config.ts";
 * import { openWeights } from "../checkpoint/weights.ts";
 * import { modelGraphs } from "./model_graphs.ts";
 * import { storedWeights } from "./stored_weights.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * const { architecture } = await readConfig(folder);
 * const graph = modelGraphs(architecture, { kind: "language-model" }).get("model");
 * const weights = graph && storedWeights(await openWeights(folder), graph, architecture);
 * deepEqual(weights?.get("cls.predictions.bias")?.shape, [6]);
 * ```
 */
export function storedWeights(
  weights: Weights,
  graph: Graph,
  architecture: Pick<Architecture, "prefix" | "otherNames">,
): TensorSource {
  const nameOf = storedNames(weights, architecture);
  const found = new Map<string, LazyTensor>();
  for (const { name, dtype, shape } of graph.inputs) {
    const sizes = shape.filter((dim) => typeof dim === "number");
    // Token ids, masks, hidden states and caches have axes whose sizes a run decides.
    if (dtype !== "float32" || sizes.length < shape.length) continue;
    const stored = nameOf(name, sizes);
    if (stored === undefined) {
      throw new Error(`${weights.files[0]}: no tensor ${name}. Name the folder of a model that has it.`);
    }
    const { file } = weights.type(stored);
    found.set(name, {
      dtype,
      shape: sizes,
      async *pieces() {
        for await (const piece of weights.pieces(stored)) yield float32(piece, `${file}: ${stored}`);
      },
    });
  }
  return found;
}

function float32(piece: Tensor["data"], where: string): Float32Array {
  if (piece instanceof Float32Array) return piece;
  if (piece instanceof Float16Array) return new Float32Array(piece);
  throw new Error(`${where}: holds whole numbers, not weights. Name the folder of a model.`);
}
