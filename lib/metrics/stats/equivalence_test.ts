/** Does one condition do as well as another? @module */

import { describe } from "./describe.ts";
import { studentTCdf, studentTQuantile } from "./student_t.ts";

/** The result of two one-sided tests. */
export interface EquivalenceResult {
  readonly n: number;
  /** The mean difference. */
  readonly mean: number;
  /** p-value of "the difference is at most `low`", so of what non-inferiority has to refute. */
  readonly pAboveLow: number;
  /** p-value of "the difference is at least `high`". */
  readonly pBelowHigh: number;
  /** The greater of the two: equivalence is shown at α where it is below α. */
  readonly p: number;
  /** Ends of the interval with confidence 1 − 2α, which lies within the margin exactly where equivalence is shown. */
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/**
 * Two one-sided t tests (TOST) on paired differences: is their mean within the margin? A difference that is merely not significant
 * does not show that; a small p here does. A letter gives one difference.
 *
 * Source: D. J. Schuirmann, "A comparison of the two one-sided tests procedure", J. Pharmacokinetics and Biopharmaceutics
 * 15(6), 1987.
 *
 * @param differences one a letter, at least two
 * @param margin what counts as no difference, chosen before looking: ±margin, or its two ends
 * @throws {Error} for fewer than two differences, one that is not finite, or a margin that is none
 *
 * @example
 * ```ts
 * import { equivalenceTest } from "./equivalence_test.ts";
 * import { ok } from "node:assert/strict";
 * const { p, low, high } = equivalenceTest([0.001, -0.002, 0.003, 0, -0.001, 0.002], 0.01);
 * ok(p < 0.001 && -0.01 < low && high < 0.01);
 * ```
 */
export function equivalenceTest(
  differences: ArrayLike<number>,
  margin: number | { readonly low: number; readonly high: number },
  { alpha = 0.05 }: { readonly alpha?: number } = {},
): EquivalenceResult {
  const ends = typeof margin === "number" ? { low: -margin, high: margin } : margin;
  if (!(ends.low < ends.high)) {
    throw new Error(
      `equivalenceTest: the margin goes from ${ends.low} to ${ends.high}. Give a positive one.`,
    );
  }
  if (!(alpha > 0 && alpha < 0.5)) {
    throw new Error(`equivalenceTest: alpha is ${alpha}. Give one between 0 and 0.5.`);
  }
  if (differences.length < 2) {
    throw new Error(`equivalenceTest: got ${differences.length} differences. It needs at least 2.`);
  }
  const { n, mean, sd } = describe(differences);
  const error = sd / Math.sqrt(n);
  // Without spread the mean is either beyond the end, at it, or not.
  const t = (distance: number) => distance === 0 ? 0 : distance / error;
  const pAboveLow = studentTCdf(-t(mean - ends.low), n - 1);
  const pBelowHigh = studentTCdf(t(mean - ends.high), n - 1);
  const half = studentTQuantile(1 - alpha, n - 1) * error;
  return {
    n,
    mean,
    pAboveLow,
    pBelowHigh,
    p: Math.max(pAboveLow, pBelowHigh),
    low: mean - half,
    high: mean + half,
    level: 1 - 2 * alpha,
  };
}
