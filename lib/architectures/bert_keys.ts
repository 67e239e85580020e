/** The keys of a `config.json` that BERT, RoBERTa and Longformer share. @module */

import { z } from "zod";
import { activation } from "./activation.ts";
import type { PostNormFamily } from "./post_norm_encoder.ts";
import { bertLayerNames } from "./post_norm_layer.ts";
import { absent, layerSizes, multiple, probability, sizeOrNone } from "./sizes.ts";

/** What decides the graph, with the defaults of Python's configurations; what the graph does not have is refused. */
export const bertKeys = {
  ...layerSizes,
  type_vocab_size: sizeOrNone.default(2),
  layer_norm_eps: z.number().positive().default(1e-12),
  hidden_act: activation.default("gelu"),
  position_embedding_type: z.literal("absolute", "known is absolute").default("absolute"),
  hidden_dropout_prob: probability.default(0.1),
  attention_probs_dropout_prob: probability.default(0.1),
  classifier_dropout: probability.nullish(),
  tie_word_embeddings: z.boolean().default(true),
  ...absent,
};

export const headsShareColumns = multiple("hidden_size", "num_attention_heads");

/** What those keys say of a family. */
export function bertSizes(config: z.infer<z.ZodObject<typeof bertKeys>>, prefix: string) {
  return {
    prefix,
    hidden: config.hidden_size,
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    intermediate: config.intermediate_size,
    vocabulary: config.vocab_size,
    positionRows: config.max_position_embeddings,
    types: config.type_vocab_size,
    epsilon: config.layer_norm_eps,
    activation: config.hidden_act,
    dropout: config.hidden_dropout_prob,
    mixedDropout: config.hidden_dropout_prob,
    attentionDropout: config.attention_probs_dropout_prob,
    classifierDropout: config.classifier_dropout ?? config.hidden_dropout_prob,
    tied: config.tie_word_embeddings,
    names: (layer: number) => bertLayerNames(`${prefix}encoder.layer.${layer}`),
  } satisfies Partial<PostNormFamily>;
}
