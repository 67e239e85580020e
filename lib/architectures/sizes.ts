/** Pieces of the schemas of `config.json`, in the words of its errors. @module */

import { z } from "zod";

/** A count: 1, 2, 3… */
export const size = z.int("not a whole number above 0").positive("not a whole number above 0");

/** The sizes of a model of layers, by the keys that most configurations have for them. */
export const layerSizes = {
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  intermediate_size: size,
  max_position_embeddings: size,
};

/** A count that may be 0. */
export const sizeOrNone = z.int("not a whole number").nonnegative("not a whole number of 0 or more");

/** A share from 0 to 1. */
export const probability = z.number().min(0).max(1);

/** That one size is a multiple of another, as heads share the columns out. */
export function multiple<K extends string>(
  of: K,
  by: K,
): [(config: Readonly<Record<K, number>>) => boolean, { path: [K]; message: string }] {
  return [(config) => config[of] % config[by] === 0, { path: [of], message: `not a multiple of ${by}` }];
}

/** Keys with which Python's encoders turn into graphs that no encoder here has: left out, or as they are here. */
export const absent = {
  is_decoder: z.literal(false, "known is false, an encoder").default(false),
  add_cross_attention: z.literal(false, "known is false, an encoder").default(false),
  pruned_heads: z.record(z.string(), z.unknown())
    .refine((heads) => Object.keys(heads).length === 0, "known are layers with all their heads")
    .default({}),
};

/** That there are positions behind the padding piece's, where RoBERTa's begin. */
export const roomAfterPad: [
  (config: { max_position_embeddings: number; pad_token_id: number }) => boolean,
  { path: string[]; message: string },
] = [
  (config) => config.max_position_embeddings > config.pad_token_id + 1,
  { path: ["max_position_embeddings"], message: "no position is left behind that of pad_token_id" },
];
