/** What a tokenizer is made of. @module */

import { z } from "zod";
import { AddedToken } from "./added_tokens.ts";

/** The roles that special tokens have, by the names of `tokenizer_config.json` without `_token`. */
export const ROLES = ["bos", "eos", "unk", "sep", "pad", "cls", "mask"] as const;
export type Role = (typeof ROLES)[number];

/** A `tokenizer.json`; its parts are checked when they are made. */
export const TokenizerFile = z.looseObject({
  added_tokens: z.array(AddedToken).default([]),
  normalizer: z.unknown().optional(),
  pre_tokenizer: z.unknown().optional(),
  post_processor: z.unknown().optional(),
  decoder: z.unknown().optional(),
  model: z.looseObject({}),
});

/** A tokenizer, from whatever files: its parts as `tokenizer.json` has them, and what other files say. */
export interface Blueprint extends z.infer<typeof TokenizerFile> {
  /** The file that errors name. */
  readonly where: string;
  /** The special token of each role. */
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  /** The longest input that the model was made for; Infinity where nothing says. */
  readonly maxLength: number;
}
