/** What is put on an architecture for a task. @module */

import type { Architecture } from "./architecture.ts";
import { lastOf } from "./architecture.ts";
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
  return parametersOf((net) => {
    const ids = net.b.input("ids", "int64", [1, 1]);
    const hidden = lastOf(architecture.states(net, { ids }));
    if (head.kind === "language-model") architecture.maskedLM(net, hidden);
    if (head.kind === "token-classification") architecture.tokenClassifier(net, hidden, head.labels);
  });
}
