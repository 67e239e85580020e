/**
 * BERT (Devlin et al. 2019): an encoder of post-norm transformer layers.
 * Weights go by the names of the hub's `BertForMaskedLM` checkpoints.
 *
 * @module
 */

import { z } from "zod";
import type { Encoder } from "./architecture.ts";
import { bertKeys, bertSizes, headsShareColumns } from "./bert_keys.ts";
import { inOrder } from "./positions.ts";
import { postNormEncoder } from "./post_norm_encoder.ts";

const Config = z.object(bertKeys).refine(...headsShareColumns);

/**
 * A BERT of the sizes of a `config.json`.
 *
 * @throws a zod error naming the key that does not fit, or asks for what is not built here
 *
 * @example
 * ```ts
 * import { bert } from "./bert.ts";
 * import { parametersOf } from "./parameters.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = bert({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 12,
 * });
 * const shapes = parametersOf((net) => encoder.states(net, { ids: net.b.input("ids", "int64", ["batch", "sequence"]) }));
 * deepEqual(shapes.get("bert.embeddings.word_embeddings.weight"), [32, 8]);
 * ```
 */
export function bert(json: unknown): Encoder {
  const config = Config.parse(json);
  const at = "cls.predictions";
  return postNormEncoder({
    ...bertSizes(config, "bert."),
    modelType: "bert",
    family: "Bert",
    positions: config.max_position_embeddings,
    position: inOrder,
    head: {
      transform: `${at}.transform.dense`,
      norm: `${at}.transform.LayerNorm`,
      decoder: `${at}.decoder`,
      bias: `${at}.bias`,
      activation: config.hidden_act,
    },
  });
}
