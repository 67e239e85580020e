/** What readability counts in a text. @module */

import { splitAtSpaces } from "../words/python_spaces.ts";

const WORD_CHARACTER = /[\p{L}\p{N}_]/u;
const OTHER_CHARACTERS = /[^\p{L}\p{N}_]/gu;
/** Apostrophes that begin no ending of a contraction. */
const OTHER_APOSTROPHES = /'(?![tsd]|ve|ll|re)/g;
const ALL_BUT_APOSTROPHES = /[^\p{L}\p{N}_']/gu;

/** By ASCII character, whether Python's `\w` matches it. */
const ASCII_WORD = Array.from({ length: 128 }, (_, unit) => WORD_CHARACTER.test(String.fromCharCode(unit)));

/**
 * The letters and digits of a word in lower case, as textstat 0.7.4 reads it: nothing else is left, no apostrophe either.
 *
 * @example
 * ```ts
 * import { bareWord } from "./text_counts.ts";
 * import { equal } from "node:assert/strict";
 * equal(bareWord("(Patient's"), "patients");
 * ```
 */
export function bareWord(token: string): string {
  return token.toLowerCase().replace(OTHER_CHARACTERS, "");
}

/**
 * A word in lower case as textstat 0.7.13 reads it: an apostrophe stays where a contraction's ending follows.
 *
 * @example
 * ```ts
 * import { contractedWord } from "./text_counts.ts";
 * import { equal } from "node:assert/strict";
 * equal(contractedWord("(Patient's'"), "patient's");
 * ```
 */
export function contractedWord(token: string): string {
  return token.replace(OTHER_APOSTROPHES, "").replace(ALL_BUT_APOSTROPHES, "").toLowerCase();
}

/**
 * The sentences of a text by textstat's rule: what full stops, exclamation and question marks separate, where it has more
 * than two words; but at least 1.
 *
 * @example
 * ```ts
 * import { sentenceCount } from "./text_counts.ts";
 * import { equal } from "node:assert/strict";
 * equal(sentenceCount("Pt. denies chest pain. No fever. He took 2.5 mg?"), 2); // 'denies chest pain', '5 mg' and the like
 * ```
 */
export function sentenceCount(text: string): number {
  let sentences = 0;
  for (let start = 0; start < text.length;) {
    let end = start;
    while (end < text.length && !endsSentence(text.charCodeAt(end))) end++;
    if (end > start && wordCount(text.slice(start, end)) > 2) sentences++;
    start = end + 1;
  }
  return Math.max(1, sentences);
}

function endsSentence(unit: number): boolean {
  return unit === 46 || unit === 33 || unit === 63;
}

function wordCount(text: string): number {
  let words = 0;
  splitAtSpaces(text, (start, end) => {
    if (hasWordCharacter(text, start, end)) words++;
  });
  return words;
}

function hasWordCharacter(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 128 ? ASCII_WORD[unit] : WORD_CHARACTER.test(String.fromCodePoint(text.codePointAt(i)!))) {
      return true; // i < text.length
    }
  }
  return false;
}

/** A run of characters between blanks. */
export interface Token {
  readonly text: string;
  /** All its characters, in code points. */
  readonly characters: number;
  /** Its letters, digits and underscores; a token without any is no word. */
  readonly letters: number;
  readonly syllables: number;
  /** Its syllables where it is a difficult word, -1 for an easy one, in the reading that asks word by word. */
  readonly difficulty: number;
}

/** A text's numbers, in the names that the formulas use. */
export interface TextCounts {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Tokens with a letter or digit. */
  readonly words: number;
  readonly sentences: number;
  readonly characters: number;
  readonly letters: number;
  readonly syllables: number;
  /** Words of three syllables or more. */
  readonly polysyllables: number;
}

/**
 * Counts a text.
 *
 * @param tokenOf reads what stands between two blanks
 *
 * @example
 * ```ts
 * import { countText } from "./text_counts.ts";
 * import { equal } from "node:assert/strict";
 * const counts = countText("No fever .", (text) => (
 *   { text, characters: text.length, letters: text === "." ? 0 : text.length, syllables: 1, difficulty: 1 }
 * ));
 * equal(counts.words, 2);
 * equal(counts.characters, 8);
 * ```
 */
export function countText(text: string, tokenOf: (text: string) => Token): TextCounts {
  const tokens: Token[] = [];
  let [words, characters, letters, syllables, polysyllables] = [0, 0, 0, 0, 0];
  splitAtSpaces(text, (start, end) => {
    const token = tokenOf(text.slice(start, end));
    tokens.push(token);
    if (token.letters > 0) words++;
    characters += token.characters;
    letters += token.letters;
    syllables += token.syllables;
    if (token.syllables >= 3) polysyllables++;
  });
  return {
    text,
    tokens,
    words,
    sentences: sentenceCount(text),
    characters,
    letters,
    syllables,
    polysyllables,
  };
}
