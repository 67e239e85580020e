/** How much of each training letter stands in synthetic letters, as metrics. @module */

import { type LetterValues, type Metric, type Pair, referencesOf } from "../metric.ts";
import { CopiedText } from "./copied_text.ts";
import { longestCopiedRuns } from "./longest_copied_run.ts";
import { letterNgramPrecision } from "./ngram_overlap.ts";

/** Memorisation of letters, as numbers a letter. */
export interface MemorisationOptions {
  /** Words of an n-gram; default 5. */
  readonly n?: number;
}

/**
 * The share of a letter's n-grams of words that stand in any of the synthetic letters, place by place; NaN for a letter of fewer words.
 * Of pairs, the references are the training letters and the candidates, all together, the synthetic ones.
 *
 * @example
 * ```ts
 * import { ngramRecall } from "./memorisation_metrics.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...ngramRecall(["no chest pain today", "no"], ["chest pain today?"], 2)], [2 / 3, NaN]);
 * ```
 */
export function ngramRecall(
  training: readonly string[],
  synthetic: readonly string[],
  n: number,
): Float64Array {
  return letterNgramPrecision(new CopiedText(synthetic, training), n); // of the letters' own side
}

/**
 * The longest run of a letter's words that stands in one of the synthetic letters.
 *
 * @example
 * ```ts
 * import { longestRuns } from "./memorisation_metrics.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...longestRuns(["no chest pain today", "well"], ["chest pain today?"])], [3, 0]);
 * ```
 */
export function longestRuns(training: readonly string[], synthetic: readonly string[]): Float64Array {
  const [from, own] = [synthetic, training].map((texts) => texts.map((text, i) => ({ id: `${i}`, text })));
  const copied = new CopiedText(synthetic, training);
  return Float64Array.from(longestCopiedRuns(copied, from ?? [], own ?? []), ({ words }) => words);
}

/** The metric of {@linkcode ngramRecall}. */
export function ngramRecallMetric({ n = 5 }: MemorisationOptions = {}): Metric {
  if (!(Number.isInteger(n) && n > 0)) {
    throw new Error(`ngram-recall: n is ${n}. Give a whole number above 0.`);
  }
  return {
    name: n === 5 ? "ngram-recall" : `ngram-recall-n=${n}`,
    title: `${n}-gram recall`,
    higherIsBetter: false,
    range: [0, 1],
    signature: () => `ngram-recall|n:${n}|words:folded|places|within:letter|v1`,
    score: (pairs) =>
      scored(pairs, (training, synthetic) => ngramRecall(training, synthetic, n), "too short"),
  };
}

/** The metric of {@linkcode longestRuns}. */
export const longestRunMetric: Metric = {
  name: "longest-copied-run",
  title: "Longest copied run",
  higherIsBetter: false,
  range: [0, Infinity],
  signature: () => "longest-copied-run|words:folded|within:letter|v1",
  score: (pairs) => scored(pairs, longestRuns, "empty"),
};

/** Exposure of planted canaries: a number a canary, which the experiment that plants them computes from a model's losses. */
export const exposureMetric: Metric = {
  name: "exposure",
  title: "Exposure",
  higherIsBetter: false,
  range: [0, Infinity],
  signature: () => "exposure|ties:mean-rank|v1",
  score() {
    throw new Error(
      "exposure: is of canaries and a model, not of letters. score-privacy and the privacy experiment compute it.",
    );
  },
};

function scored(
  pairs: readonly Pair[],
  measure: (training: readonly string[], synthetic: readonly string[]) => Float64Array,
  reason: string,
): LetterValues {
  const values = measure(
    pairs.map((pair) => referencesOf(pair).join("\n")),
    pairs.map(({ candidate }) => candidate),
  );
  const unscored = new Map<number, string>();
  values.forEach((value, i) => Number.isNaN(value) && unscored.set(i, reason));
  return { values, ...unscored.size > 0 && { unscored } };
}
