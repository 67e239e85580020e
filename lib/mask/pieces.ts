/** Words cut into the pieces that a model reads. @module */

import type { Range } from "../text/sentences.ts";
import type { Word } from "../text/words.ts";

/** Cuts words as a model's tokenizer does. */
export interface PieceCutter {
  /** What results name it by: the model. */
  readonly name: string;
  /** The pieces of a word as it stands in a text, as offsets within the word, in order; at least one. */
  cut(word: string): readonly Range[];
}

/** A mask: a masked word, or one of its pieces, `[start, end)` in UTF-16 code units of the letter. */
export interface PieceMask extends Range {
  /** Index into the words. */
  readonly word: number;
}

/**
 * The pieces of words, with their offsets in the letter.
 *
 * @throws {Error} when the cutter gives no pieces, pieces that overlap or leave the word, or one that cuts a surrogate pair
 *
 * @example
 * ```ts
 * import { piecesOf } from "./pieces.ts";
 * import { words } from "../text/words.ts";
 * import { deepEqual } from "node:assert/strict";
 * const halves = { name: "halves", cut: (word: string) => [{ start: 0, end: 2 }, { start: 2, end: word.length }] };
 * deepEqual(piecesOf([0], words("pain"), halves), [{ word: 0, start: 0, end: 2 }, { word: 0, start: 2, end: 4 }]);
 * ```
 */
export function piecesOf(
  indices: readonly number[],
  words: readonly Word[],
  cutter: PieceCutter,
): PieceMask[] {
  return indices.flatMap((index) => {
    const word = words[index];
    if (word === undefined) return [];
    const pieces = cutter.cut(word.text);
    let end = 0;
    for (const piece of pieces) {
      if (!(piece.start >= end && piece.end > piece.start && piece.end <= word.text.length)) {
        throw new Error(
          `${cutter.name}: piece [${piece.start}, ${piece.end}) of the word at ${word.start} overlaps or leaves it.`,
        );
      }
      if (cutsPair(word.text, piece.start) || cutsPair(word.text, piece.end)) {
        throw new Error(
          `${cutter.name}: piece [${piece.start}, ${piece.end}) of the word at ${word.start} cuts a surrogate pair. ` +
            "Give offsets in UTF-16 code units.",
        );
      }
      end = piece.end;
    }
    if (end === 0) {
      throw new Error(`${cutter.name}: no piece for the word at ${word.start}. Give at least one.`);
    }
    return pieces.map((piece) => ({
      word: index,
      start: word.start + piece.start,
      end: word.start + piece.end,
    }));
  });
}

/**
 * Whether an offset stands between the two code units of one character.
 *
 * @example
 * ```ts
 * import { cutsPair } from "./pieces.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([0, 1, 2, 3].map((offset) => cutsPair("a🙂", offset)), [false, false, true, false]);
 * ```
 */
export function cutsPair(text: string, offset: number): boolean {
  const [before, behind] = [text.charCodeAt(offset - 1), text.charCodeAt(offset)]; // NaN outside
  return before >= 0xd800 && before <= 0xdbff && behind >= 0xdc00 && behind <= 0xdfff;
}
