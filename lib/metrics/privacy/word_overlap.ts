/** Which of a text's most frequent words are another's too. @module */

import { WordReader } from "./word_reader.ts";

/** What counts as a word. */
export interface WordOverlapOptions {
  /** Words that are not counted, as they are compared (see `fold()`): function words, say. */
  readonly ignore?: ReadonlySet<string>;
}

/** The overlap of the most frequent words. */
export interface WordOverlap {
  /** `word-overlap|top:100|words:folded|v1` */
  readonly signature: string;
  /** How many words each side gives: `top`, or as many as the side with more words has, where neither has so many. */
  readonly of: number;
  readonly shared: number;
  /** null where neither text has a word. */
  readonly share: number | null;
  /** The shared words, the most frequent of the first text first. */
  readonly words: readonly string[];
}

/**
 * The share of the `top` most frequent words of one text, or corpus, that are among the `top` most frequent of another. Words
 * that are equally frequent come in the order of their code units. The measure is symmetric; equal texts have 1.
 *
 * @throws {Error} when `top` is no positive whole number
 *
 * @example
 * ```ts
 * import { wordOverlap } from "./word_overlap.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { shared, of, words } = wordOverlap(["Pain, pain, no fever"], ["no pain"], 2);
 * deepEqual([shared, of, words], [1, 2, ["pain"]]);
 * ```
 */
export function wordOverlap(
  left: readonly string[],
  right: readonly string[],
  top = 100,
  { ignore }: WordOverlapOptions = {},
): WordOverlap {
  if (!(Number.isInteger(top) && top > 0)) {
    throw new Error(`wordOverlap: top is ${top}. Give a positive whole number.`);
  }
  const [words, others] = [mostFrequent(left, top, ignore), mostFrequent(right, top, ignore)];
  const known = new Set(others);
  const shared = words.filter((word) => known.has(word));
  const of = Math.max(words.length, others.length);
  const ignored = ignore === undefined ? "" : `|ignored:${ignore.size}`;
  return {
    signature: `word-overlap|top:${top}|words:folded${ignored}|v1`,
    of,
    shared: shared.length,
    share: of > 0 ? shared.length / of : null,
    words: shared,
  };
}

function mostFrequent(texts: readonly string[], top: number, ignore?: ReadonlySet<string>): string[] {
  const reader = new WordReader();
  const counts: number[] = [];
  for (const text of texts) reader.read(text, (number) => counts[number] = (counts[number] ?? 0) + 1);
  return counts
    .map((count, number) => ({ count, word: reader.word(number) }))
    .filter(({ word }) => !ignore?.has(word))
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, top)
    .map(({ word }) => word);
}
