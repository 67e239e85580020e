/**
 * RoBERTa (Liu et al. 2019) and the models that are the same graph, XLM-RoBERTa (Conneau et al. 2020) and CamemBERT
 * (Martin et al. 2020): BERT with positions counted from behind the padding piece's, and another head.
 * Weights go by the names of the hub's `RobertaForMaskedLM` checkpoints.
 *
 * @module
 */

import { z } from "zod";
import type { Encoder } from "./architecture.ts";
import { bertKeys, bertSizes, headsShareColumns } from "./bert_keys.ts";
import { afterPad } from "./positions.ts";
import { type MaskedLMHead, postNormEncoder } from "./post_norm_encoder.ts";
import { roomAfterPad, sizeOrNone } from "./sizes.ts";

const Config = z.object({ ...bertKeys, pad_token_id: sizeOrNone.default(1) })
  .refine(...headsShareColumns)
  .refine(...roomAfterPad);

/** The head of RoBERTa and Longformer. Its activation function is the same whatever the layers' is. */
export const robertaHead: MaskedLMHead = {
  transform: "lm_head.dense",
  norm: "lm_head.layer_norm",
  decoder: "lm_head.decoder",
  bias: "lm_head.bias",
  activation: "gelu",
};

/**
 * A RoBERTa of the sizes of a `config.json`. Pieces can have `max_position_embeddings` − `pad_token_id` − 1 positions. Where
 * a mask is given, pieces that are `pad_token_id` are taken for padding when positions are counted, as in Python.
 *
 * @param modelType whose `model_type` and class names the model has
 * @throws a zod error naming the key that does not fit, or asks for what is not built here
 *
 * @example
 * ```ts
 * import { roberta } from "./roberta.ts";
 * import { equal } from "node:assert/strict";
 * const encoder = roberta({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 514, type_vocab_size: 1,
 * });
 * equal(encoder.positions, 512);
 * equal(encoder.className({ kind: "token-classification", labels: 3 }), "RobertaForTokenClassification");
 * ```
 */
export function roberta(json: unknown, modelType: keyof typeof FAMILIES = "roberta"): Encoder {
  const config = Config.parse(json);
  return postNormEncoder({
    ...bertSizes(config, "roberta."),
    modelType,
    family: FAMILIES[modelType],
    positions: config.max_position_embeddings - config.pad_token_id - 1,
    position: afterPad(config.pad_token_id),
    head: robertaHead,
  });
}

const FAMILIES = { "roberta": "Roberta", "xlm-roberta": "XLMRoberta", "camembert": "Camembert" } as const;
