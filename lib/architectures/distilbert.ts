/**
 * DistilBERT (Sanh et al. 2019): BERT's layers under other names, without token types.
 * Weights go by the names of the hub's `DistilBertForMaskedLM` checkpoints.
 *
 * @module
 */

import { z } from "zod";
import { activation } from "./activation.ts";
import type { Encoder } from "./architecture.ts";
import { inOrder } from "./positions.ts";
import { postNormEncoder } from "./post_norm_encoder.ts";
import { absent, multiple, probability, size } from "./sizes.ts";

/** What of a `config.json` decides the graph, with the defaults of Python's `DistilBertConfig`. */
const Config = z.object({
  vocab_size: size,
  dim: size,
  n_layers: size,
  n_heads: size,
  hidden_dim: size,
  max_position_embeddings: size,
  sinusoidal_pos_embds: z.boolean().default(false), // either way the checkpoint holds the table of positions
  activation: activation.default("gelu"),
  dropout: probability.default(0.1),
  attention_dropout: probability.default(0.1),
  tie_word_embeddings: z.boolean().default(true),
  ...absent,
}).refine(...multiple("dim", "n_heads"));

/**
 * A DistilBERT of the sizes of a `config.json`.
 *
 * @throws a zod error naming the key that does not fit, or asks for what is not built here
 *
 * @example
 * ```ts
 * import { distilbert } from "./distilbert.ts";
 * import { modelParameters } from "./heads.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = distilbert({
 *   vocab_size: 32, dim: 8, n_layers: 1, n_heads: 2, hidden_dim: 16, max_position_embeddings: 12,
 * });
 * const shapes = modelParameters(encoder, { kind: "language-model" });
 * deepEqual(shapes.get("distilbert.transformer.layer.0.ffn.lin1.weight"), [16, 8]);
 * ```
 */
export function distilbert(json: unknown): Encoder {
  const config = Config.parse(json);
  return postNormEncoder({
    modelType: "distilbert",
    family: "DistilBert",
    prefix: "distilbert.",
    hidden: config.dim,
    layers: config.n_layers,
    heads: config.n_heads,
    intermediate: config.hidden_dim,
    vocabulary: config.vocab_size,
    positionRows: config.max_position_embeddings,
    positions: config.max_position_embeddings,
    position: inOrder,
    types: 0,
    epsilon: 1e-12,
    activation: config.activation,
    dropout: config.dropout,
    mixedDropout: 0,
    attentionDropout: config.attention_dropout,
    classifierDropout: config.dropout, // seq_classif_dropout is for labels of whole texts
    names: (layer) => namesBelow(`distilbert.transformer.layer.${layer}`),
    head: {
      transform: "vocab_transform",
      norm: "vocab_layer_norm",
      decoder: "vocab_projector",
      bias: "vocab_projector.bias",
      activation: config.activation,
    },
    tied: config.tie_word_embeddings,
  });
}

function namesBelow(layer: string) {
  return {
    query: `${layer}.attention.q_lin`,
    key: `${layer}.attention.k_lin`,
    value: `${layer}.attention.v_lin`,
    mixed: `${layer}.attention.out_lin`,
    attentionNorm: `${layer}.sa_layer_norm`,
    wide: `${layer}.ffn.lin1`,
    narrow: `${layer}.ffn.lin2`,
    outputNorm: `${layer}.output_layer_norm`,
  };
}
