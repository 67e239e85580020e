/** Readability formulas in the two ways in which textstat has computed them. @module */

import { sentenceCount, type TextCounts, type Token } from "./text_counts.ts";

/** The formulas by name, those for English first. */
export const READABILITY_FORMULAS = [
  "flesch-reading-ease",
  "flesch-kincaid",
  "smog",
  "gunning-fog",
  "coleman-liau",
  "ari",
  "dale-chall",
  "linsear",
  "fernandez-huerta",
  "szigriszt",
] as const;
export type ReadabilityFormula = typeof READABILITY_FORMULAS[number];

/** A text's numbers, and how many of its words are difficult. */
export interface FormulaInput extends TextCounts {
  /** Words that are not on the list of easy ones and have so many syllables or more. */
  difficultWords(syllables: number): number;
}

type Formulas = Readonly<Record<ReadabilityFormula, (input: FormulaInput) => number>>;

/** textstat's own rounding: halves away from 0. */
function rounded(value: number, digits: 0 | 1 | 2): number {
  const power = 10 ** digits;
  return Math.floor(value * power + (value < 0 || Object.is(value, -0) ? -0.5 : 0.5)) / power;
}

const sentenceLength = ({ words, sentences }: TextCounts) => rounded(words / sentences, 1);
const syllablesAWord = ({ words, syllables }: TextCounts) => rounded(syllables / words, 1);

/**
 * textstat 0.7.4: what goes into a formula is rounded, and the result again. For texts with a word.
 *
 * Sources: R. Flesch 1948; J. P. Kincaid et al. 1975; G. H. McLaughlin 1969 (SMOG); R. Gunning 1952; M. Coleman,
 * T. L. Liau 1975; E. A. Smith, R. J. Senter 1967 (ARI); E. Dale, J. S. Chall 1948; J. O'Hayre 1966 (Linsear);
 * J. Fernández Huerta 1959; F. Szigriszt Pazos 1993.
 *
 * @example
 * ```ts
 * import { ROUNDED_FORMULAS } from "./formulas.ts";
 * import { equal } from "node:assert/strict";
 * const counts = { words: 10, sentences: 3, characters: 47, letters: 44, syllables: 13, polysyllables: 1 };
 * const input = { ...counts, text: "", tokens: [], difficultWords: () => 2 };
 * equal(ROUNDED_FORMULAS["flesch-reading-ease"](input), 93.51);
 * ```
 */
export const ROUNDED_FORMULAS: Formulas = {
  "flesch-reading-ease": (input) =>
    rounded(206.835 - 1.015 * sentenceLength(input) - 84.6 * syllablesAWord(input), 2),
  "flesch-kincaid": (input) =>
    rounded(0.39 * sentenceLength(input) + 11.8 * syllablesAWord(input) - 15.59, 1),
  smog: ({ polysyllables, sentences }) =>
    rounded(1.043 * Math.sqrt(30 * (polysyllables / sentences)) + 3.1291, 1),
  "gunning-fog": (input) =>
    rounded(0.4 * (sentenceLength(input) + input.difficultWords(3) / input.words * 100), 2),
  "coleman-liau": ({ letters, words, sentences }) => {
    const lettersAHundred = rounded(rounded(letters / words, 2) * 100, 2);
    const sentencesAHundred = rounded(rounded(sentences / words, 2) * 100, 2);
    return rounded(0.058 * lettersAHundred - 0.296 * sentencesAHundred - 15.8, 2);
  },
  ari: ({ characters, words, sentences }) =>
    rounded(4.71 * rounded(characters / words, 2) + 0.5 * rounded(words / sentences, 2) - 21.43, 1),
  "dale-chall": (input) => {
    const difficult = 100 - (input.words - input.difficultWords(0)) / input.words * 100;
    return rounded(0.1579 * difficult + 0.0496 * sentenceLength(input) + (difficult > 5 ? 3.6365 : 0), 2);
  },
  linsear({ tokens }) {
    const first = tokens.slice(0, 100);
    const difficult = first.filter(({ syllables }) => syllables >= 3).length;
    return linsear(first.length - difficult, difficult, first);
  },
  "fernandez-huerta": (input) =>
    rounded(206.84 - 60 * syllablesAWord(input) - 1.02 * sentenceLength(input), 2),
  szigriszt: ({ syllables, words, sentences }) =>
    rounded(206.84 - 62.3 * (syllables / words) - words / sentences, 2),
};

/**
 * textstat 0.7.13: nothing is rounded, a difficult word counts as often as it stands there, and ARI divides the characters
 * by all that stands between blanks. For texts with a word.
 *
 * @example
 * ```ts
 * import { EXACT_FORMULAS } from "./formulas.ts";
 * import { equal } from "node:assert/strict";
 * const counts = { words: 10, sentences: 3, characters: 47, letters: 44, syllables: 13, polysyllables: 1 };
 * const input = { ...counts, text: "", tokens: [], difficultWords: () => 2 };
 * equal(EXACT_FORMULAS["flesch-reading-ease"](input).toFixed(3), "93.472");
 * ```
 */
export const EXACT_FORMULAS: Formulas = {
  "flesch-reading-ease": ({ words, sentences, syllables }) =>
    206.835 - 1.015 * (words / sentences) - 84.6 * (syllables / words),
  "flesch-kincaid": ({ words, sentences, syllables }) =>
    0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59,
  smog: ({ polysyllables, sentences }) => 1.043 * Math.sqrt(30 * (polysyllables / sentences)) + 3.1291,
  "gunning-fog": (input) =>
    0.4 * (input.words / input.sentences + 100 * input.difficultWords(3) / input.words),
  "coleman-liau": ({ letters, words, sentences }) =>
    0.058 * (letters / words * 100) - 0.296 * (sentences / words * 100) - 15.8,
  ari: ({ characters, tokens, words, sentences }) =>
    4.71 * (characters / tokens.length) + 0.5 * (words / sentences) - 21.43,
  "dale-chall": (input) => {
    const difficult = 100 * input.difficultWords(0) / input.words;
    return 0.1579 * difficult + 0.0496 * (input.words / input.sentences) + (difficult > 5 ? 3.6365 : 0);
  },
  linsear({ tokens }) {
    let [easy, difficult, end] = [0, 0, 0];
    for (let words = 0; end < tokens.length && (tokens.length <= 100 || words < 100); end++) {
      const { letters, syllables } = tokens[end]!; // end < tokens.length
      if (letters > 0) words++;
      if (syllables >= 3) difficult++;
      else if (syllables > 0) easy++;
    }
    return linsear(easy, difficult, tokens.slice(0, end));
  },
  "fernandez-huerta": ({ words, sentences, syllables }) =>
    206.84 - 60 * (syllables / words) - 1.02 * (words / sentences),
  szigriszt: ({ syllables, words, sentences }) => 206.84 - 62.3 * (syllables / words) - words / sentences,
};

function linsear(easy: number, difficult: number, tokens: readonly Token[]): number {
  const points = (easy + 3 * difficult) / sentenceCount(tokens.map(({ text }) => text).join(" "));
  return (points <= 20 ? points - 2 : points) / 2;
}
