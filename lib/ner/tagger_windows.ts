/** Cutting letters into what a tagger sees at once. @module */

import { chunks } from "../text/chunks.ts";
import type { Word } from "../text/words.ts";

/** What is needed of a tokenizer. */
export interface PieceTokenizer {
  /** The ids of a word's pieces, as after a space or not. */
  pieces(word: string, leadingSpace: boolean): readonly number[];
  /** The special pieces before and after a text. */
  readonly around: { readonly before: readonly number[]; readonly after: readonly number[] };
}

/** A part of a letter: some whole sentences. */
export interface TaggerWindow {
  readonly ids: readonly number[];
  /** Which words of the letter have pieces in it, and where in `ids` the first piece of each stands. */
  readonly words: readonly { readonly word: number; readonly at: number }[];
}

/**
 * The windows of a letter, each of as many whole sentences as the model takes; a longer sentence is cut between words, and
 * a word of more pieces than the model takes keeps the first ones. A word without a piece (an invisible character) is in
 * none.
 *
 * @param words of the text, in order
 * @param longest pieces a window, special ones included
 *
 * @example
 * ```ts
 * import { words } from "../text/words.ts";
 * import { taggerWindows } from "./tagger_windows.ts";
 * import { deepEqual } from "node:assert/strict";
 * const tokenizer = { pieces: (word: string) => [word.length], around: { before: [101], after: [102] } };
 * const text = "No fever. Home.";
 * deepEqual(taggerWindows(text, words(text), tokenizer, 5).map(({ ids }) => ids), [[101, 2, 5, 1, 102], [101, 4, 1, 102]]);
 * ```
 */
export function taggerWindows(
  text: string,
  words: readonly Word[],
  tokenizer: PieceTokenizer,
  longest: number,
): TaggerWindow[] {
  const { before, after } = tokenizer.around;
  const budget = longest - before.length - after.length;
  const pieces = words.map(({ start, text: word }) =>
    tokenizer.pieces(word, start === 0 || /\s/.test(text.charAt(start - 1))).slice(0, budget)
  );
  const until = new Uint32Array(text.length + 1); // pieces of the words that start before an offset
  for (const [i, { start }] of words.entries()) until[start + 1] = pieces[i]?.length ?? 0;
  for (let i = 1; i < until.length; i++) until[i] = (until[i] ?? 0) + (until[i - 1] ?? 0);
  const count = (stretch: string, start: number) =>
    (until[start + stretch.length] ?? 0) - (until[start] ?? 0);

  let next = 0; // chunks and words are both in order
  return chunks(text, { budget, count }).flatMap(({ end }) => {
    const ids = [...before];
    const places: { word: number; at: number }[] = [];
    for (; (words[next]?.start ?? Infinity) < end; next++) {
      const own = pieces[next] ?? [];
      if (own.length > 0) places.push({ word: next, at: ids.length });
      ids.push(...own);
    }
    return places.length > 0 ? [{ ids: [...ids, ...after], words: places }] : [];
  });
}
