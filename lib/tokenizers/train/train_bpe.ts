/** Training byte-level byte-pair encoding. @module */

import { BYTE_CHARACTERS } from "../pre_tokenizers/bytes.ts";
import { type CountedWord, mergePairs } from "./merge_pairs.ts";

export interface BpeOptions {
  /** Pieces in all, special tokens and the 256 bytes included. Fewer come out where the words give no more. */
  readonly size?: number;
  /** A pair of pieces that occurs less often makes no piece. */
  readonly minFrequency?: number;
  /** Tokens that the vocabulary starts with. */
  readonly special?: readonly string[];
}

/** A vocabulary of byte-pair encoding. */
export interface TrainedBpe {
  /** In the order of their ids: special tokens, bytes, merged pieces. */
  readonly pieces: readonly string[];
  /** Pairs of pieces, the most frequent first. */
  readonly merges: readonly (readonly [left: string, right: string])[];
}

/**
 * A byte-level vocabulary (Radford et al. 2019): special tokens, the 256 bytes as letters, and what comes of merging the most frequent pair
 * again and again (Sennrich et al. 2016). The same words give the pieces and merges of Hugging Face's `BpeTrainer`, in its order.
 *
 * @param words how often each word occurs, in bytes as letters: `countWords` with {@linkcode BYTE_LEVEL}
 * @throws Error where `size` does not even hold special tokens and bytes
 *
 * @example
 * ```ts
 * import { trainBpe } from "./train_bpe.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { pieces, merges } = trainBpe(new Map([["Ġfever", 3], ["Ġfew", 2]]), { size: 259 });
 * deepEqual(pieces.slice(256), ["fe", "Ġfe", "er"]);
 * deepEqual(merges[1], ["Ġ", "fe"]);
 * ```
 */
export function trainBpe(
  words: ReadonlyMap<string, number>,
  { size = 8192, minFrequency = 2, special = [] }: BpeOptions = {},
): TrainedBpe {
  const pieces = [...new Set([...special, ...BYTE_CHARACTERS.toSorted()])];
  if (pieces.length > size) {
    throw new Error(`size ${size}: special tokens and bytes alone are ${pieces.length} pieces. Raise size.`);
  }
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const merges: [string, string][] = [];
  const symbols = Array.from(words, ([word, count]): CountedWord => ({
    symbols: Array.from(word, (character) => ids.get(character) ?? 0),
    count,
  }));
  mergePairs(symbols, minFrequency, (left, right) => {
    if (ids.size >= size) return undefined;
    const [first, second] = [pieces[left] ?? "", pieces[right] ?? ""];
    merges.push([first, second]);
    const id = ids.get(first + second) ?? pieces.length;
    if (id === pieces.length) {
      ids.set(first + second, id);
      pieces.push(first + second);
    }
    return id;
  });
  return { pieces, merges };
}

/** How byte-level tokenizers split texts. */
export const BYTE_LEVEL = {
  normalizer: null,
  pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
} as const;
