/** How far two groups of letters lie apart, in units that do not depend on the metric. @module */

import { describe } from "./describe.ts";
import { logGamma } from "./incomplete_beta.ts";
import {
  type StatisticInterval,
  statisticInterval,
  type StatisticIntervalOptions,
} from "./statistic_interval.ts";

/**
 * Cliff's delta: the chance that a value of the first group is above one of the second less the chance that it is below,
 * from −1 to 1; 0 where neither tends to be greater. For pairs of the same letters see `rankBiserial`.
 *
 * Source: N. Cliff, "Dominance statistics", Psychological Bulletin 114(3), 1993.
 *
 * @throws {Error} when a group has no value, or one that is not finite.
 *
 * @example
 * ```ts
 * import { cliffsDelta } from "./standardised_difference.ts";
 * import { equal } from "node:assert/strict";
 * equal(cliffsDelta([1, 2, 5], [2, 3]), (2 - 3) / 6);
 * ```
 */
export function cliffsDelta(a: ArrayLike<number>, b: ArrayLike<number>): number {
  describe(a);
  describe(b);
  const [left, right] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
  let [below, atMost, balance] = [0, 0, 0];
  for (const value of left) {
    while (below < right.length && right[below]! < value) below++; // below < length
    while (atMost < right.length && right[atMost]! <= value) atMost++;
    balance += below - (right.length - atMost);
  }
  return balance / (left.length * right.length);
}

/**
 * Cohen's d: the difference of the means of two independent groups in units of their pooled standard deviation. 0 where the means are
 * equal, infinite where they differ and neither group has any spread. For pairs of the same letters see `cohenDz`.
 *
 * Source: J. Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988.
 *
 * @throws {Error} when the groups have fewer than three values together, one has none, or one is not finite.
 *
 * @example
 * ```ts
 * import { cohenD } from "./standardised_difference.ts";
 * import { equal } from "node:assert/strict";
 * equal(cohenD([2, 3, 4], [0, 1, 2]), 2);
 * ```
 */
export function cohenD(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [left, right] = [describe(a), describe(b)];
  const degrees = left.n + right.n - 2;
  if (degrees < 1) throw new Error("cohenD: got 2 values. Give at least three in two groups.");
  const pooled = Math.sqrt(((left.n - 1) * left.sd ** 2 + (right.n - 1) * right.sd ** 2) / degrees);
  return left.mean === right.mean ? 0 : (left.mean - right.mean) / pooled;
}

/**
 * Hedges's g: Cohen's d without its bias in small groups.
 *
 * Source: L. V. Hedges, "Distribution theory for Glass's estimator of effect size", J. Educational Statistics 6(2), 1981.
 *
 * @throws {Error} when the groups have fewer than four values together, one has none, or one is not finite.
 *
 * @example
 * ```ts
 * import { hedgesG } from "./standardised_difference.ts";
 * import { equal } from "node:assert/strict";
 * equal(hedgesG([2, 3, 4], [0, 1, 2]).toFixed(4), "1.5958");
 * ```
 */
export function hedgesG(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const degrees = a.length + b.length - 2;
  if (degrees < 2) {
    throw new Error(`hedgesG: got ${a.length + b.length} values. Give at least four in two groups.`);
  }
  const unbiased = Math.exp(logGamma(degrees / 2) - logGamma((degrees - 1) / 2)) / Math.sqrt(degrees / 2);
  return unbiased * cohenD(a, b);
}

/**
 * An effect of two independent groups of letters with its bootstrap interval (BCa), each group drawn from itself.
 *
 * @throws {Error} as the effect does, and for a group of fewer than two letters
 *
 * @example
 * ```ts
 * import { cliffsDelta, effectInterval } from "./standardised_difference.ts";
 * import { ok } from "node:assert/strict";
 * const { value, low, high } = effectInterval(cliffsDelta, [3, 5, 4, 6, 7], [4, 2, 3, 1], { resamples: 500 });
 * ok(low < value && value <= high);
 * ```
 */
export function effectInterval(
  effect: (a: Float64Array, b: Float64Array) => number,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: StatisticIntervalOptions = {},
): StatisticInterval {
  describe(a);
  describe(b);
  const drawn = (of: ArrayLike<number>, indices: Uint32Array = new Uint32Array()) =>
    Float64Array.from(indices, (i) => of[i] ?? NaN);
  return statisticInterval([a.length, b.length], ([x, y]) => effect(drawn(a, x), drawn(b, y)), options);
}
