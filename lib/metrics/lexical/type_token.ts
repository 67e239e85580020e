/** Measures of vocabulary by types (different words) and tokens (words). @module */

/**
 * The type–token ratio: different words over all words. It falls as texts get longer.
 *
 * @throws {Error} when there is no word
 *
 * @example
 * ```ts
 * import { typeTokenRatio } from "./type_token.ts";
 * import { equal } from "node:assert/strict";
 * equal(typeTokenRatio(["no", "pain", "no", "gain"]), 0.75);
 * ```
 */
export function typeTokenRatio(words: readonly string[]): number {
  if (words.length === 0) throw new Error("type-token ratio: no word. Give at least one.");
  return new Set(words).size / words.length;
}

/**
 * The moving-average type–token ratio: the mean of the type–token ratios of every run of `window` words in a row, of which
 * there are words - window + 1. It does not depend on the text's length.
 *
 * Source: M. A. Covington, J. D. McFall, "Cutting the Gordian knot: the moving-average type–token ratio (MATTR)",
 * Journal of Quantitative Linguistics 17(2), 2010.
 *
 * @throws {Error} when there are fewer words than the window takes, or it takes no whole number from 1 up
 *
 * @example
 * ```ts
 * import { movingAverageTypeTokenRatio } from "./type_token.ts";
 * import { equal } from "node:assert/strict";
 * equal(movingAverageTypeTokenRatio(["no", "pain", "no", "no"], 2), (1 + 1 + 0.5) / 3);
 * ```
 */
export function movingAverageTypeTokenRatio(words: readonly string[], window = 50): number {
  if (!Number.isInteger(window) || window < 1) {
    throw new Error(`mattr: the window is ${window}. Give a whole number from 1 up.`);
  }
  if (words.length < window) {
    throw new Error(
      `mattr: ${words.length} words for a window of ${window}. Give more, or a smaller window.`,
    );
  }
  const counts = new Map<string, number>();
  let sum = 0;
  words.forEach((word, i) => {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    const leaving = i < window ? undefined : words[i - window];
    if (leaving !== undefined) {
      const left = (counts.get(leaving) ?? 0) - 1;
      if (left === 0) counts.delete(leaving);
      else counts.set(leaving, left);
    }
    if (i >= window - 1) sum += counts.size;
  });
  return sum / (words.length - window + 1) / window;
}

/**
 * The measure of textual lexical diversity: the mean length, in words, of runs of words that keep a type–token ratio above
 * a threshold. Going through the text, a run ends (a factor is full) with the word that brings the ratio of its words to
 * the threshold or below, and the next begins behind it. What is left at the end counts as a part of a factor, its ratio's
 * way from 1 to the threshold: (1 - ratio) / (1 - threshold). The length of the text over the factors is taken forwards and
 * backwards, and the mean of the two is the measure. Infinite where no word comes twice.
 *
 * Source: P. M. McCarthy, S. Jarvis, "MTLD, vocd-D, and HD-D: a validation study of sophisticated approaches to lexical
 * diversity assessment", Behavior Research Methods 42(2), 2010.
 *
 * @param threshold above 0 and below 1
 * @throws {Error} when there is no word, or for another threshold
 *
 * @example
 * ```ts
 * import { textualLexicalDiversity } from "./type_token.ts";
 * import { equal } from "node:assert/strict";
 * equal(textualLexicalDiversity(["no", "no", "no", "no"]), 2); // two factors of two words
 * ```
 */
export function textualLexicalDiversity(words: readonly string[], threshold = 0.72): number {
  if (words.length === 0) throw new Error("mtld: no word. Give at least one.");
  if (!(threshold > 0 && threshold < 1)) {
    throw new Error(`mtld: the threshold is ${threshold}. Give a number between 0 and 1.`);
  }
  const lengths = [words, words.toReversed()].map((one) => words.length / factors(one, threshold));
  return lengths.reduce((sum, length) => sum + length, 0) / 2;
}

function factors(words: readonly string[], threshold: number): number {
  const types = new Set<string>();
  let [full, tokens] = [0, 0];
  for (const word of words) {
    types.add(word);
    tokens++;
    if (types.size / tokens > threshold) continue;
    full++;
    types.clear();
    tokens = 0;
  }
  return tokens === 0 ? full : full + (1 - types.size / tokens) / (1 - threshold);
}
