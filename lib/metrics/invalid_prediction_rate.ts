/** How often a model's answer for a blank was no word. @module */

import { fillsOf, type Metric, type ScoredFill } from "./metric.ts";

/**
 * The share of fills whose raw prediction was not a whole alphabetic word: a piece (`##ing`), a number, a sign, nothing.
 * 0 for a letter without fills. S4H tests validity in two ways for its two model families; here the filler decides
 * once, in `valid`, before any post-processing.
 *
 * @example
 * ```ts
 * import { invalidPredictionRate } from "./invalid_prediction_rate.ts";
 * import { equal } from "node:assert/strict";
 * equal(invalidPredictionRate([{ valid: true }, { valid: false }]), 0.5);
 * ```
 */
export function invalidPredictionRate(fills: readonly Pick<ScoredFill, "valid">[]): number {
  return fills.filter((fill) => !fill.valid).length / Math.max(fills.length, 1);
}

/** `invalidPredictionRate` of each letter. */
export const invalidPredictionRateMetric: Metric = {
  name: "invalid-prediction-rate",
  title: "Invalid predictions",
  higherIsBetter: false,
  range: [0, 1],
  signature: () => "invalid-prediction-rate|v1",
  score: (pairs) => ({
    values: Float64Array.from(
      pairs,
      (pair) => invalidPredictionRate(fillsOf(pair, "invalid-prediction-rate")),
    ),
  }),
};
