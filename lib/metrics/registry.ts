/** Every metric by its name. @module */

import { bertscoreMetric } from "./bertscore.ts";
import { bleuMetric } from "./bleu/bleu.ts";
import { BLEU_SMOOTHINGS } from "./bleu/bleu_score.ts";
import { BLEU_TOKENIZERS } from "./bleu/bleu_words.ts";
import { chrfMetric } from "./chrf/chrf.ts";
import { copyRateMetric } from "./copy_rate.ts";
import { invalidPredictionRateMetric } from "./invalid_prediction_rate.ts";
import { meteorMetric } from "./meteor/meteor.ts";
import { METEOR_TOKENIZERS } from "./meteor/meteor_words.ts";
import type { Metric } from "./metric.ts";
import { nearestName } from "./nearest_name.ts";
import { ROUGE_TYPES, rougeMetric } from "./rouge/rouge.ts";
import { sentimentMetric } from "./sentiment/sentiment.ts";

/** All metrics, in the order in which tables show them. Those of other options are made with their own functions. */
export const METRICS: readonly Metric[] = [
  ...ROUGE_TYPES.map((type) => rougeMetric(type)),
  ...ROUGE_TYPES.map((type) => rougeMetric(type, { stemmer: true })),
  ...ROUGE_TYPES.map((type) => rougeMetric(type, { tokenizer: "unicode" })),
  ...BLEU_TOKENIZERS.map((tokenizer) => bleuMetric({ tokenizer })),
  ...BLEU_SMOOTHINGS.slice(1).map((smoothing) => bleuMetric({ smoothing })),
  ...METEOR_TOKENIZERS.map((tokenizer) => meteorMetric({ tokenizer })),
  chrfMetric(),
  chrfMetric({ wordOrder: 2 }),
  bertscoreMetric(),
  sentimentMetric("subjectivity"),
  sentimentMetric("polarity"),
  invalidPredictionRateMetric,
  copyRateMetric,
];

/**
 * The metric of a name.
 *
 * @throws {Error} that gives the nearest name and lists the others, when there is none of that name.
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
  const names = METRICS.map((one) => one.name);
  throw new Error(
    `unknown metric "${name}". The nearest is ${nearestName(name, names)}. Known: ${names.join(", ")}.`,
  );
}
