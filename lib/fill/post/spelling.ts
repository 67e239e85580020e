/** Words that no list knows, put right where one that it knows is near. @module */
import { matchCase } from "../match_case.ts";
import { eachFill, type PostStep } from "./step.ts";
import type { WordList } from "./word_list.ts";

/** Shorter words are near to too many others. */
const SHORTEST = 4;

/**
 * The known word that one change makes of a word that is not known: a letter more or less or another, or two neighbours that change
 * places (Damerau 1964). Of several the most frequent in the list, of equals the first by code unit. The word itself where it is
 * known, shorter than four letters, or near to none.
 *
 * @example
 * ```ts
 * import { corrected } from "./spelling.ts";
 * import { wordListOf } from "./word_list.ts";
 * import { deepEqual } from "node:assert/strict";
 * const list = wordListOf(["fever", "fever", "never", "asthma", "señal"]);
 * deepEqual(["fevr", "Astham", "fever", "sñal", "xyzzy"].map((word) => corrected(word, list)), [
 *   "fever",
 *   "Asthma",
 *   "fever",
 *   "señal",
 *   "xyzzy",
 * ]);
 * ```
 */
export function corrected(word: string, list: WordList): string {
  const small = word.toLowerCase();
  const letters = [...small];
  if (letters.length < SHORTEST || !/^[\p{L}\p{M}]+$/u.test(small) || list.knows(small)) return word;
  let [best, most] = [word, 0];
  for (const near of oneChange(letters, list.alphabet)) {
    const count = list.frequency(near);
    if (count > most || (count === most && count > 0 && near < best)) [best, most] = [near, count];
  }
  return most > 0 ? matchCase(best, word) : word;
}

function* oneChange(letters: readonly string[], alphabet: readonly string[]): Generator<string> {
  const whole = (from: number, to: number) => letters.slice(from, to).join("");
  const { length } = letters;
  for (let at = 0; at <= length; at++) {
    const [head, tail] = [whole(0, at), whole(at + 1, length)];
    for (const letter of alphabet) yield head + letter + whole(at, length);
    if (at === length) break;
    yield head + tail;
    for (const letter of alphabet) yield head + letter + tail;
    if (at + 1 < length) yield `${head}${letters[at + 1]}${letters[at]}${whole(at + 2, length)}`;
  }
}

/** {@linkcode corrected} as a step. Fills of several words are taken word by word. */
export function spelling(list: WordList): PostStep {
  return eachFill("spelling", ({ text }) => text.replace(/[\p{L}\p{M}]+/gu, (word) => corrected(word, list)));
}
