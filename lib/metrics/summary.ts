/** Scores as files hold them. @module */

import { type CorpusValue, scoredValues, type Scores } from "./metric.ts";
import { bootstrapInterval } from "./stats/bootstrap_interval.ts";

/** A metric's value of a letter: a number, or its parts by name; `null` where the metric could not score the letter. */
export type LetterScore = number | Readonly<Record<string, number>> | null;

/** A letter's value by metric, and why a metric has none. */
export interface LetterScores {
  readonly scores: Readonly<Record<string, LetterScore>>;
  readonly unscored?: Readonly<Record<string, string>>;
}

/**
 * What the metrics say of the letter at `i`.
 *
 * @example
 * ```ts
 * import { letterScores } from "./summary.ts";
 * import { deepEqual } from "node:assert/strict";
 * const ids = ["a"];
 * const meteor = { metric: "meteor", signature: "", ids, values: Float64Array.of(0.5) };
 * const ease = { metric: "ease", signature: "", ids, values: Float64Array.of(NaN), unscored: new Map([[0, "no sentence"]]) };
 * deepEqual(letterScores([meteor, ease], 0), {
 *   scores: { meteor: 0.5, ease: null },
 *   unscored: { ease: "no sentence" },
 * });
 * ```
 */
export function letterScores(all: readonly Scores[], i: number): LetterScores {
  const scores = all.map(({ metric, values, parts, unscored }): [string, LetterScore] => {
    if (unscored?.has(i)) return [metric, null];
    if (!parts) return [metric, values[i] ?? null];
    return [metric, Object.fromEntries(Object.entries(parts).map(([part, of]) => [part, of[i] ?? NaN]))];
  });
  const reasons = all.flatMap(({ metric, unscored }) => {
    const reason = unscored?.get(i);
    return reason === undefined ? [] : [[metric, reason]];
  });
  return {
    scores: Object.fromEntries(scores),
    ...reasons.length > 0 && { unscored: Object.fromEntries(reasons) },
  };
}

/** A metric over a corpus. */
export interface ScoreSummary {
  /** Over the letters that the metric could score; `null` where there are none. */
  readonly mean: number | null;
  /** Ends of the 95% bootstrap interval (BCa) over these letters; `null` for fewer than two. */
  readonly low: number | null;
  readonly high: number | null;
  /** How many they are. */
  readonly n: number;
  /** How many the metric could not score, by the reason, where there are such. */
  readonly unscored?: Readonly<Record<string, number>>;
  /** Of all letters taken together, for metrics where that is another number. */
  readonly corpus?: CorpusValue;
  readonly signature: string;
}

/**
 * A metric's mean over the letters that it could score, and how many it could not.
 *
 * @example
 * ```ts
 * import { summaryOf } from "./summary.ts";
 * import { deepEqual } from "node:assert/strict";
 * const values = Float64Array.of(0.5, NaN);
 * const scores = { metric: "ease", signature: "ease|v1", ids: ["a", "b"], values, unscored: new Map([[1, "no sentence"]]) };
 * deepEqual(summaryOf(scores), { mean: 0.5, low: null, high: null, n: 1, unscored: { "no sentence": 1 }, signature: "ease|v1" });
 * ```
 */
export function summaryOf(scores: Scores): ScoreSummary {
  const values = scoredValues(scores);
  // An interval takes two letters.
  const { n, mean, low, high } = values.length > 1
    ? bootstrapInterval(values)
    : { n: values.length, mean: values[0] ?? null, low: null, high: null };
  const { unscored, corpus, signature } = scores;
  return {
    mean,
    low,
    high,
    n,
    ...unscored && unscored.size > 0 && { unscored: countsOf(unscored.values()) },
    ...corpus && { corpus },
    signature,
  };
}

function countsOf(reasons: Iterable<string>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries(counts);
}
