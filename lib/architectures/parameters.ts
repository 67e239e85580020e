/** Which parameters an architecture has, asked of the architecture itself. @module */

import { GraphBuilder } from "../onnx/builder.ts";
import { bertEncoder, type BertShape, maskedLMHead } from "./bert.ts";

/**
 * The names and shapes of the parameters of a BERT with a masked-LM head, in the order of the graph. Found by building
 * the graph once, so that the list cannot differ from what the model uses.
 *
 * @example
 * ```ts
 * import { maskedLMParameters } from "./parameters.ts";
 * import { deepEqual } from "node:assert/strict";
 * const shapes = maskedLMParameters({
 *   hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16, vocab_size: 32,
 *   max_position_embeddings: 12, type_vocab_size: 2, layer_norm_eps: 1e-12,
 * });
 * deepEqual(shapes.get("bert.embeddings.word_embeddings.weight"), [32, 8]);
 * ```
 */
export function maskedLMParameters(config: BertShape): Map<string, readonly number[]> {
  const b = new GraphBuilder("parameters");
  const shapes = new Map<string, readonly number[]>();
  const of = (name: string, shape: readonly number[]) => {
    if (shapes.has(name)) return b.input(`${name} again ${b.nodes.length}`, "float32", shape);
    shapes.set(name, shape);
    return b.input(name, "float32", shape);
  };
  const states = bertEncoder(b, config, of, { ids: b.input("ids", "int64", [1, 1]) });
  const hidden = states.at(-1);
  if (hidden) maskedLMHead(b, config, of, hidden);
  return shapes;
}
