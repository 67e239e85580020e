/** Readability: how hard a text is to read, by its words and sentences. @module */

import type { Metric } from "../metric.ts";
import { EXACT_FORMULAS, type FormulaInput, type ReadabilityFormula, ROUNDED_FORMULAS } from "./formulas.ts";
import type { Hyphenation } from "./hyphenation.ts";
import { openReadabilityLexicons, type ReadabilityLexicons } from "./lexicons.ts";
import { bareWord, contractedWord, countText, type Token } from "./text_counts.ts";

/**
 * The textstat releases that a reading follows. `0.7.4`: syllables by hyphenation patterns; what goes into a formula is
 * rounded, and a difficult word counts once. `0.7.13`: syllables of English words by the CMU Pronouncing Dictionary, by the
 * patterns where it does not have a word; nothing is rounded. Spanish syllables are those of the patterns in both. The
 * dictionary is the current one, of which NLTK, where textstat 0.7.13 takes it from, has an older edition.
 */
export const TEXTSTAT_VERSIONS = ["0.7.4", "0.7.13"] as const;
export type TextstatVersion = typeof TEXTSTAT_VERSIONS[number];

/** How a text is read. */
export interface ReadabilityOptions {
  /** Default `"0.7.4"`. */
  readonly textstat?: TextstatVersion;
}

/** A value, or why there is none. */
export type Readability = { readonly value: number } | { readonly unscored: string };

/**
 * A formula's value for a text, equal to what textstat gives by default. Where textstat gives a number although there is
 * nothing to measure, there is none here: for a text without words, for SMOG of textstat 0.7.4 a text of fewer than three
 * sentences, and for words without syllables ("hmm") in textstat 0.7.13.
 *
 * @example
 * ```ts
 * import { openReadabilityLexicons } from "./lexicons.ts";
 * import { readability } from "./readability.ts";
 * import { deepEqual } from "node:assert/strict";
 * const lexicons = await openReadabilityLexicons();
 * const text = "The patient was admitted with pneumonia. She recovered quickly.";
 * deepEqual(readability("flesch-reading-ease", text, lexicons), { value: 41.53 });
 * deepEqual(readability("smog", text, lexicons), { unscored: "fewer than 3 sentences" });
 * ```
 */
export function readability(
  formula: ReadabilityFormula,
  text: string,
  lexicons: ReadabilityLexicons,
  { textstat = "0.7.4" }: ReadabilityOptions = {},
): Readability {
  const spanish = isSpanish(formula);
  const input = inputOf(text, lexicons, spanish, textstat);
  if (input.words === 0) return { unscored: "no word" };
  if (textstat === "0.7.4") {
    return formula === "smog" && input.sentences < 3
      ? { unscored: "fewer than 3 sentences" }
      : { value: ROUNDED_FORMULAS[formula](input) };
  }
  return NEEDS_SYLLABLES.has(formula) && input.syllables === 0
    ? { unscored: "no syllable" }
    : { value: EXACT_FORMULAS[formula](input) };
}

const NEEDS_SYLLABLES: ReadonlySet<ReadabilityFormula> = new Set([
  "flesch-reading-ease",
  "flesch-kincaid",
  "fernandez-huerta",
]);

function isSpanish(formula: ReadabilityFormula): boolean {
  return formula === "fernandez-huerta" || formula === "szigriszt";
}

function inputOf(
  text: string,
  lexicons: ReadabilityLexicons,
  spanish: boolean,
  textstat: TextstatVersion,
): FormulaInput {
  const { easyWords, syllables, english } = lexicons;
  const patterns = spanish ? lexicons.spanish : english;
  if (textstat === "0.7.4") {
    const counts = countText(
      text,
      known(lexicons, "bare", spanish, (token) => ({
        syllables: byPatterns(bareWord(token), patterns),
        difficulty: -1,
      })),
    );
    return {
      ...counts,
      difficultWords(threshold) {
        const words = new Set(text.toLowerCase().match(DISTINCT_WORDS));
        return [...words].filter((word) =>
          !easyWords.has(word) && byPatterns(bareWord(word), patterns) >= threshold
        ).length;
      },
    };
  }
  const count = (word: string) => (spanish ? undefined : syllables.get(word)) ?? byPatterns(word, patterns);
  const counts = countText(
    text,
    known(lexicons, "contracted", spanish, (token) => {
      const word = contractedWord(token);
      // Small letters may bring marks (İ), which are taken off only where difficult words are looked at.
      return { syllables: count(word), difficulty: easyWords.has(word) ? -1 : count(contractedWord(word)) };
    }),
  );
  return {
    ...counts,
    difficultWords: (threshold) =>
      counts.tokens.filter(({ letters, difficulty }) => letters > 0 && difficulty >= threshold).length,
  };
}

const DISTINCT_WORDS = /[\p{L}\p{N}_='‘’]+/gu;

function byPatterns(word: string, patterns: Hyphenation): number {
  return word === "" ? 0 : patterns.points(word) + 1;
}

type Read = Pick<Token, "syllables" | "difficulty">;

/** What was read of tokens before, by lexicons and reading: letters repeat their words. */
const tokens = new WeakMap<ReadabilityLexicons, Map<string, Map<string, Token>>>();

function known(
  lexicons: ReadabilityLexicons,
  reading: string,
  spanish: boolean,
  read: (token: string) => Read,
): (text: string) => Token {
  const readings = tokens.get(lexicons) ?? new Map<string, Map<string, Token>>();
  tokens.set(lexicons, readings);
  const key = `${reading} ${spanish}`;
  const seen = readings.get(key) ?? new Map<string, Token>();
  readings.set(key, seen);
  return (text) => {
    const before = seen.get(text);
    if (before) return before;
    const characters = [...text].length;
    const letters = [...text.replace(NO_LETTERS, "")].length;
    const token = { text, characters, letters, ...read(text) };
    if (text.length <= REMEMBERED) seen.set(text, token);
    return token;
  };
}

const NO_LETTERS = /[^\p{L}\p{N}_]/gu;
/** Tokens of no more code units are remembered. */
const REMEMBERED = 64;

/** The project's word lists, opened when they are first needed. */
let opened: Promise<ReadabilityLexicons> | undefined;

async function projectLexicons(): Promise<ReadabilityLexicons> {
  try {
    return await (opened ??= openReadabilityLexicons());
  } catch (error) {
    opened = undefined; // the files may be there the next time
    throw error;
  }
}

const TITLES: Readonly<Record<ReadabilityFormula, string>> = {
  "flesch-reading-ease": "Flesch reading ease",
  "flesch-kincaid": "Flesch–Kincaid grade",
  smog: "SMOG",
  "gunning-fog": "Gunning Fog",
  "coleman-liau": "Coleman–Liau",
  ari: "ARI",
  "dale-chall": "Dale–Chall",
  linsear: "Linsear Write",
  "fernandez-huerta": "Fernández-Huerta",
  szigriszt: "Szigriszt-Pazos",
};

/**
 * `readability()` of the candidates as a metric; the references play no part. Its name ends in `-0.7.13` where textstat
 * 0.7.13 is followed.
 *
 * @param lexicons opens the word lists; left out, the project's are opened, once
 *
 * @example
 * ```ts
 * import { readabilityMetric } from "./readability.ts";
 * import { equal } from "node:assert/strict";
 * const metric = readabilityMetric("flesch-kincaid", { textstat: "0.7.13" });
 * equal(metric.signature({}), "flesch-kincaid|lang:en|syllables:cmudict,pyphen-0.18.1|textstat:0.7.13|v1");
 * const { unscored } = await metric.score([{ id: "1", reference: "", candidate: "—" }], {});
 * equal(unscored?.get(0), "no word");
 * ```
 */
export function readabilityMetric(
  formula: ReadabilityFormula,
  options: ReadabilityOptions = {},
  lexicons: () => Promise<ReadabilityLexicons> = projectLexicons,
): Metric {
  const { textstat = "0.7.4" } = options;
  const spanish = isSpanish(formula);
  const counter = spanish || textstat === "0.7.4" ? "pyphen-0.18.1" : "cmudict,pyphen-0.18.1";
  return {
    name: textstat === "0.7.4" ? formula : `${formula}-${textstat}`,
    title: textstat === "0.7.4" ? TITLES[formula] : `${TITLES[formula]} (textstat ${textstat})`,
    range: [-Infinity, Infinity],
    signature: () => `${formula}|lang:${spanish ? "es" : "en"}|syllables:${counter}|textstat:${textstat}|v1`,
    async score(pairs) {
      const words = await lexicons();
      const values = new Float64Array(pairs.length).fill(NaN);
      const unscored = new Map<number, string>();
      pairs.forEach(({ candidate }, i) => {
        const found = readability(formula, candidate, words, options);
        if ("value" in found) values[i] = found.value;
        else unscored.set(i, found.unscored);
      });
      return { values, unscored };
    },
  };
}
