/** Words that are spelt right. @module */

import { letters } from "../../corpus/letters.ts";
import { openWordNet } from "../../metrics/meteor/wordnet.ts";
import { project } from "../../project.ts";
import { isAlphabetic } from "../../text/alphabetic.ts";
import { words } from "../../text/words.ts";

/** A list of words, in small letters. */
export interface WordList {
  /** The letters that its words are written with. */
  readonly alphabet: readonly string[];
  /** Whether a word is spelt right. */
  knows(word: string): boolean;
  /** How often a word that others may be corrected to occurs; 0 where none is to be. */
  frequency(word: string): number;
}

/**
 * A list of words, each as often as it is given.
 *
 * @param also other words that are spelt right, which nothing is corrected to
 *
 * @example
 * ```ts
 * import { wordListOf } from "./word_list.ts";
 * import { deepEqual } from "node:assert/strict";
 * const list = wordListOf(["Fever", "fever", "cough"], (word) => word === "coughs");
 * deepEqual(["fever", "coughs", "fevr"].map((word) => [list.frequency(word), list.knows(word)]), [
 *   [2, true],
 *   [0, true],
 *   [0, false],
 * ]);
 * ```
 */
export function wordListOf(given: Iterable<string>, also: (word: string) => boolean = () => false): WordList {
  const counts = new Map<string, number>();
  const alphabet = new Set<string>();
  for (const word of given) {
    const small = word.toLowerCase();
    counts.set(small, (counts.get(small) ?? 0) + 1);
    for (const letter of small) alphabet.add(letter);
  }
  return {
    alphabet: [...alphabet].sort(),
    knows: (word) => counts.has(word) || also(word),
    frequency: (word) => counts.get(word) ?? 0,
  };
}

/**
 * A clinical word list: the words of clinical letters that occur there in small letters, by how often. Names, and what WordNet 3.0 has
 * as an entry or as a form of one, are spelt right too, but nothing is corrected to them.
 *
 * @param corpus a corpus that `letters()` reads, or a file with a word a line; left out: the embedded letters
 * @throws Error as `letters()` does
 *
 * @example
 * ```ts
 * import { clinicalWords } from "./word_list.ts";
 * import { ok } from "node:assert/strict";
 * const list = await clinicalWords();
 * ok(["discharge", "nephropathies"].every((word) => list.knows(word)) && !list.knows("dischrage"));
 * ```
 */
export async function clinicalWords(corpus: string = project.letters): Promise<WordList> {
  const wordnet = await openWordNet();
  const given = (await letters(corpus)).flatMap(({ text }) => words(text).map(({ text }) => text)).filter(
    isAlphabetic,
  );
  const known = new Set(given.map((word) => word.toLowerCase()));
  const small = given.filter((word) => word === word.toLowerCase());
  return wordListOf(small, (word) => known.has(word) || wordnet.synonyms(word).length > 0);
}
