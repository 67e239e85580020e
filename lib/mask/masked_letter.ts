/** A letter with the words that shall be written anew. @module */

import type { Letter } from "../corpus/letter.ts";
import type { PhiKind } from "../phi/labels.ts";
import type { Range } from "../text/sentences.ts";
import type { Word } from "../text/words.ts";
import type { PieceMask } from "./pieces.ts";
import type { Reason } from "./protect/protect.ts";

/** A letter with the words that shall be written anew. */
export interface MaskedLetter {
  /** The letter as it was. */
  readonly letter: Letter;
  readonly words: readonly Word[];
  /** For each word why it was not to be masked, if it was not: the first of `heldBy`. */
  readonly protectedBy: readonly (Reason | undefined)[];
  /** For each word all protection rules that hold it, in the order of the rules; none where it might be masked. */
  readonly heldBy: readonly (readonly Reason[])[];
  /** For each word the kind of identifying data that it was masked for, whatever the ratio; left out where none was asked for. */
  readonly phi?: readonly (PhiKind | undefined)[];
  /** Indices into `words`, ascending. */
  readonly masked: readonly number[];
  /** The masks in order, where they are not one a word: by pieces. */
  readonly masks?: readonly PieceMask[];
}

/** Masked words beside each other, `[start, end)` in UTF-16 code units of the letter. */
export interface MaskedSpan extends Range {
  /** Indices into the words, ascending. */
  readonly words: readonly number[];
}

/**
 * The masked words as spans: those with nothing but blanks between are one. An encoder–decoder writes a sentinel for each.
 *
 * @example
 * ```ts
 * import { mask } from "./mask.ts";
 * import { maskedSpans } from "./masked_letter.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "He felt fine, then ill.", spans: [], meta: {} };
 * const [masked] = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
 * deepEqual(masked && maskedSpans(masked).map(({ start, end }) => letter.text.slice(start, end)), ["He felt fine", "then ill"]);
 * ```
 */
export function maskedSpans({ words, masked }: Pick<MaskedLetter, "words" | "masked">): MaskedSpan[] {
  const found: { start: number; end: number; words: number[] }[] = [];
  for (const index of masked) {
    const [word, span] = [words[index], found.at(-1)];
    if (word === undefined) continue;
    if (span !== undefined && span.words.at(-1) === index - 1) {
      span.end = word.end;
      span.words.push(index);
    } else {
      found.push({ start: word.start, end: word.end, words: [index] });
    }
  }
  return found;
}
