/** Is one condition better than another on the same letters? @module */

import { random } from "../../random.ts";
import { bootstrapInterval, type Interval, type IntervalOptions } from "./bootstrap_interval.ts";
import { cohenDz, rankBiserial } from "./effect_size.ts";

/** The comparison of two conditions on the same letters. */
export interface PairedResult {
  /** The mean of a − b over letters with its interval. */
  readonly difference: Interval;
  /** Two-sided p-value of the permutation test. */
  readonly p: number;
  /** `exact` where every assignment of signs was tried, else `sampled`. */
  readonly method: "exact" | "sampled";
  /** How many assignments of signs were tried. */
  readonly permutations: number;
  readonly cohenDz: number;
  readonly rankBiserial: number;
}

/** Options of paired tests. */
export interface PairedOptions extends IntervalOptions {
  /** Random sign assignments where there are too many to try all; default 10,000. The least p is 1 / (permutations + 1). */
  readonly permutations?: number;
}

/** Up to 2^16 sign assignments are tried one by one. */
const EXACT_LETTERS = 16;

/**
 * The paired permutation test of a mean difference: under the null hypothesis a letter's two values could as well have
 * come the other way round, so each difference has either sign. Two-sided; exact for up to 16 letters that differ, else by
 * random signs with p = (b + 1) / (m + 1), which never is 0. Beside it the BCa interval of the mean difference and two effect sizes.
 * As with intervals, a letter gives one value a condition: average its seeds first (`letterMeans`).
 *
 * Sources: E. W. Noreen, "Computer-Intensive Methods for Testing Hypotheses", 1989; B. Phipson, G. K. Smyth,
 * "Permutation p-values should never be zero", 2010.
 *
 * @param a Values of the one condition, a letter each.
 * @param b Values of the other, the same letters in the same order.
 * @throws {Error} when the numbers of values differ or are below two, a value is not finite, or `permutations` is not a
 * positive whole number.
 *
 * @example
 * ```ts
 * import { pairedTest } from "./paired_test.ts";
 * import { equal } from "node:assert/strict";
 * const { p, method } = pairedTest([0.9, 0.8, 0.7, 0.9], [0.6, 0.7, 0.5, 0.5]);
 * equal(p, 2 / 16);
 * equal(method, "exact");
 * ```
 */
export function pairedTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: PairedOptions = {},
): PairedResult {
  const { permutations = 10_000, seed = 42 } = options;
  if (a.length !== b.length) {
    throw new Error(
      `pairedTest: ${a.length} values against ${b.length}. Give the same letters to both sides.`,
    );
  }
  if (!(Number.isInteger(permutations) && permutations > 0)) {
    throw new Error(`pairedTest: permutations is ${permutations}. Give a positive whole number.`);
  }
  const differences = Float64Array.from(a, (value, i) => value - (b[i] ?? NaN));
  const difference = bootstrapInterval(differences, options);
  const effects = { cohenDz: cohenDz(differences), rankBiserial: rankBiserial(differences) };
  const nonZero = differences.filter((d) => d !== 0); // a zero is the same under both signs
  if (nonZero.length <= EXACT_LETTERS) {
    const tried = 2 ** nonZero.length;
    return {
      difference,
      p: exactExtremes(nonZero) / tried,
      method: "exact",
      permutations: tried,
      ...effects,
    };
  }
  const extremes = sampledExtremes(nonZero, permutations, seed);
  return { difference, p: (extremes + 1) / (permutations + 1), method: "sampled", permutations, ...effects };
}

/** Sums that differ from the observed one by rounding alone count as equal to it. */
function threshold(differences: Float64Array): number {
  const sum = differences.reduce((total, d) => total + d, 0);
  const scale = differences.reduce((total, d) => total + Math.abs(d), 0);
  return Math.abs(sum) - 1e-12 * scale;
}

/** How many of all sign assignments give a sum at least as far from 0 as the observed one. */
function exactExtremes(differences: Float64Array): number {
  let sums = [0];
  for (const d of differences) sums = sums.flatMap((sum) => [sum + d, sum - d]);
  const least = threshold(differences);
  return sums.filter((sum) => Math.abs(sum) >= least).length;
}

/** The same count over random sign assignments; one draw gives the signs of up to 32 letters. */
function sampledExtremes(differences: Float64Array, permutations: number, seed: number | string): number {
  const rng = random(`${seed}/signs`);
  const least = threshold(differences);
  let extremes = 0;
  for (let r = 0; r < permutations; r++) {
    let sum = 0;
    for (let from = 0; from < differences.length; from += 32) {
      let bits = rng.below(2 ** 32);
      const to = Math.min(from + 32, differences.length);
      for (let i = from; i < to; i++, bits >>>= 1) {
        // i < differences.length
        sum += (1 - 2 * (bits & 1)) * differences[i]!;
      }
    }
    if (Math.abs(sum) >= least) extremes++;
  }
  return extremes;
}
