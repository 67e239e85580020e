/** From counts of n-grams to BLEU. @module */

/** The longest n-grams that BLEU counts. */
export const BLEU_ORDER = 4;

/** What texts count towards BLEU; counts of several texts add up. Indices: n-grams of n = 1 to 4. */
export interface BleuCounts {
  readonly matches: readonly number[];
  readonly totals: readonly number[];
  /** Words. */
  readonly candidateLength: number;
  /** Words of the reference whose length is nearest to the candidate's, the shorter of two. */
  readonly referenceLength: number;
}

/**
 * What stands for a precision of 0. `exp`: half of the precision that one match would give, a quarter for the next such
 * order, and so on. `floor`: that many matches (0.1). `add-k`: that many more matches and n-grams for n > 1 (1).
 * `none`: nothing, and the score is 0 but for rounding.
 */
export const BLEU_SMOOTHINGS = ["exp", "floor", "add-k", "none"] as const;
export type BleuSmoothing = typeof BLEU_SMOOTHINGS[number];

/** The `floor` and the `k` where none is given, as in sacrebleu. */
export const SMOOTHING_VALUES = { exp: undefined, floor: 0.1, "add-k": 1, none: undefined } as const;

/** How counts become a score. */
export interface BleuScoring {
  /** Default `"exp"`. */
  readonly smoothing?: BleuSmoothing;
  /** The `floor` or the `k`; default 0.1 or 1. */
  readonly smoothingValue?: number;
  /** Leave out orders of which the candidate has no n-gram, as a candidate of three words has none of four. */
  readonly effectiveOrder?: boolean;
}

/** BLEU and what it is made of; scores and precisions lie between 0 and 100. */
export interface BleuScore extends BleuCounts {
  readonly score: number;
  readonly precisions: readonly number[];
  readonly brevityPenalty: number;
}

/** Python's sacrebleu floors the logarithm of 0 to this. */
const LOG_OF_ZERO = -9999999999;

/**
 * BLEU of counts, equal to sacrebleu 2.6.0's `BLEU.compute_bleu`.
 *
 * Source: K. Papineni, S. Roukos, T. Ward, W.-J. Zhu, "BLEU: a method for automatic evaluation of machine translation",
 * ACL 2002; the smoothings: B. Chen, C. Cherry, "A systematic comparison of smoothing techniques for sentence-level BLEU",
 * WMT 2014.
 *
 * @example
 * ```ts
 * import { bleuScore } from "./bleu_score.ts";
 * import { equal } from "node:assert/strict";
 * const counts = { matches: [2, 1, 0, 0], totals: [2, 1, 0, 0], candidateLength: 2, referenceLength: 2 };
 * equal(Math.round(bleuScore(counts, { effectiveOrder: true }).score), 100);
 * equal(bleuScore(counts).score, 0);
 * ```
 */
export function bleuScore(counts: BleuCounts, scoring: BleuScoring = {}): BleuScore {
  const { smoothing = "exp", effectiveOrder = false } = scoring;
  const value = scoring.smoothingValue ?? SMOOTHING_VALUES[smoothing] ?? 0;
  const { candidateLength, referenceLength } = counts;
  const brevityPenalty = candidateLength >= referenceLength
    ? 1
    : candidateLength > 0
    ? Math.exp(1 - referenceLength / candidateLength)
    : 0;
  const precisions = counts.matches.map(() => 0);
  if (counts.matches.every((count) => count === 0)) {
    return { ...counts, score: 0, precisions, brevityPenalty };
  }
  let order = effectiveOrder ? 0 : precisions.length;
  let halves = 1;
  for (const [i, count] of counts.matches.entries()) {
    const added = smoothing === "add-k" && i > 0 ? value : 0;
    const matches = count + added;
    const total = (counts.totals[i] ?? 0) + added;
    if (total === 0) break;
    if (effectiveOrder) order = i + 1;
    if (matches > 0) precisions[i] = 100 * matches / total;
    else if (smoothing === "exp") precisions[i] = 100 / ((halves *= 2) * total);
    else if (smoothing === "floor") precisions[i] = 100 * value / total;
  }
  const logs = precisions.slice(0, order).map((p) => p === 0 ? LOG_OF_ZERO : Math.log(p));
  const score = brevityPenalty * Math.exp(logs.reduce((sum, log) => sum + log, 0) / order);
  return { ...counts, score, precisions, brevityPenalty };
}

/**
 * The counts of several texts together, as corpus BLEU takes them.
 *
 * @example
 * ```ts
 * import { sumOfCounts } from "./bleu_score.ts";
 * import { equal } from "node:assert/strict";
 * const counts = { matches: [2, 1, 0, 0], totals: [2, 1, 0, 0], candidateLength: 2, referenceLength: 3 };
 * equal(sumOfCounts([counts, counts]).referenceLength, 6);
 * ```
 */
export function sumOfCounts(all: readonly BleuCounts[]): BleuCounts {
  const [matches, totals] = [new Array<number>(BLEU_ORDER).fill(0), new Array<number>(BLEU_ORDER).fill(0)];
  let [candidateLength, referenceLength] = [0, 0];
  for (const counts of all) {
    counts.matches.forEach((count, i) => matches[i] = (matches[i] ?? 0) + count);
    counts.totals.forEach((count, i) => totals[i] = (totals[i] ?? 0) + count);
    candidateLength += counts.candidateLength;
    referenceLength += counts.referenceLength;
  }
  return { matches, totals, candidateLength, referenceLength };
}
