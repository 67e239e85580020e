/** Is one condition better than another, by the bootstrap over letters? @module */

import { bootstrapInterval, type Interval, type IntervalOptions } from "./bootstrap_interval.ts";
import { resampledMeans, resamplePlan } from "./resample_plan.ts";

/** The result of the paired bootstrap. */
export interface PairedBootstrapResult {
  /** The mean of a − b over letters with its interval. */
  readonly difference: Interval;
  /** Two-sided p-value: how often a resample lies as far from the mean difference as that lies from 0. */
  readonly p: number;
  /** The share of resamples in which a's mean is above b's, ties counting half. */
  readonly better: number;
}

/**
 * The paired bootstrap: both conditions on the same drawn letters. The p-value is (b + 1) / (m + 1) of m resamples, of which b, moved to a
 * mean of 0 as the null hypothesis has it, are at least as far from 0 as the mean difference; it never is 0. A letter gives one
 * value a condition.
 *
 * Sources: P. Koehn, "Statistical significance tests for machine translation evaluation", EMNLP 2004; for the p-value
 * T. Berg-Kirkpatrick, D. Burkett, D. Klein, "An empirical investigation of statistical significance in NLP", EMNLP 2012.
 *
 * @throws {Error} when the numbers of values differ or are below two, or a value is not finite
 *
 * @example
 * ```ts
 * import { pairedBootstrap } from "./paired_bootstrap.ts";
 * import { equal, ok } from "node:assert/strict";
 * const { better, p } = pairedBootstrap([0.9, 0.8, 0.7, 0.9], [0.6, 0.7, 0.5, 0.5]);
 * equal(better, 1);
 * ok(p < 0.05);
 * ```
 */
export function pairedBootstrap(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: IntervalOptions = {},
): PairedBootstrapResult {
  if (a.length !== b.length) {
    throw new Error(
      `pairedBootstrap: ${a.length} values against ${b.length}. Give the same letters to both sides.`,
    );
  }
  const differences = Float64Array.from(a, (value, i) => value - (b[i] ?? NaN));
  const plan = options.plan ??
    (differences.length > 0 ? resamplePlan(differences.length, { seed: options.seed ?? 42 }) : undefined);
  const difference = bootstrapInterval(differences, plan ? { ...options, plan } : options);
  const { mean, sd } = difference;
  const tie = 1e-12 * (Math.abs(mean) + sd); // the same letters summed in another order
  const replicates = plan ? resampledMeans(differences, plan) : new Float64Array();
  let [far, better] = [0, 0];
  for (const replicate of replicates) {
    if (Math.abs(replicate - mean) >= Math.abs(mean) - tie) far++;
    better += Math.abs(replicate) <= tie ? 0.5 : replicate > 0 ? 1 : 0;
  }
  return { difference, p: (far + 1) / (replicates.length + 1), better: better / replicates.length };
}
