/** What tokenizers give and take. @module */

import type { Pieces } from "./models/model.ts";

/** A text's pieces, and the range of the text that each stands for. */
export type Encoding = Pieces;

/** The pieces of words. */
export interface EncodedWords {
  readonly ids: number[];
  /** For each word the index in `ids` of its first piece; −1 where it has none, as a lone zero-width character has. */
  readonly first: number[];
}

export interface WordOptions {
  /**
   * Whether a word is read as after a space, for tokenizers that tell the difference (byte-level BPE): for all words, or for each. Python's
   * `add_prefix_space`. Left out: true.
   */
  readonly leadingSpace?: boolean | readonly boolean[];
}

export interface DecodeOptions {
  /** Whether special tokens are left out. Default false. */
  readonly skipSpecial?: boolean;
}
