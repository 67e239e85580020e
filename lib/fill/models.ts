/** Which models can fill, by name. @module */

import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import { fingerprint } from "../checkpoint/fingerprint.ts";
import type { Letter } from "../corpus/letter.ts";
import { encoder } from "./encoder.ts";
import { openMaskedLM } from "./encoder_model.ts";
import type { Filler } from "./filler.ts";
import { frequentWord } from "./frequent_word.ts";
import { trigram } from "./trigram.ts";

/** Models without a folder: they are trained on the corpus itself, on other folds than the letter's own. */
const baselines: ReadonlyMap<string, (corpus: readonly Letter[]) => Filler> = new Map([
  ["frequent-word", frequentWord],
  ["trigram", trigram],
]);

/** A filler that holds a model open. */
export interface OpenFiller extends Filler {
  /** Lets the model go. */
  close(): Promise<void>;
}

/**
 * Opens a model for filling: a baseline (`frequent-word`, `trigram`), a folder of the models folder by its name, or a
 * folder by its path, which has a `/`.
 *
 * @param corpus what a baseline is trained on
 * @throws {Error} when there is no such model, listing those there are, or its files are missing or damaged
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
  options: ModelOptions = {},
): Promise<OpenFiller> {
  const make = baselines.get(name);
  if (make) return { ...make(corpus), close: () => Promise.resolve() };
  const { threads } = options;
  const path = await findModel(name, options, [...baselines.keys()]);
  const model = await openMaskedLM(path, threads === undefined ? {} : { threads });
  return { ...encoder(model), close: () => model.close() };
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
