/** Cutting masked letters into a model's windows, and windows into batches. @module */
import type { MaskedLetter } from "../mask/mask.ts";
import { chunks } from "../text/chunks.ts";
import type { MaskedLanguageModel, Window } from "./masked_language_model.ts";

/** A window of one letter of several. */
export interface LetterWindow extends Window {
  /** Index of the letter. */
  readonly letter: number;
  /** For each mask the index of its word in the masked letter. */
  readonly words: readonly number[];
}

/**
 * The windows of a masked letter that hold a mask, each of as many whole sentences as the model takes.
 *
 * @param index which of several letters it is
 * @param pieces the ids of a word's pieces
 * @throws {Error} when one word is longer than the model's input
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { windowsOf } from "./windows.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "No fever.", spans: [{ start: 3, end: 8, label: "PROBLEM" }], meta: {} };
 * const model = { maxLength: 8, maskId: 0, clsId: 1, sepId: 2 };
 * const windows = mask([letter], { strategy: "random", ratio: 1, seed: 42 }).map((masked) =>
 *   windowsOf(masked, 0, model, (word) => [word.length])
 * );
 * deepEqual(windows[0], [{ letter: 0, ids: [1, 0, 5, 1, 2], masked: [1], words: [0] }]);
 * ```
 */
export function windowsOf(
  { letter, words, masked }: MaskedLetter,
  index: number,
  model: Pick<MaskedLanguageModel, "maxLength" | "maskId" | "clsId" | "sepId">,
  pieces: (word: string) => readonly number[],
): LetterWindow[] {
  const { maxLength, maskId, clsId, sepId } = model;
  const budget = maxLength - 2;
  const blanks = new Set(masked);
  const ids = words.map(({ text }, i) => blanks.has(i) ? [maskId] : pieces(text));
  const before = new Uint32Array(letter.text.length + 1); // pieces of the words that start before an offset
  for (const [i, { start, end }] of words.entries()) {
    const count = ids[i]?.length ?? 0;
    if (count > budget) {
      throw new Error(
        `letter ${letter.id}: the word at [${start}, ${end}) has ${count} pieces, the model takes ${budget}. Mask or cut it.`,
      );
    }
    before[start + 1] = count;
  }
  for (let i = 1; i < before.length; i++) before[i] = (before[i] ?? 0) + (before[i - 1] ?? 0);
  const count = (stretch: string, start: number) =>
    (before[start + stretch.length] ?? 0) - (before[start] ?? 0);

  let next = 0; // chunks and words are both in order
  return chunks(letter.text, { budget, count }).flatMap(({ end }) => {
    const window: number[] = [clsId];
    const [places, blanksOfWindow]: [number[], number[]] = [[], []];
    for (; (words[next]?.start ?? Infinity) < end; next++) {
      if (blanks.has(next)) {
        places.push(window.length);
        blanksOfWindow.push(next);
      }
      window.push(...ids[next] ?? []);
    }
    window.push(sepId);
    return places.length > 0 ? [{ letter: index, ids: window, masked: places, words: blanksOfWindow }] : [];
  });
}

/**
 * Windows by falling length, in batches that stay within the given tokens once each is padded to its longest.
 *
 * @example
 * ```ts
 * import { inBatches } from "./windows.ts";
 * import { deepEqual } from "node:assert/strict";
 * const windows = [2, 4, 3].map((length) => ({ ids: Array<number>(length).fill(0), masked: [] }));
 * deepEqual(inBatches(windows, 8).map((batch) => batch.map(({ ids }) => ids.length)), [[4, 3], [2]]);
 * ```
 */
export function inBatches<W extends Window>(windows: readonly W[], tokens: number): W[][] {
  const sorted = windows.toSorted((a, b) => b.ids.length - a.ids.length);
  const batches: W[][] = [];
  for (let i = 0; i < sorted.length;) {
    const size = Math.max(1, Math.floor(tokens / (sorted[i]?.ids.length ?? 1)));
    batches.push(sorted.slice(i, i + size));
    i += size;
  }
  return batches;
}
