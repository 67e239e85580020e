/** What is put on an architecture for a task. @module */

import type { Value } from "../onnx/graph.ts";
import type { Architecture, Decoder, EncoderDecoder } from "./architecture.ts";
import { lastOf } from "./architecture.ts";
import type { Net } from "./net.ts";
import { type ParameterShapes, parametersOf } from "./parameters.ts";

/** The head of a model: none, the one it was pretrained with, or one that labels pieces. */
export type Head =
  | { readonly kind: "none" }
  | { readonly kind: "language-model" }
  | { readonly kind: "token-classification"; readonly labels: number };

/**
 * The parameters of an architecture with a head, by the names of the hub's checkpoints.
 *
 * @example
 * ```ts
 * import { bert } from "./bert.ts";
 * import { modelParameters } from "./heads.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = bert({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 12,
 * });
 * const shapes = modelParameters(encoder, { kind: "token-classification", labels: 3 });
 * deepEqual(shapes.get("classifier.weight"), [3, 8]);
 * ```
 */
export function modelParameters(architecture: Architecture, head: Head): ParameterShapes {
  return parametersOf((net) => useModel(net, architecture, head));
}

/** Builds an architecture with a head on a net, for one text of one piece: enough to see what it is made of. */
export function useModel(net: Net, architecture: Architecture, head: Head): void {
  const ids = net.b.input("ids", "int64", [1, 1]);
  if (architecture.kind === "encoder-decoder") return useEncoderDecoder(net, architecture, ids, head);
  if (architecture.kind === "decoder") return useDecoder(net, architecture, ids, head);
  const globals = net.b.input("globals", "int64", [1, 1]); // so that parameters are asked for that only they need
  const hidden = lastOf(architecture.states(net, { ids, globals }));
  if (head.kind === "language-model") architecture.maskedLM(net, hidden);
  if (head.kind === "token-classification") architecture.tokenClassifier(net, hidden, head.labels);
}

function useDecoder(net: Net, architecture: Decoder, ids: Value, head: Head): void {
  if (head.kind === "token-classification") {
    throw new Error(`a ${architecture.modelType} has no token-classification head. Choose an encoder.`);
  }
  const hidden = lastOf(architecture.states(net, { ids }).states);
  if (head.kind === "language-model") architecture.languageModel(net, hidden);
}

function useEncoderDecoder(net: Net, architecture: EncoderDecoder, ids: Value, head: Head): void {
  if (head.kind === "token-classification") {
    throw new Error(`a ${architecture.modelType} has no token-classification head. Choose an encoder.`);
  }
  const memory = architecture.memory(net, architecture.encode(net, { ids }), 1, 1);
  const { hidden } = architecture.decode(net, { ids, memory });
  if (head.kind === "language-model") architecture.languageModel(net, hidden);
}
