/** Training a WordPiece vocabulary. @module */

import { type CountedWord, mergePairs } from "./merge_pairs.ts";
import { SPECIAL_TOKENS } from "./special_tokens.ts";

export interface WordPieceOptions {
  /** Pieces in all, special tokens included. Fewer come out where the words give no more. */
  readonly size?: number;
  /** A pair of pieces that occurs less often makes no piece. */
  readonly minFrequency?: number;
  /** At most so many characters, the most frequent ones; words with others are `[UNK]` and are not learnt from. */
  readonly alphabet?: number;
}

/**
 * The pieces of a WordPiece vocabulary, in the order of their ids: special tokens; characters that occur, by code point; the same
 * inside words (`##e`); merged pieces, the most frequent first. Inside words, pieces carry the prefix `##`.
 *
 * As in Hugging Face's `WordPieceTrainer`, pieces come from merging the most frequent pair (BPE), not from the likelihood that
 * Schuster & Nakajima (2012) describe. That trainer numbers `##` characters in an order that changes from run to run, and breaks
 * ties by these numbers; here they are sorted, so that the same words give the same vocabulary.
 *
 * @param words how often each word occurs: {@linkcode countWords}
 * @throws Error where `size` does not even hold the special tokens and the characters
 *
 * @example
 * ```ts
 * import { trainWordPiece } from "./train_wordpiece.ts";
 * import { deepEqual } from "node:assert/strict";
 * const pieces = trainWordPiece(new Map([["ab", 3], ["abc", 2]]), { size: 12 });
 * deepEqual(pieces.slice(5), ["a", "b", "c", "##b", "##c", "ab", "abc"]);
 * ```
 */
export function trainWordPiece(
  words: ReadonlyMap<string, number>,
  { size = 8192, minFrequency = 2, alphabet = 1000 }: WordPieceOptions = {},
): string[] {
  const characters = mostFrequentCharacters(words, alphabet);
  const kept = [...words].filter(([word]) => [...word].every((character) => characters.has(character)));
  const inside = new Set(kept.flatMap(([word]) => [...word].slice(1)));
  const pieces: string[] = [
    ...SPECIAL_TOKENS,
    ...[...characters].sort(byCodePoint),
    ...[...inside].sort(byCodePoint).map((character) => `##${character}`),
  ];
  if (pieces.length > size) {
    throw new Error(
      `size ${size}: special tokens and characters alone are ${pieces.length} pieces. Raise size or lower alphabet.`,
    );
  }

  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const idOf = (piece: string) => {
    const id = ids.get(piece) ?? pieces.length;
    if (id === pieces.length) {
      ids.set(piece, id);
      pieces.push(piece);
    }
    return id;
  };
  const split = ([word, count]: [string, number]): CountedWord => ({
    symbols: [...word].map((character, i) => idOf(i === 0 ? character : `##${character}`)),
    count,
  });
  mergePairs(kept.map(split), minFrequency, (left, right) => {
    if (pieces.length >= size) return undefined;
    return idOf((pieces[left] ?? "") + (pieces[right] ?? "").slice("##".length));
  });
  return pieces;
}

function mostFrequentCharacters(words: ReadonlyMap<string, number>, limit: number): Set<string> {
  const counts = new Map<string, number>();
  for (const [word, count] of words) {
    for (const character of word) counts.set(character, (counts.get(character) ?? 0) + count);
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || byCodePoint(a, b));
  return new Set(sorted.slice(0, limit).map(([character]) => character));
}

function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}
