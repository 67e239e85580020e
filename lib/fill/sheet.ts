/** A masked letter as pieces, on which blanks are written one after the other. @module */

import type { MaskedLetter } from "../mask/mask.ts";
import { chunks } from "../text/chunks.ts";
import type { Word } from "../text/words.ts";
import type { MaskedLanguageModel, Window } from "./masked_language_model.ts";

/** Units of a sheet, `[from, to)`. */
export interface UnitRange {
  readonly from: number;
  readonly to: number;
}

/** A window, and what its places stand for. */
export interface SheetWindow extends Window {
  /** For each place asked about the index of its word in the masked letter. */
  readonly words: readonly number[];
}

/** Pieces that belong together: a blank, a word, or, for models that see blanks, words that touch. */
interface Unit {
  readonly start: number;
  readonly blanksBefore: string;
  readonly text: string;
  /** Index of the masked word. */
  readonly blank?: number;
  /** `undefined` for a blank that is not written yet. */
  pieces: readonly number[] | undefined;
}

type SheetModel = Pick<
  MaskedLanguageModel,
  "maxLength" | "maskId" | "clsId" | "sepId" | "seesBlanks" | "pieces"
>;

/** Words that touch are taken together up to so many; more are dots and dashes that mean no word. */
const MOST_TOGETHER = 16;

/**
 * The pieces of a masked letter.
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { Sheet } from "./sheet.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "No fever.", spans: [{ start: 3, end: 8, label: "PROBLEM" }], meta: {} };
 * const ids = { maskId: 0, clsId: 1, sepId: 2 };
 * const model = { ...ids, maxLength: 8, seesBlanks: false, pieces: (word: string) => [word.length] };
 * const windows = mask([letter], { strategy: "random", ratio: 1, seed: 42 }).map((masked) => {
 *   const sheet = new Sheet(masked, model);
 *   return sheet.chunks().map((chunk) => sheet.window(chunk));
 * });
 * deepEqual(windows[0], [{ ids: [1, 0, 5, 1, 2], masked: [1], words: [0] }]);
 * ```
 */
export class Sheet {
  readonly #model: SheetModel;
  readonly #letter: MaskedLetter["letter"];
  readonly #units: Unit[] = [];
  readonly #unitOf = new Map<number, number>();
  readonly #room: (word: number) => number;

  /**
   * @param room how many pieces may stand in place of a masked word; left out: 1
   * @throws Error when one word is longer than the model's input
   */
  constructor(
    masked: Pick<MaskedLetter, "letter" | "words" | "masked">,
    model: SheetModel,
    room: (word: number) => number = () => 1,
  ) {
    this.#model = model;
    this.#letter = masked.letter;
    this.#room = room;
    const budget = this.#budget;
    for (const [first, last, blank] of runs(masked, model.seesBlanks)) {
      const [start, end] = [first.start, last.end];
      const before = this.#units.at(-1);
      const blanksBefore = this.#letter.text.slice(before ? before.start + before.text.length : 0, start);
      const text = this.#letter.text.slice(start, end);
      if (blank !== undefined) this.#unitOf.set(blank, this.#units.length);
      const pieces = blank === undefined ? model.pieces(text, blanksBefore) : undefined;
      const count = pieces?.length ?? room(blank ?? -1);
      if (count > budget) {
        throw new Error(
          `letter ${this.#letter.id}: the word at [${start}, ${end}) has ${count} pieces, the model takes ${budget}. ` +
            "Mask or cut it.",
        );
      }
      this.#units.push({ start, blanksBefore, text, ...(blank !== undefined && { blank }), pieces });
    }
  }

  get #budget(): number {
    return this.#model.maxLength - 2;
  }

  /** All of it in ranges of as many whole sentences as the model takes, those without blanks left out. */
  chunks(): UnitRange[] {
    const { text } = this.#letter;
    const before = new Uint32Array(text.length + 1); // pieces of the units that start before an offset
    for (const unit of this.#units) {
      before[unit.start + 1] = unit.pieces?.length ?? this.#room(unit.blank ?? -1);
    }
    for (let i = 1; i < before.length; i++) before[i] = (before[i] ?? 0) + (before[i - 1] ?? 0);
    const count = (stretch: string, start: number) =>
      (before[start + stretch.length] ?? 0) - (before[start] ?? 0);
    let from = 0; // chunks and units are both in order
    return chunks(text, { budget: this.#budget, count }).flatMap(({ end }) => {
      let [to, blanks] = [from, 0];
      for (; (this.#units[to]?.start ?? Infinity) < end; to++) {
        if (this.#units[to]?.blank !== undefined) blanks++;
      }
      const range = { from, to };
      from = to;
      return blanks > 0 ? [range] : [];
    });
  }

  /**
   * As much of the letter around a masked word as fits into so many pieces, as much on its left as on its right where there is as
   * much; whole units.
   */
  around(word: number, pieces: number): UnitRange {
    const unit = this.#unitOf.get(word) ?? 0;
    let left = Math.min(pieces, this.#model.maxLength) - 2 - this.#room(word);
    let [from, to] = [unit, unit + 1];
    let [onLeft, onRight] = [0, 0];
    for (let open = true; open;) {
      open = false;
      const sides = onLeft <= onRight ? [-1, 1] as const : [1, -1] as const;
      for (const side of sides) {
        const next = this.#units[side < 0 ? from - 1 : to];
        const count = next && (next.pieces?.length ?? 1);
        if (count === undefined || count > left) continue;
        left -= count;
        if (side < 0) [from, onLeft] = [from - 1, onLeft + count];
        else [to, onRight] = [to + 1, onRight + count];
        open = true;
        break;
      }
    }
    return { from, to };
  }

  /** The masked words of a range that are not written yet. */
  blanks({ from, to }: UnitRange = { from: 0, to: this.#units.length }): number[] {
    return this.#units.slice(from, to).flatMap(({ blank, pieces }) =>
      blank !== undefined && pieces === undefined ? [blank] : []
    );
  }

  /**
   * The pieces of a range, a mask for each blank.
   *
   * @param about the masked words that are asked about; left out: all blanks
   * @param inside what stands in their place; of several masks the first is asked about
   */
  window(
    { from, to }: UnitRange,
    about?: readonly number[],
    inside: (word: number) => readonly number[] = () => [this.#model.maskId],
  ): SheetWindow {
    const { clsId, sepId, maskId } = this.#model;
    const ids = [clsId];
    const [masked, words]: [number[], number[]] = [[], []];
    for (let i = from; i < to; i++) {
      const unit = this.#units[i];
      if (unit?.pieces !== undefined) {
        for (const id of i === from ? this.#first(unit, unit.pieces) : unit.pieces) ids.push(id);
      } else if (unit?.blank !== undefined) {
        const asked = about === undefined || about.includes(unit.blank);
        const stand = asked ? inside(unit.blank) : [maskId];
        if (asked) {
          masked.push(ids.length + stand.indexOf(maskId));
          words.push(unit.blank);
        }
        ids.push(...stand);
      }
    }
    ids.push(sepId);
    return { ids, masked, words };
  }

  /** Nothing stands before the first word of a window, as nothing would if it were a text by itself. */
  #first({ blanksBefore, text }: Unit, pieces: readonly number[]): readonly number[] {
    if (!this.#model.seesBlanks || blanksBefore === "") return pieces;
    const alone = this.#model.pieces(text, "");
    return alone.length <= pieces.length ? alone : pieces;
  }

  /**
   * Writes a masked word.
   *
   * @param chosen pieces that stand for it where, in the case in which it is written, it takes more than there is room for; left
   * out: the mask stays
   */
  write(word: number, text: string, chosen: readonly number[] = [this.#model.maskId]): void {
    const unit = this.#units[this.#unitOf.get(word) ?? -1];
    if (!unit) return;
    const pieces = this.#model.pieces(text, unit.blanksBefore);
    unit.pieces = pieces.length <= this.#room(word) ? pieces : chosen;
  }
}

/** Words that make a unit: the first, the last, and the index of a masked word. */
function* runs(
  { words, masked }: Pick<MaskedLetter, "words" | "masked">,
  together: boolean,
): Generator<[first: Word, last: Word, blank: number | undefined]> {
  const blanks = new Set(masked);
  for (let i = 0; i < words.length; i++) {
    const first = words[i];
    if (!first) continue;
    if (blanks.has(i)) {
      yield [first, first, i];
      continue;
    }
    let last = first;
    for (let n = 1; together && n < MOST_TOGETHER; n++) {
      const next = words[i + 1];
      if (!next || blanks.has(i + 1) || next.start !== last.end) break;
      [last, i] = [next, i + 1];
    }
    yield [first, last, undefined];
  }
}
