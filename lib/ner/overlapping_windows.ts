/** Cutting long letters into windows that overlap. @module */

import type { Word } from "../text/words.ts";
import type { PieceTokenizer, TaggerWindow } from "./tagger_windows.ts";

/**
 * The windows of a letter of which each begins before the one before it ends, and each word belongs to the window in which it is most
 * central: in which the nearer end of the window is farthest, the letter's own ends being no ends. A letter that the model takes as a whole is
 * one window. A word of more pieces than the model takes keeps the first ones; a word without a piece is in none.
 *
 * @param words of the text, in order
 * @param longest pieces a window, special ones included
 * @param overlap the share of a window's pieces that the next window has too, from 0 to below 1
 *
 * @example
 * ```ts
 * import { words } from "../text/words.ts";
 * import { overlappingWindows } from "./overlapping_windows.ts";
 * import { deepEqual } from "node:assert/strict";
 * const tokenizer = { pieces: (word: string) => [Number(word)], around: { before: [101], after: [102] } };
 * const text = "1 2 3 4 5 6";
 * const windows = overlappingWindows(text, words(text), tokenizer, 6, 0.5);
 * deepEqual(windows.map(({ ids }) => ids), [[101, 1, 2, 3, 4, 102], [101, 3, 4, 5, 6, 102]]);
 * deepEqual(windows.map(({ words }) => words.map(({ word }) => word + 1)), [[1, 2, 3], [4, 5, 6]]);
 * ```
 */
export function overlappingWindows(
  text: string,
  words: readonly Word[],
  tokenizer: PieceTokenizer,
  longest: number,
  overlap: number,
): TaggerWindow[] {
  const { before, after } = tokenizer.around;
  const budget = longest - before.length - after.length;
  const pieces = words.map(({ start, text: word }) =>
    tokenizer.pieces(word, start === 0 || /\s/.test(text.charAt(start - 1))).slice(0, budget)
  );
  const from = [0]; // pieces before each word, and all
  for (const { length } of pieces) from.push((from.at(-1) ?? 0) + length);
  const place = (word: number) => from[word] ?? 0;

  const ranges: (readonly [first: number, end: number])[] = [];
  for (let first = 0; first < words.length;) {
    let end = first + 1;
    while (end < words.length && place(end + 1) - place(first) <= budget) end++;
    ranges.push([first, end]);
    if (end === words.length) break;
    let next = end;
    while (next - 1 > first && place(end) - place(next - 1) <= overlap * budget) next--;
    first = next;
  }
  const room = ([first, end]: readonly [number, number], word: number) =>
    Math.min(
      first === 0 ? Infinity : place(word) - place(first),
      end === words.length ? Infinity : place(end) - place(word + 1),
    );
  const owner = words.map((_, word) => {
    let [best, most] = [-1, -1];
    for (const [i, range] of ranges.entries()) {
      if (range[0] > word) break;
      if (word < range[1] && room(range, word) > most) [best, most] = [i, room(range, word)];
    }
    return best;
  });
  return ranges.flatMap(([first, end], i) => {
    const ids = [...before];
    const places: { word: number; at: number }[] = [];
    for (let word = first; word < end; word++) {
      const own = pieces[word] ?? [];
      if (own.length > 0 && owner[word] === i) places.push({ word, at: ids.length });
      ids.push(...own);
    }
    return places.length > 0 ? [{ ids: [...ids, ...after], words: places }] : [];
  });
}
