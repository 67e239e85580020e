/** Confidence intervals of a mean over letters, by the bootstrap. @module */

import { describe } from "./describe.ts";
import { normalCdf, normalQuantile } from "./normal_distribution.ts";
import { quantile } from "./quantile.ts";
import { type Replicates, resample, type Resampled, tieOf } from "./resample_kernel.ts";
import { type ResamplePlan, resamplePlan } from "./resample_plan.ts";

/** A mean, its spread over letters and its interval. */
export interface Interval {
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation over letters. */
  readonly sd: number;
  readonly low: number;
  readonly high: number;
  /** The confidence, 0.95 by default. */
  readonly level: number;
  readonly resamples: number;
  /**
   * `bca`; `percentile`, where it was asked for, or every resample lies on one side of the mean, so that BCa is not defined;
   * `point`, where all values are equal and the interval is that value.
   */
  readonly method: "bca" | "percentile" | "point";
}

/** Options of intervals. */
export interface IntervalOptions {
  /** Confidence between 0 and 1; default 0.95. */
  readonly level?: number;
  /** Of the resamples drawn where no plan is given; default 42. */
  readonly seed?: number | string;
  /** The resamples, where several intervals share them or there are to be more or fewer than usual. */
  readonly plan?: ResamplePlan;
  /** `bca` (default), or the plain percentiles of the resampled means. */
  readonly method?: "bca" | "percentile";
}

/**
 * The bias-corrected and accelerated (BCa) bootstrap interval of the mean, equal to `scipy.stats.bootstrap` on the same
 * resamples.
 *
 * The unit that is resampled is the letter. Several seeds, or several chunks, of a letter are not independent; give
 * their mean as the letter's one value (`letterMeans`), which makes this a cluster bootstrap with the letter as cluster.
 *
 * Source: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, section 14.3.
 *
 * @param values One finite value a letter, at least two.
 * @throws {Error} for fewer than two values, a value that is not finite, a level outside (0, 1), or a plan for another
 * number of letters.
 *
 * @example
 * ```ts
 * import { bootstrapInterval } from "./bootstrap_interval.ts";
 * import { ok } from "node:assert/strict";
 * const { mean, low, high } = bootstrapInterval([0.81, 0.84, 0.9, 0.77, 0.86, 0.83]);
 * ok(low < mean && mean < high);
 * ```
 */
export function bootstrapInterval(values: ArrayLike<number>, options: IntervalOptions = {}): Interval {
  const [interval] = bootstrapIntervals([values], options);
  return interval!; // one a list
}

/**
 * The {@linkcode bootstrapInterval} of each of several lists over as many letters: the same numbers, but quicker together.
 *
 * @throws {Error} as `bootstrapInterval` does, and for lists of different lengths
 *
 * @example
 * ```ts
 * import { bootstrapInterval, bootstrapIntervals } from "./bootstrap_interval.ts";
 * import { deepEqual } from "node:assert/strict";
 * const [a, b] = [[0.81, 0.84, 0.9], [0.77, 0.86, 0.83]];
 * deepEqual(bootstrapIntervals([a, b]), [bootstrapInterval(a), bootstrapInterval(b)]);
 * ```
 */
export function bootstrapIntervals(
  lists: readonly ArrayLike<number>[],
  options: IntervalOptions = {},
): Interval[] {
  const { level = 0.95, seed = 42, method = "bca" } = options;
  const few = lists.find((values) => values.length < 2);
  if (few) {
    throw new Error(
      `bootstrapInterval: got ${few.length} values. An interval over letters needs at least 2.`,
    );
  }
  checkLevel(level);
  const described = lists.map((values) => ({ values, ...describe(values) }));
  const plan = options.plan ?? usualPlan(described[0]?.n ?? 2, seed);
  const other = described.find(({ n }) => n !== plan.letters);
  if (other) {
    throw new Error(
      `bootstrapInterval: ${other.n} values for a plan of ${plan.letters} letters. Make the plan for these values.`,
    );
  }
  return resample(plan, described, (replicates, { values, n, mean, sd }) => ({
    ...{ n, mean, sd },
    ...intervalOf({ values, mean, sd }, replicates, level, method),
    ...{ level, resamples: plan.resamples },
  }));
}

let lastPlan: ResamplePlan | undefined;
/** Draws of a plan that is kept: 40 MB. */
const MOST_KEPT = 1e7;

/** Intervals without a plan of their own mostly come one after another over the same letters. */
function usualPlan(letters: number, seed: number | string): ResamplePlan {
  if (lastPlan?.letters === letters && lastPlan.seed === seed) return lastPlan;
  const plan = resamplePlan(letters, { seed });
  if (plan.indices.length <= MOST_KEPT) lastPlan = plan;
  return plan;
}

function intervalOf(
  described: Resampled,
  replicates: Replicates,
  level: number,
  asked: "bca" | "percentile",
): Pick<Interval, "low" | "high" | "method"> {
  const ends = asked === "bca" ? bcaEnds(described, replicates.below, level) : percentiles(level);
  if (ends === undefined) return { low: described.mean, high: described.mean, method: "point" };
  const [low, high] = replicates.quantiles(ends.from, ends.to);
  return { low, high, method: ends.method };
}

/** Between which quantiles of the replicates an interval is. */
interface Ends {
  readonly from: number;
  readonly to: number;
  readonly method: "bca" | "percentile";
}

/** `undefined` where all values are equal. */
function bcaEnds(described: Resampled, below: number, level: number): Ends | undefined {
  const acceleration = accelerationOf(described);
  if (Number.isNaN(acceleration)) return undefined;
  const bias = normalQuantile(below);
  const alpha = (1 - level) / 2;
  const corrected = (z: number) => normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z)));
  const [from, to] = [corrected(normalQuantile(alpha)), corrected(normalQuantile(1 - alpha))];
  return Number.isFinite(bias) && from < to ? { from, to, method: "bca" } : percentiles(level);
}

function percentiles(level: number): Ends {
  const alpha = (1 - level) / 2;
  return { from: alpha, to: 1 - alpha, method: "percentile" };
}

/**
 * The BCa interval of the mean of `values` from given bootstrap means, sorted in ascending order.
 *
 * @throws {Error} when the level is not between 0 and 1, or a list is empty.
 *
 * @example
 * ```ts
 * import { bcaInterval } from "./bootstrap_interval.ts";
 * import { equal } from "node:assert/strict";
 * equal(bcaInterval([1, 3], [1, 1, 2, 2, 3, 3], 0.9).method, "bca");
 * ```
 */
export function bcaInterval(
  values: ArrayLike<number>,
  replicates: ArrayLike<number>,
  level: number,
): Pick<Interval, "low" | "high" | "method"> {
  checkLevel(level);
  const described = { values, ...describe(values) };
  const ends = bcaEnds(described, shareBelow(described, replicates), level);
  if (ends === undefined) return { low: described.mean, high: described.mean, method: "point" };
  return {
    low: quantile(replicates, ends.from),
    high: quantile(replicates, ends.to),
    method: ends.method,
  };
}

/**
 * The percentile interval from given bootstrap means, sorted in ascending order: equal to `scipy.stats.bootstrap` with
 * `method="percentile"` on the same resamples.
 *
 * @throws {Error} when the level is not between 0 and 1, or there is no mean.
 *
 * @example
 * ```ts
 * import { percentileInterval } from "./bootstrap_interval.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(percentileInterval([1, 2, 3], 0.5), { low: 1.5, high: 2.5, method: "percentile" });
 * ```
 */
export function percentileInterval(
  replicates: ArrayLike<number>,
  level: number,
): { low: number; high: number; method: "percentile" } {
  checkLevel(level);
  const alpha = (1 - level) / 2;
  return { low: quantile(replicates, alpha), high: quantile(replicates, 1 - alpha), method: "percentile" };
}

function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) {
    throw new Error(`bootstrapInterval: level is ${level}. Give one between 0 and 1.`);
  }
}

/**
 * BCa's two corrections for a mean: the bias z₀ from the share of replicates below it (ties count half, a tie being
 * agreement to 12 digits), and the acceleration from the skewness of the values, which is what the jackknife comes to
 * for a mean; it is NaN where all values are equal.
 *
 * @example
 * ```ts
 * import { bcaCorrections } from "./bootstrap_interval.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(bcaCorrections([1, 2, 3], [1, 2, 3]), { bias: 0, acceleration: 0 });
 * ```
 */
export function bcaCorrections(values: ArrayLike<number>, replicates: ArrayLike<number>) {
  const described = { values, ...describe(values) };
  return {
    bias: normalQuantile(shareBelow(described, replicates)),
    acceleration: accelerationOf(described),
  };
}

function shareBelow({ mean, sd }: Resampled, replicates: ArrayLike<number>): number {
  const tie = tieOf(mean, sd);
  let below = 0;
  for (let r = 0; r < replicates.length; r++) {
    const gap = (replicates[r] ?? NaN) - mean;
    below += Math.abs(gap) <= tie ? 0.5 : gap < 0 ? 1 : 0;
  }
  return below / replicates.length;
}

/** Of a mean: what the jackknife comes to; NaN where all values are equal. */
function accelerationOf({ values, mean, sd }: Resampled): number {
  let [squares, cubes] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const deviation = (values[i] ?? NaN) - mean;
    squares += deviation ** 2;
    cubes += deviation ** 3;
  }
  return sd <= tieOf(mean, sd) ? NaN : cubes / squares ** 1.5 / 6;
}
