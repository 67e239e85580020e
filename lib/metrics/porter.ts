/** Porter's stemmer for English, with the changes that NLTK makes by default. @module */

type Condition = (stem: string) => boolean;
type Rule = readonly [suffix: string, replacement: string, condition?: Condition];

/** Whole words that the rules would get wrong. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["sky", "sky"],
  ["skies", "sky"],
  ["dying", "die"],
  ["lying", "lie"],
  ["tying", "tie"],
  ["news", "news"],
  ["innings", "inning"],
  ["inning", "inning"],
  ["outings", "outing"],
  ["outing", "outing"],
  ["cannings", "canning"],
  ["canning", "canning"],
  ["howe", "howe"],
  ["proceed", "proceed"],
  ["exceed", "exceed"],
  ["succeed", "succeed"],
]);

const hasMeasure: Condition = (stem) => measure(stem) > 0;
const isLong: Condition = (stem) => measure(stem) > 1;

const STEP_1A: readonly Rule[] = [["sses", "ss"], ["ies", "i"], ["ss", "ss"], ["s", ""]];

const STEP_2: readonly Rule[] = [
  ["ational", "ate", hasMeasure],
  ["tional", "tion", hasMeasure],
  ["enci", "ence", hasMeasure],
  ["anci", "ance", hasMeasure],
  ["izer", "ize", hasMeasure],
  ["bli", "ble", hasMeasure],
  ["alli", "al", hasMeasure],
  ["entli", "ent", hasMeasure],
  ["eli", "e", hasMeasure],
  ["ousli", "ous", hasMeasure],
  ["ization", "ize", hasMeasure],
  ["ation", "ate", hasMeasure],
  ["ator", "ate", hasMeasure],
  ["alism", "al", hasMeasure],
  ["iveness", "ive", hasMeasure],
  ["fulness", "ful", hasMeasure],
  ["ousness", "ous", hasMeasure],
  ["aliti", "al", hasMeasure],
  ["iviti", "ive", hasMeasure],
  ["biliti", "ble", hasMeasure],
  ["fulli", "ful", hasMeasure],
  // The l counts as part of the stem, so that short ones such as "geo" pass too.
  ["logi", "log", (stem) => hasMeasure(stem + "l")],
];

const STEP_3: readonly Rule[] = [
  ["icate", "ic", hasMeasure],
  ["ative", "", hasMeasure],
  ["alize", "al", hasMeasure],
  ["iciti", "ic", hasMeasure],
  ["ical", "ic", hasMeasure],
  ["ful", "", hasMeasure],
  ["ness", "", hasMeasure],
];

const STEP_4: readonly Rule[] = [
  ...["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent"]
    .map((suffix): Rule => [suffix, "", isLong]),
  ["ion", "", (stem) => isLong(stem) && /[st]$/.test(stem)],
  ...["ou", "ism", "ate", "iti", "ous", "ive", "ize"].map((suffix): Rule => [suffix, "", isLong]),
];

/**
 * The stem of a lower-case English word, equal to `nltk.stem.PorterStemmer().stem(word)` (mode NLTK_EXTENSIONS).
 * Words of one or two characters are returned as they are. Digits count as consonants.
 *
 * Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980; the departures from it are NLTK's.
 *
 * @example
 * ```ts
 * import { porterStem } from "./porter.ts";
 * import { equal } from "node:assert/strict";
 * equal(porterStem("medications"), "medic");
 * equal(porterStem("dying"), "die");
 * ```
 */
export function porterStem(word: string): string {
  if (ASTRAL.test(word)) return stemByCodePoints(word);
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length <= 2) return word;
  let stem = pluralRemoved(word);
  stem = pastAndGerundRemoved(stem);
  stem = finalYChanged(stem);
  stem = doubleSuffixReduced(stem);
  stem = apply(STEP_3, stem);
  stem = apply(STEP_4, stem);
  stem = finalERemoved(stem);
  return stem.endsWith("ll") && isLong(stem.slice(0, -1)) ? stem.slice(0, -1) : stem;
}

const ASTRAL = /[\ud800-\udfff]/;

/** Python counts code points, so a character of two code units has to be one letter here too: one that no word has. */
function stemByCodePoints(word: string): string {
  const stands = new Map<string, string>();
  let free = 0xe000; // private use
  const letters = [...word].map((character) => {
    if (!ASTRAL.test(character)) return character;
    while (word.includes(String.fromCharCode(free)) || stands.has(String.fromCharCode(free))) free++;
    const known = [...stands].find(([, original]) => original === character)?.[0];
    const letter = known ?? String.fromCharCode(free);
    stands.set(letter, character);
    return letter;
  });
  return [...porterStem(letters.join(""))].map((letter) => stands.get(letter) ?? letter).join("");
}

/** The first rule whose suffix fits decides, even where its condition then fails. */
function apply(rules: readonly Rule[], word: string): string {
  for (const [suffix, replacement, condition] of rules) {
    if (!word.endsWith(suffix)) continue;
    const stem = word.slice(0, word.length - suffix.length);
    return condition === undefined || condition(stem) ? stem + replacement : word;
  }
  return word;
}

/** Step 1a. */
function pluralRemoved(word: string): string {
  return word.length === 4 && word.endsWith("ies") ? word.slice(0, -1) : apply(STEP_1A, word);
}

/** Step 1b. */
function pastAndGerundRemoved(word: string): string {
  if (word.endsWith("ied")) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith("eed")) return hasMeasure(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const suffix = ["ed", "ing"].find((s) => word.endsWith(s) && hasVowel(word.slice(0, -s.length)));
  if (suffix === undefined) return word;
  const stem = word.slice(0, -suffix.length);
  if (/(at|bl|iz)$/.test(stem)) return stem + "e";
  if (endsInDoubleConsonant(stem)) return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsInShortSyllable(stem) ? stem + "e" : stem;
}

/** Step 1c: y becomes i after a consonant that is not the word's first letter. */
function finalYChanged(word: string): string {
  if (!word.endsWith("y") || word.length < 3) return word;
  const stem = word.slice(0, -1);
  return isConsonant(stem, stem.length - 1) ? stem + "i" : word;
}

/** Step 2: "alli" is undone first, and what is left goes through the step again. */
function doubleSuffixReduced(word: string): string {
  if (word.endsWith("alli") && hasMeasure(word.slice(0, -4))) return doubleSuffixReduced(word.slice(0, -2));
  return apply(STEP_2, word);
}

/** Step 5a. */
function finalERemoved(word: string): string {
  if (!word.endsWith("e")) return word;
  const stem = word.slice(0, -1);
  const m = measure(stem);
  return m > 1 || (m === 1 && !endsInShortSyllable(stem)) ? stem : word;
}

/** Whether a letter is a consonant, by whether the one before it is: y is one at the start and after a vowel. */
function isConsonantAfter(consonantBefore: boolean, letter: string): boolean {
  return letter === "y" ? !consonantBefore : !"aeiou".includes(letter);
}

function isConsonant(word: string, i: number): boolean {
  let first = i; // of the run of ys, which take turns
  while (first > 0 && word.charAt(first) === "y") first--;
  let consonant = false;
  for (let at = first; at <= i; at++) consonant = isConsonantAfter(consonant, word.charAt(at));
  return consonant;
}

/** Porter's m: the number of vowel-to-consonant changes. */
function measure(stem: string): number {
  let [m, before] = [0, false];
  for (let i = 0; i < stem.length; i++) {
    const consonant = isConsonantAfter(before, stem.charAt(i));
    if (consonant && !before && i > 0) m++;
    before = consonant;
  }
  return m;
}

function hasVowel(stem: string): boolean {
  let consonant = false;
  for (let i = 0; i < stem.length; i++) {
    consonant = isConsonantAfter(consonant, stem.charAt(i));
    if (!consonant) return true;
  }
  return false;
}

/** Porter's *d. */
function endsInDoubleConsonant(word: string): boolean {
  const last = word.length - 1;
  return last > 0 && word.charAt(last) === word.charAt(last - 1) && isConsonant(word, last);
}

/** Porter's *o (consonant, vowel, consonant other than w, x, y), or a two-letter word of a vowel and a consonant. */
function endsInShortSyllable(word: string): boolean {
  const last = word.length - 1;
  if (last === 1) return !isConsonant(word, 0) && isConsonant(word, 1);
  return last > 1 && isConsonant(word, last - 2) && !isConsonant(word, last - 1) && isConsonant(word, last) &&
    !"wxy".includes(word.charAt(last));
}
