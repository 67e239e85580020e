/** Asking a model again: what it writes, and what else it could have written. @module */

import type { Letter } from "../../corpus/letter.ts";
import { type FilledLetter, filledLetters, type FillOptions, openWriter } from "../../fill/fill.ts";
import { isBaseline } from "../../fill/models.ts";
import type { MaskedLetter } from "../../mask/mask.ts";
import { Unanswerable } from "../route.ts";

/** The candidates of each word that was written, likeliest first. */
export type Explained = readonly (readonly {
  readonly text: string;
  readonly probability: number;
  readonly refused?: string;
}[])[];

/** So many candidates are shown. */
const MOST = 5;

/**
 * Fills one letter, with what else could have stood in each blank where the model tells that; a letter's fills do not depend on the
 * letters beside it.
 *
 * @param originals what a baseline learns from
 * @throws {Unanswerable} when the model is not there
 *
 * @example
 * ```ts
 * import { mask } from "../../mask/mask.ts";
 * import { filledNow } from "./explain.ts";
 * import { equal } from "node:assert/strict";
 * const corpus = ["Plan was made.", "She was well. He was well."].map((text, i) => (
 *   { id: `${i}`, text, spans: [], meta: { fold: `${i}` } }
 * ));
 * const [masked] = mask(corpus, { strategy: "random", ratio: 1, seed: 42 });
 * equal(masked && (await filledNow(corpus, masked, { model: "trigram" })).text, "She was well.");
 * ```
 */
export async function filledNow(
  originals: readonly Letter[],
  masked: MaskedLetter,
  how: FillOptions,
): Promise<FilledLetter> {
  try {
    const told = isBaseline(how.model) ? how : { ...how, candidates: MOST };
    const writer = await openWriter(originals, told);
    try {
      const [filled] = filledLetters([masked], await writer.fill([masked]));
      return filled!; // one was masked
    } finally {
      await writer.close();
    }
  } catch (error) {
    throw new Unanswerable(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * What else could have stood in each blank of a filled letter, where something was written.
 *
 * @throws {Unanswerable} for baselines, which tell no probabilities, and as {@linkcode filledNow} does
 *
 * @example
 * ```ts ignore
 * const [first] = await explained(originals, letter, { model: "encoder-clinical" });
 * ```
 */
export async function explained(
  originals: readonly Letter[],
  letter: FilledLetter,
  how: FillOptions,
): Promise<Explained> {
  if (isBaseline(how.model)) {
    throw new Unanswerable(`${how.model} is a baseline: it tells no probabilities.`);
  }
  const { fills } = await filledNow(originals, letter.masked, how);
  return fills.filter(({ text }) => text !== "").map(({ candidates = [] }) =>
    candidates.map(({ text, probability, refused }) => ({
      ...{ text, probability },
      ...refused !== undefined && { refused },
    }))
  );
}
