/** Entropy and vocabulary of texts as metrics. @module */

import type { LetterValues, Metric, Pair } from "../metric.ts";
import { entropy } from "./entropy.ts";
import { lexicalWords } from "./lexical_words.ts";
import { movingAverageTypeTokenRatio, textualLexicalDiversity, typeTokenRatio } from "./type_token.ts";

/** A number, or why there is none. */
type Found = number | string;

/** Each candidate's value; the references play no part. */
function valuesOf(pairs: readonly Pair[], measure: (text: string) => Found): LetterValues {
  const values = new Float64Array(pairs.length).fill(NaN);
  const unscored = new Map<number, string>();
  pairs.forEach(({ candidate }, i) => {
    const found = measure(candidate);
    if (typeof found === "number") values[i] = found;
    else unscored.set(i, found);
  });
  return { values, unscored };
}

/** A measure of a text's words; a text without any has no value. */
function ofWords(measure: (words: readonly string[]) => Found): (text: string) => Found {
  return (text) => {
    const words = lexicalWords(text);
    return words.length === 0 ? "no word" : measure(words);
  };
}

/**
 * `entropy()` of the candidate's words (`lexicalWords()`), in bits.
 *
 * @example
 * ```ts
 * import { wordEntropyMetric } from "./lexical.ts";
 * import { equal } from "node:assert/strict";
 * const pairs = [{ id: "1", reference: "", candidate: "No pain, no gain" }];
 * equal((await wordEntropyMetric.score(pairs, {})).values[0], 1.5);
 * ```
 */
export const wordEntropyMetric: Metric = {
  name: "word-entropy",
  title: "Word entropy",
  range: [0, Infinity],
  signature: () => "word-entropy|unit:bit|tok:unicode|case:folded|v1",
  score: (pairs) => valuesOf(pairs, ofWords(entropy)),
};

/**
 * `entropy()` of the candidate's characters, in bits: all code points of the text in NFC, blanks and capitals as they are.
 *
 * @example
 * ```ts
 * import { characterEntropyMetric } from "./lexical.ts";
 * import { equal } from "node:assert/strict";
 * const pairs = [{ id: "1", reference: "", candidate: "a a " }];
 * equal((await characterEntropyMetric.score(pairs, {})).values[0], 1);
 * ```
 */
export const characterEntropyMetric: Metric = {
  name: "character-entropy",
  title: "Character entropy",
  range: [0, Infinity],
  signature: () => "character-entropy|unit:bit|norm:nfc|v1",
  score: (pairs) => valuesOf(pairs, (text) => text === "" ? "no character" : entropy(text.normalize("NFC"))),
};

/**
 * `typeTokenRatio()` of the candidate's words.
 *
 * @example
 * ```ts
 * import { ttrMetric } from "./lexical.ts";
 * import { equal } from "node:assert/strict";
 * const { unscored } = await ttrMetric.score([{ id: "1", reference: "", candidate: "?" }], {});
 * equal(unscored?.get(0), "no word");
 * ```
 */
export const ttrMetric: Metric = {
  name: "ttr",
  title: "Type–token ratio",
  range: [0, 1],
  signature: () => "ttr|tok:unicode|case:folded|v1",
  score: (pairs) => valuesOf(pairs, ofWords(typeTokenRatio)),
};

/**
 * `movingAverageTypeTokenRatio()` of the candidate's words; a letter of fewer words than the window has none.
 *
 * @throws {Error} when the window is no whole number from 1 up
 *
 * @example
 * ```ts
 * import { mattrMetric } from "./lexical.ts";
 * import { equal } from "node:assert/strict";
 * equal(mattrMetric({ window: 100 }).name, "mattr-window=100");
 * ```
 */
export function mattrMetric({ window = 50 }: { readonly window?: number } = {}): Metric {
  if (!Number.isInteger(window) || window < 1) {
    throw new Error(`mattr: the window is ${window}. Give a whole number from 1 up.`);
  }
  return {
    name: window === 50 ? "mattr" : `mattr-window=${window}`,
    title: window === 50 ? "MATTR" : `MATTR (window ${window})`,
    range: [0, 1],
    signature: () => `mattr|window:${window}|tok:unicode|case:folded|v1`,
    score: (pairs) =>
      valuesOf(
        pairs,
        ofWords((words) =>
          words.length < window ? `fewer than ${window} words` : movingAverageTypeTokenRatio(words, window)
        ),
      ),
  };
}

/**
 * `textualLexicalDiversity()` of the candidate's words; a letter in which no word comes twice has none.
 *
 * @throws {Error} when the threshold does not lie between 0 and 1
 *
 * @example
 * ```ts
 * import { mtldMetric } from "./lexical.ts";
 * import { equal } from "node:assert/strict";
 * equal(mtldMetric().signature({}), "mtld|threshold:0.72|tok:unicode|case:folded|v1");
 * ```
 */
export function mtldMetric({ threshold = 0.72 }: { readonly threshold?: number } = {}): Metric {
  if (!(threshold > 0 && threshold < 1)) {
    throw new Error(`mtld: the threshold is ${threshold}. Give a number between 0 and 1.`);
  }
  return {
    name: threshold === 0.72 ? "mtld" : `mtld-threshold=${threshold}`,
    title: threshold === 0.72 ? "MTLD" : `MTLD (threshold ${threshold})`,
    range: [0, Infinity],
    signature: () => `mtld|threshold:${threshold}|tok:unicode|case:folded|v1`,
    score: (pairs) =>
      valuesOf(
        pairs,
        ofWords((words) =>
          new Set(words).size === words.length
            ? "no word comes twice"
            : textualLexicalDiversity(words, threshold)
        ),
      ),
  };
}
