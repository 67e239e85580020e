/** How much of a letter was masked. @module */

import { fillsOf, type LetterValues, type Metric } from "./metric.ts";

/**
 * The share of a letter's words, protected ones included, that were masked. It says how much of a letter a model had to
 * write, and how far the ratio asked for was reached: a strategy masks `floor(n × ratio)` of the n words that are not
 * protected.
 *
 * @throws {Error} when there are fewer words than masked ones, or no word
 *
 * @example
 * ```ts
 * import { maskedShare } from "./masked_share.ts";
 * import { equal } from "node:assert/strict";
 * equal(maskedShare(10, 200), 0.05);
 * ```
 */
export function maskedShare(masked: number, words: number): number {
  if (masked <= words && words > 0) return masked / words;
  throw new Error(
    `masked share: ${masked} masked words of ${words}. Count the words of the letter before it was masked.`,
  );
}

/**
 * `maskedShare` of each letter; a letter without words has none.
 *
 * @example
 * ```ts
 * import { maskedShareMetric } from "./masked_share.ts";
 * import { equal } from "node:assert/strict";
 * const fills = [{ original: "mild", text: "severe", valid: true }];
 * const pairs = [{ id: "1", reference: "mild pain", candidate: "severe pain", fills, words: 2 }];
 * equal((await maskedShareMetric.score(pairs, {})).values[0], 0.5);
 * ```
 */
export const maskedShareMetric: Metric = {
  name: "masked-share",
  title: "Masked words",
  range: [0, 1],
  signature: () => "masked-share|v1",
  score(pairs): LetterValues {
    const values = new Float64Array(pairs.length).fill(NaN);
    const unscored = new Map<number, string>();
    pairs.forEach((pair, i) => {
      const fills = fillsOf(pair, "masked-share");
      if (pair.words === undefined) {
        throw new Error(
          `masked-share: letter ${pair.id} comes without the number of its words. Give "words", or drop the metric.`,
        );
      }
      if (pair.words === 0) unscored.set(i, "no word");
      else values[i] = maskedShare(fills.length, pair.words);
    });
    return { values, unscored };
  },
};
