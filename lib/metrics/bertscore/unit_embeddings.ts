/** The graph behind BERTScore. @module */

import { type Encoder, lastOf } from "../../architectures/architecture.ts";
import { fixedParameters, fusedNet } from "../../architectures/net.ts";
import { GraphBuilder } from "../../onnx/builder.ts";
import type { Graph } from "../../onnx/graph.ts";
import type { Tensor } from "../../onnx/tensor.ts";

/**
 * Contextual embeddings of length 1: `input_ids` (batch, sequence), texts of one length and nothing to pad, → `unit` (batch ·
 * sequence, hidden), the output of the given layer, 0 being the embeddings. The layers behind it are left out.
 *
 * @throws {Error} where the encoder has fewer layers
 *
 * @example
 * ```ts
 * import { bert } from "../../architectures/bert.ts";
 * import { modelParameters } from "../../architectures/heads.ts";
 * import { initialize } from "../../train/initialize.ts";
 * import { unitEmbeddings } from "./unit_embeddings.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = bert({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 4, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 12,
 * });
 * const shapes = [...modelParameters(encoder, { kind: "none" })];
 * const weights = new Map(shapes.map(([name, shape]) => [name, initialize(name, shape, 42)]));
 * deepEqual(unitEmbeddings(encoder, weights, 2).outputs[0]?.shape, ["batch*sequence", 8]);
 * ```
 */
export function unitEmbeddings(
  encoder: Encoder,
  weights: ReadonlyMap<string, Tensor<"float32">>,
  layer: number,
): Graph {
  const b = new GraphBuilder(`unit-layer-${layer}`);
  const net = fusedNet(b, fixedParameters(b, weights));
  const ids = b.input("input_ids", "int64", ["batch", "sequence"]);
  const states = lastOf(encoder.states(net, { ids }, layer)); // (batch · sequence, hidden)
  const length = b.one("Sqrt", [b.reduceSum(b.mul(states, states), [-1], true)]);
  return b.graph([b.named("unit", b.one("Div", [states, length]))]);
}
