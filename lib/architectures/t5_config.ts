/** What of a T5's `config.json` decides the graph. @module */

import { z } from "zod";
import { probability, size } from "./sizes.ts";
import { feedForwards } from "./t5_layer.ts";

const id = z.int().nonnegative();
const known = `known are ${feedForwards.join(", ")}`;

const keys = z.object({
  vocab_size: size,
  d_model: size,
  d_kv: size,
  d_ff: size,
  num_layers: size,
  num_decoder_layers: size.nullish(),
  num_heads: size,
  relative_attention_num_buckets: z.int().min(4, "not a whole number of 4 or more").default(32),
  relative_attention_max_distance: size.default(128),
  layer_norm_epsilon: z.number().positive().default(1e-6),
  dropout_rate: probability.default(0.1),
  feed_forward_proj: z.enum(feedForwards, known).default("relu"),
  dense_act_fn: z.string().optional(),
  is_encoder_decoder: z.literal(true, "known is true").default(true),
  tie_word_embeddings: z.boolean().default(true),
  scale_decoder_outputs: z.boolean().optional(),
  n_positions: size.default(Infinity),
  pad_token_id: id.default(0),
  eos_token_id: id.default(1),
  decoder_start_token_id: id.nullish(),
});

/** What newer versions of Python's library write of `feed_forward_proj` besides. */
const ACTIVATION = { "relu": "relu", "gated-gelu": "gelu_new", "gated-silu": "silu" } as const;
const agrees = (config: z.infer<typeof keys>) =>
  (config.dense_act_fn ?? ACTIVATION[config.feed_forward_proj]) === ACTIVATION[config.feed_forward_proj];
const message = { path: ["dense_act_fn"], message: "not the one of feed_forward_proj" };
/** The nearest half of the buckets have one distance each, and there must be others. */
const farEnough = (config: z.infer<typeof keys>) =>
  config.relative_attention_max_distance > config.relative_attention_num_buckets / 2;
const tooNear = {
  path: ["relative_attention_max_distance"],
  message: "not above half of relative_attention_num_buckets",
};

/** The keys of Python's `T5Config`, with its defaults; sizes must be there. */
export const T5Config = keys.refine(agrees, message).refine(farEnough, tooNear);

/** Those of `MT5Config`. */
export const MT5Config = keys.extend({
  feed_forward_proj: z.enum(feedForwards, known).default("gated-gelu"),
  tie_word_embeddings: z.boolean().default(false),
}).refine(agrees, message).refine(farEnough, tooNear);
