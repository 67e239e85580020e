/** Shares of a letter's fills. @module */

import { fillsOf, type LetterValues, type Pair, type ScoredFill } from "./metric.ts";

/**
 * A share of each letter's fills; a letter without any has none.
 *
 * @param rate of fills, of which there is at least one
 * @throws {Error} when a pair comes without its fills
 *
 * @example
 * ```ts
 * import { fillRates } from "./fill_rates.ts";
 * import { equal } from "node:assert/strict";
 * const pairs = [{ id: "1", reference: "", candidate: "", fills: [] }];
 * equal(fillRates(pairs, "copy-rate", () => 1).unscored?.get(0), "no masked word");
 * ```
 */
export function fillRates(
  pairs: readonly Pair[],
  metric: string,
  rate: (fills: readonly ScoredFill[]) => number,
): LetterValues {
  const values = new Float64Array(pairs.length).fill(NaN);
  const unscored = new Map<number, string>();
  pairs.forEach((pair, i) => {
    const fills = fillsOf(pair, metric);
    if (fills.length === 0) unscored.set(i, "no masked word");
    else values[i] = rate(fills);
  });
  return { values, unscored };
}
