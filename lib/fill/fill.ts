/** From masked letters to synthetic ones. @module */

import type { ModelOptions } from "../checkpoint/find_model.ts";
import type { Letter } from "../corpus/letter.ts";
import type { MaskedLetter } from "../mask/mask.ts";
import { maskedLetter } from "../mask/rewrite.ts";
import { progress } from "../progress.ts";
import { applyFills } from "./apply_fills.ts";
import type { Fill } from "./filler.ts";
import { openFiller } from "./models.ts";

/** A synthetic letter that knows where it came from. Its spans are at the offsets of its own text. */
export interface FilledLetter extends Letter {
  readonly masked: MaskedLetter;
  /** One for each masked word, in order. */
  readonly fills: readonly Fill[];
}

/** What fills, and how it is run. */
export interface FillOptions extends ModelOptions {
  /** A baseline, a folder in the models folder, or a folder's path. */
  readonly model: string;
}

/**
 * Writes the blanks of masked letters with a model; shows a progress bar. Baselines learn from the letters given here, on
 * other folds than a letter's own.
 *
 * @throws {Error} when the model is unknown or damaged, and as the model's filler does
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { fill } from "./fill.ts";
 * import { equal } from "node:assert/strict";
 * const corpus = ["Plan was made.", "She was well. He was well."].map((text, i) => (
 *   { id: `${i}`, text, spans: [], meta: { fold: `${i}` } }
 * ));
 * const [first] = await fill(mask(corpus, { strategy: "random", ratio: 1, seed: 42 }), { model: "trigram" });
 * equal(first?.text, "She was well.");
 * ```
 */
export async function fill(masked: readonly MaskedLetter[], options: FillOptions): Promise<FilledLetter[]> {
  const filler = await openFiller(options.model, masked.map(({ letter }) => letter), options);
  const bar = progress(`fill ${options.model}`, masked.length, { unit: "letters" });
  try {
    return filledLetters(masked, await filler.fill(masked, (done) => bar.update(done)));
  } finally {
    await bar.done();
    await filler.close();
  }
}

/**
 * The synthetic letters of masked letters and their fills, in the same order.
 *
 * @throws {Error} when the fills are not exactly one for each masked word
 *
 * @example
 * ```ts
 * import { filledLetters } from "./fill.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(filledLetters([], []), []);
 * ```
 */
export function filledLetters(
  masked: readonly MaskedLetter[],
  fills: readonly (readonly Fill[])[],
): FilledLetter[] {
  return masked.map((one, i) => ({ ...applyFills(one, fills[i] ?? []), masked: one, fills: fills[i] ?? [] }));
}

/**
 * The letters as a reader of the blanks sees them, with `[MASK]` for each masked word: what every model must improve on.
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { unfilled } from "./fill.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "He was well.", spans: [], meta: {} };
 * const [text] = unfilled(mask([letter], { strategy: "random", ratio: 1, seed: 42 }));
 * equal(text?.text, "[MASK] [MASK] [MASK].");
 * ```
 */
export function unfilled(masked: readonly MaskedLetter[]): Letter[] {
  return masked.map((one) => maskedLetter(one, "[MASK]"));
}
