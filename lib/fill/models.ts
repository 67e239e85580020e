/** Which models can fill, by name. @module */

import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import { fingerprint } from "../checkpoint/fingerprint.ts";
import type { Letter } from "../corpus/letter.ts";
import { type FamilyOptions, openFamily, type OpenFiller } from "./families.ts";
import type { Filler } from "./filler.ts";
import { frequentWord } from "./frequent_word.ts";
import { trigram } from "./trigram.ts";

/** Models without a folder: they are trained on the corpus itself, on other folds than the letter's own. */
const baselines: ReadonlyMap<string, (corpus: readonly Letter[]) => Filler> = new Map([
  ["frequent-word", frequentWord],
  ["trigram", trigram],
]);

/** How a model fills, and how it is run. */
export interface FillerOptions extends ModelOptions, FamilyOptions {}

export type { OpenFiller };

/**
 * Opens a model for filling: a baseline (`frequent-word`, `trigram`), a folder of the models folder by its name, or a
 * folder by its path, which has a `/`. The folder's configuration decides the family: {@linkcode openFamily}.
 *
 * @param corpus what a baseline is trained on
 * @throws {Error} when there is no such model, listing those there are, its files are missing or damaged, or an option is
 * not what it can be
 *
 * @example
 * ```ts
 * import { openFiller } from "./models.ts";
 * import { equal } from "node:assert/strict";
 * const filler = await openFiller("trigram", []);
 * equal(filler.name, "trigram");
 * await filler.close();
 * ```
 */
export async function openFiller(
  name: string,
  corpus: readonly Letter[],
  options: FillerOptions = {},
): Promise<OpenFiller> {
  const make = baselines.get(name);
  if (!make) return await openFamily(await findModel(name, options, [...baselines.keys()]), options);
  const asked = FOR_MODELS.find((option) => options[option] !== undefined);
  if (asked === undefined) return { ...make(corpus), close: () => Promise.resolve() };
  throw new Error(`${name} has one way of filling: leave out ${asked}, or name an encoder.`);
}

/** What baselines, which fill with what they have counted, cannot do. */
const FOR_MODELS = [
  ...["mode", "window", "sampling", "filters", "pieces", "int8"] as const,
  ...["prompt", "beams", "noRepeat", "lengthPenalty", "earlyStopping", "minLines", "rounds", "keep"] as const,
] as const;

/**
 * Whether a model is a baseline, which learns from the letters it fills.
 *
 * @example
 * ```ts
 * import { isBaseline } from "./models.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["trigram", "encoder-general"].map(isBaseline), [true, false]);
 * ```
 */
export function isBaseline(name: string): boolean {
  return baselines.has(name);
}

/**
 * What a model is made of, as a hash of its folder's weights, configuration and tokenizer; a baseline, which has none, is
 * its own name. Computed from the files each time: a model that was trained anew under its old name is another model.
 *
 * @throws {Error} when there is no such model, or its folder is not whole
 *
 * @example
 * ```ts
 * import { modelHash } from "./models.ts";
 * import { equal } from "node:assert/strict";
 * equal(await modelHash("trigram"), "trigram");
 * ```
 */
export async function modelHash(name: string, options: ModelOptions = {}): Promise<string> {
  return baselines.has(name)
    ? name
    : await fingerprint(await findModel(name, options, [...baselines.keys()]));
}
