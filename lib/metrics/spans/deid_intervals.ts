/** Bootstrap intervals of de-identification over letters. @module */

import type { DeidCounts } from "./deid_counts.ts";
import type { DeidScores } from "./deidentification.ts";
import { ratio, type ScoreInterval, type SumBootstrap } from "./sum_bootstrap.ts";

/** Intervals of the rates of a corpus, each null where the rate is. */
export type DeidIntervals = Readonly<
  Record<"recall" | "precision" | "overRedaction" | "leakingLetters", ScoreInterval | null>
>;

/**
 * BCa intervals of recall, precision, over-redaction and the share of leaking letters.
 *
 * @param bootstrap draws for as many letters as were scored
 * @throws {Error} when it is for another number of letters
 *
 * @example
 * ```ts
 * import { deidIntervals } from "./deid_intervals.ts";
 * import { deidentification } from "./deidentification.ts";
 * import { SumBootstrap } from "./sum_bootstrap.ts";
 * import { deepEqual } from "node:assert/strict";
 * const gold = [{ start: 0, end: 3, label: "NAME" }];
 * const letters = ["a", "b"].map((id) => ({ id, text: "Ann", gold, predicted: gold }));
 * const { recall, overRedaction } = deidIntervals(deidentification(letters), new SumBootstrap(2));
 * deepEqual([recall?.low, overRedaction], [1, null]);
 * ```
 */
export function deidIntervals(
  { letters, corpus, leaking }: DeidScores,
  bootstrap: SumBootstrap,
): DeidIntervals {
  const sums = (of: (letter: DeidCounts) => number) => bootstrap.sums(letters.map(of));
  const interval = (
    rate: number | null,
    above: (letter: DeidCounts) => number,
    below: (letter: DeidCounts) => number,
  ) => rate === null ? null : bootstrap.interval(rate, ratio(sums(above), sums(below)));
  return {
    recall: interval(corpus.recall, ({ found }) => found, ({ phi }) => phi),
    precision: interval(corpus.precision, ({ found }) => found, ({ redacted }) => redacted),
    overRedaction: interval(
      corpus.overRedaction,
      ({ boundaryExcess, falseSpan }) => boundaryExcess + falseSpan,
      ({ nonPhi }) => nonPhi,
    ),
    leakingLetters: interval(
      leaking.rate,
      ({ phi, found }) => found < phi ? 1 : 0,
      ({ phi }) => phi > 0 ? 1 : 0,
    ),
  };
}
