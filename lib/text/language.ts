/** The languages that words, sentences and stopwords are known of. @module */

import { nearestName } from "../nearest_name.ts";

/** The languages that letters are read in, by their ISO 639-1 codes. */
export const languages = ["en", "es"] as const;

/** A language that letters are read in. */
export type Language = typeof languages[number];

/** Common words of one language that are none of the other. */
const marks: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set("the of and to was with is for she had her his were has been at which this from".split(" ")),
  es: new Set("el la de los las en que del por una con se su al un para y como más fue sin es lo".split(" ")),
};

/** Letters are told apart by their first words; so many say enough. */
const SEEN = 4000;

/**
 * The language of a text by its common words, of which its first 4,000 code units are counted; English where nothing speaks for
 * either.
 *
 * @example
 * ```ts
 * import { languageOf } from "./language.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["She was well.", "Paciente con dolor en la rodilla", "Hb 9.8"].map(languageOf), ["en", "es", "en"]);
 * ```
 */
export function languageOf(text: string): Language {
  let [english, spanish] = [0, 0];
  for (const [word] of text.slice(0, SEEN).toLowerCase().matchAll(/[a-zá-ú]+/g)) {
    if (marks.en.has(word)) english++;
    if (marks.es.has(word)) spanish++;
  }
  return spanish > english ? "es" : "en";
}

/**
 * A language by its code.
 *
 * @throws {Error} with the nearest code and all there are, when there is none of that name
 *
 * @example
 * ```ts
 * import { languageNamed } from "./language.ts";
 * import { equal } from "node:assert/strict";
 * equal(languageNamed("es"), "es");
 * ```
 */
export function languageNamed(name: string): Language {
  const found = languages.find((language) => language === name);
  if (found !== undefined) return found;
  throw new Error(
    `unknown language "${name}". The nearest is ${nearestName(name, languages)}. Known: ${
      languages.join(", ")
    }.`,
  );
}
