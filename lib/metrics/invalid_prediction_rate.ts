/** How often a model's answer for a blank was no word. @module */

import { fillRates } from "./fill_rates.ts";
import type { Metric, ScoredFill } from "./metric.ts";

/**
 * The share of fills whose raw prediction was not a whole alphabetic word: a piece (`##ing`), a number, a sign, nothing.
 * S4H tests validity in two ways for its two model families; here the filler decides once, in `valid`, before any
 * post-processing.
 *
 * @throws {Error} when there is no fill
 *
 * @example
 * ```ts
 * import { invalidPredictionRate } from "./invalid_prediction_rate.ts";
 * import { equal } from "node:assert/strict";
 * equal(invalidPredictionRate([{ valid: true }, { valid: false }]), 0.5);
 * ```
 */
export function invalidPredictionRate(fills: readonly Pick<ScoredFill, "valid">[]): number {
  if (fills.length === 0) throw new Error("invalid prediction rate: no fill. Give at least one.");
  return fills.filter((fill) => !fill.valid).length / fills.length;
}

/**
 * `invalidPredictionRate` of each letter; a letter without masked words has none.
 *
 * @example
 * ```ts
 * import { invalidPredictionRateMetric } from "./invalid_prediction_rate.ts";
 * import { equal } from "node:assert/strict";
 * equal(invalidPredictionRateMetric.signature({}), "invalid-prediction-rate|v2");
 * ```
 */
export const invalidPredictionRateMetric: Metric = {
  name: "invalid-prediction-rate",
  title: "Invalid predictions",
  higherIsBetter: false,
  range: [0, 1],
  signature: () => "invalid-prediction-rate|v2",
  score: (pairs) => fillRates(pairs, "invalid-prediction-rate", invalidPredictionRate),
};
