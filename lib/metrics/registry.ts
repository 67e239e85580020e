/** Every metric by its name. @module */

import { bertscoreMetric } from "./bertscore.ts";
import { copyRateMetric } from "./copy_rate.ts";
import { invalidPredictionRateMetric } from "./invalid_prediction_rate.ts";
import type { Metric } from "./metric.ts";
import { ROUGE_TYPES, rougeMetric } from "./rouge.ts";

/** All metrics, in the order in which tables show them. */
export const METRICS: readonly Metric[] = [
  ...ROUGE_TYPES.map((type) => rougeMetric(type)),
  ...ROUGE_TYPES.map((type) => rougeMetric(type, { stemmer: true })),
  ...ROUGE_TYPES.map((type) => rougeMetric(type, { tokenizer: "unicode" })),
  bertscoreMetric(),
  invalidPredictionRateMetric,
  copyRateMetric,
];

/**
 * The metric of a name.
 *
 * @throws {Error} that lists the known names, when there is none of that name.
 *
 * @example
 * ```ts
 * import { metricNamed } from "./registry.ts";
 * import { equal } from "node:assert/strict";
 * equal(metricNamed("rougeL-stem").signature({}), "rougeL|stem:yes|tok:rouge_score|v1");
 * ```
 */
export function metricNamed(name: string): Metric {
  const metric = METRICS.find((one) => one.name === name);
  if (metric !== undefined) return metric;
  throw new Error(`unknown metric "${name}". Known: ${METRICS.map((one) => one.name).join(", ")}.`);
}
