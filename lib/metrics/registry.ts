/** Every metric by its name. @module */

import { bertscoreMetric, type BertscoreMetricOptions } from "./bertscore/bertscore_metric.ts";
import { bleuMetric, type BleuOptions } from "./bleu/bleu.ts";
import { chrfMetric } from "./chrf/chrf.ts";
import type { ChrfOptions } from "./chrf/chrf_counter.ts";
import { copyRateMetric } from "./copy_rate.ts";
import { inferenceTimeMetric } from "./inference_time.ts";
import { invalidPredictionRateMetric } from "./invalid_prediction_rate.ts";
import {
  characterEntropyMetric,
  mattrMetric,
  mtldMetric,
  ttrMetric,
  wordEntropyMetric,
} from "./lexical/lexical.ts";
import { maskedShareMetric } from "./masked_share.ts";
import { entitiesKeptMetric, phiLeftMetric } from "./spans_left.ts";
import { meteorMetric, type MeteorOptions } from "./meteor/meteor.ts";
import type { Metric } from "./metric.ts";
import { type MetricFamily, metricFamily, type OptionWord } from "./metric_family.ts";
import { nearestName } from "../nearest_name.ts";
import { otherRedactedMetric, phiFoundMetric } from "./phi_found.ts";
import { perplexityMetric, type PerplexityOptions } from "./perplexity/perplexity.ts";
import {
  exposureMetric,
  longestRunMetric,
  type MemorisationOptions,
  ngramRecallMetric,
} from "./privacy/memorisation_metrics.ts";
import { READABILITY_FORMULAS } from "./readability/formulas.ts";
import { readabilityMetric, type ReadabilityOptions } from "./readability/readability.ts";
import { ROUGE_TYPES, rougeMetric } from "./rouge/rouge.ts";
import type { RougeOptions } from "./rouge/rouge_words.ts";
import { sentimentMetric } from "./sentiment/sentiment.ts";
import {
  spanF1Metric,
  spansCorrectMetric,
  spansFoundMetric,
  spansGoldMetric,
  tokenF1Metric,
} from "./spans/found_spans.ts";
import { VALIDITY_METRICS } from "./validity/validity_metrics.ts";

const ROUGE_WORDS: readonly OptionWord<RougeOptions>[] = [
  { word: "stem", about: "words by their stems (English)", sets: { stemmer: true } },
  { word: "unicode", about: "words of every script (Spanish, Swedish)", sets: { tokenizer: "unicode" } },
];

const BLEU_WORDS: readonly OptionWord<BleuOptions>[] = [
  { word: "13a", about: "WMT's words, the default", sets: { tokenizer: "13a" } },
  { word: "intl", about: "punctuation of every script apart", sets: { tokenizer: "intl" } },
  { word: "char", about: "characters for words", sets: { tokenizer: "char" } },
  { word: "none", about: "words are what blanks separate", sets: { tokenizer: "none" } },
  { word: "exp", about: "smoothing: halves, the default", sets: { smoothing: "exp" } },
  {
    word: "floor",
    about: "smoothing: so many matches (0.1) for none",
    sets: { smoothing: "floor" },
    number: (smoothingValue) => ({ smoothing: "floor", smoothingValue }),
  },
  {
    word: "add-k",
    about: "smoothing: so many matches (1) added",
    sets: { smoothing: "add-k" },
    number: (smoothingValue) => ({ smoothing: "add-k", smoothingValue }),
  },
  { word: "unsmoothed", about: "no smoothing", sets: { smoothing: "none" } },
  { word: "lowercase", about: "all in lower case", sets: { lowercase: true } },
  {
    word: "all-orders",
    about: "letters too short for four-grams score 0 without smoothing",
    sets: { effectiveOrder: false },
  },
];

const CHRF_WORDS: readonly OptionWord<ChrfOptions>[] = [
  {
    word: "characters",
    about: "longest n-grams of characters (6)",
    number: (characterOrder) => ({ characterOrder }),
  },
  { word: "beta", about: "how many times as much recall counts (2)", number: (beta) => ({ beta }) },
  { word: "lowercase", about: "all in lower case", sets: { lowercase: true } },
  { word: "whitespace", about: "blanks count as characters", sets: { whitespace: true } },
];

const METEOR_WORDS: readonly OptionWord<MeteorOptions>[] = [
  { word: "wordpunct", about: "punctuation apart from words", sets: { tokenizer: "wordpunct" } },
  { word: "alpha", about: "weight of precision (0.9)", number: (alpha) => ({ alpha }) },
  { word: "beta", about: "exponent of the penalty (3)", number: (beta) => ({ beta }) },
  { word: "gamma", about: "weight of the penalty (0.5)", number: (gamma) => ({ gamma }) },
];

const BERTSCORE_WORDS: readonly OptionWord<BertscoreMetricOptions>[] = [
  { word: "idf", about: "rare tokens count more", sets: { idf: "references" } },
  { word: "rescaled", about: "against the encoder's baseline", sets: { baseline: "encoder" } },
];

const NATS: OptionWord<PerplexityOptions> = {
  word: "nats",
  about: "the mean loss of a piece, which is the perplexity's logarithm",
  sets: { nats: true },
};

const EVERY: OptionWord<PerplexityOptions> = {
  word: "every",
  about: "only each so many-th piece of a letter is judged, and all are seen (1)",
  number: (every) => ({ every }),
};

const READABILITY_WORDS: readonly OptionWord<ReadabilityOptions>[] = [{
  word: "0.7.13",
  about:
    "as textstat 0.7.13: syllables by CMUdict, nothing rounded; otherwise as 0.7.4, by hyphenation patterns",
  sets: { textstat: "0.7.13" },
}];

/** All kinds of metrics, in the order in which tables show them. */
export const METRIC_FAMILIES: readonly MetricFamily[] = [
  ...ROUGE_TYPES.map((type) => metricFamily(type, ROUGE_WORDS, (options) => rougeMetric(type, options))),
  metricFamily("bleu", BLEU_WORDS, bleuMetric),
  metricFamily("meteor", METEOR_WORDS, (options) => meteorMetric(options)),
  metricFamily(
    "chrf",
    [...CHRF_WORDS, {
      word: "words",
      about: "longest n-grams of words (0; 2 is chrf++)",
      number: (wordOrder: number) => ({ wordOrder }),
    }],
    chrfMetric,
  ),
  metricFamily("chrf++", CHRF_WORDS, (options) => chrfMetric({ wordOrder: 2, ...options })),
  metricFamily("bertscore", BERTSCORE_WORDS, bertscoreMetric),
  metricFamily("perplexity", [NATS], (options) => perplexityMetric("causal", options)),
  metricFamily("pseudo-perplexity", [NATS, EVERY], (options) => perplexityMetric("masked", options)),
  ...[sentimentMetric("subjectivity"), sentimentMetric("polarity")].map(alone),
  ...READABILITY_FORMULAS.map((formula) =>
    metricFamily(formula, READABILITY_WORDS, (options) => readabilityMetric(formula, options))
  ),
  ...[wordEntropyMetric, characterEntropyMetric, ttrMetric].map(alone),
  metricFamily(
    "mattr",
    [{ word: "window", about: "words a window (50)", number: (window: number) => ({ window }) }],
    mattrMetric,
  ),
  metricFamily(
    "mtld",
    [{
      word: "threshold",
      about: "type–token ratio of a full factor (0.72)",
      number: (threshold: number) => ({ threshold }),
    }],
    mtldMetric,
  ),
  ...[entitiesKeptMetric, phiLeftMetric].map(alone),
  ...VALIDITY_METRICS.map(alone),
  ...[phiFoundMetric, otherRedactedMetric].map(alone),
  ...[spanF1Metric, tokenF1Metric, spansCorrectMetric, spansFoundMetric, spansGoldMetric].map(alone),
  metricFamily(
    "ngram-recall",
    [{ word: "n", about: "words of an n-gram (5)", number: (n: number): MemorisationOptions => ({ n }) }],
    ngramRecallMetric,
  ),
  ...[longestRunMetric, exposureMetric].map(alone),
  ...[invalidPredictionRateMetric, copyRateMetric, maskedShareMetric, inferenceTimeMetric].map(alone),
];

/** A metric without options. */
function alone(metric: Metric): MetricFamily {
  return metricFamily(metric.name, [], () => metric);
}

/** All metrics that can be named without a number. */
export const METRICS: readonly Metric[] = METRIC_FAMILIES.flatMap(({ usual }) => usual);

/** By name, the metrics that were asked for: some remember the words they have seen. */
const known = new Map(METRICS.map((metric) => [metric.name, metric]));

/**
 * The metric of a name: `rougeL`, or with options behind it `rougeL-stem`, `bleu-intl-floor=0.2`.
 *
 * @throws {Error} that gives the nearest name and lists the others, when there is none of that name; for an option that it
 * does not have, that goes against another, or whose number it does not take
 *
 * @example
 * ```ts
 * import { metricNamed } from "./registry.ts";
 * import { equal } from "node:assert/strict";
 * equal(metricNamed("rougeL-stem").signature({}), "rougeL|stem:yes|tok:rouge_score|v1");
 * equal(metricNamed("chrf-beta=3-words=2").name, "chrf++-beta=3");
 * ```
 */
export function metricNamed(name: string): Metric {
  const metric = known.get(name);
  if (metric !== undefined) return metric;
  const made = METRIC_FAMILIES.map((family) => family.named(name)).find((one) => one !== undefined);
  if (made === undefined) {
    const names = METRIC_FAMILIES.map((one) => one.name);
    const all = METRICS.map((one) => one.name);
    throw new Error(
      `unknown metric "${name}". The nearest is ${nearestName(name, all)}. Known: ${names.join(", ")}.`,
    );
  }
  const same = known.get(made.name) ?? made;
  known.set(made.name, same);
  known.set(name, same);
  return same;
}
