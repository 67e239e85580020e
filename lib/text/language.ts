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

/** A word of up to five letters as a number, which is quicker to look up than the word: five bits a letter. */
function packed(word: string): number {
  return Array.from(word.toLowerCase()).reduce((sum, letter) => sum * 32 + bitsOf(letter.charCodeAt(0)), 0);
}

/** 1 to 26 for a to z, 27 for á, 28 for the others up to ú, 0 for what is in no word. */
function bitsOf(unit: number): number {
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x60;
  return unit === 0xe1 ? 27 : unit > 0xe1 && unit <= 0xfa ? 28 : 0;
}

/** The longest mark, and the most letters that {@linkcode packed} keeps apart. */
const LONGEST = 5;
/** By the marks of a language, how far they speak for English. */
const votes: ReadonlyMap<number, number> = new Map([
  ...[...marks.en].map((word) => [packed(word), 1] as const),
  ...[...marks.es].map((word) => [packed(word), -1] as const),
]);

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
  const head = text.slice(0, SEEN).toLowerCase();
  let [english, word, length] = [0, 0, 0];
  for (let i = 0; i < head.length; i++) { // in a loop, because every letter that is masked is asked for its language
    const bits = bitsOf(head.charCodeAt(i));
    if (bits > 0) {
      word = length < LONGEST ? word * 32 + bits : 0;
      length++;
    } else if (length > 0) {
      if (length <= LONGEST) english += votes.get(word) ?? 0;
      word = length = 0;
    }
  }
  if (length > 0 && length <= LONGEST) english += votes.get(word) ?? 0;
  return english < 0 ? "es" : "en";
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
