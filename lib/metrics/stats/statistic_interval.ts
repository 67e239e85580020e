/** Confidence intervals of any statistic over letters, by the bootstrap. @module */

import { random } from "../../random.ts";
import { bcaInterval, type Interval, percentileInterval } from "./bootstrap_interval.ts";
import { usualResamples } from "./resample_plan.ts";

/** The interval of a statistic. */
export interface StatisticInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly method: Interval["method"];
  /** Resamples in which the statistic is defined. */
  readonly resamples: number;
  /** Resamples in which it is not, as a correlation where one letter was drawn throughout; they are left out. */
  readonly undefinedResamples: number;
}

/** Options of the interval. */
export interface StatisticIntervalOptions {
  /** Confidence between 0 and 1; default 0.95. */
  readonly level?: number;
  /** Default {@linkcode usualResamples} of all letters. */
  readonly resamples?: number;
  /** Default 42. */
  readonly seed?: number | string;
  /** `bca` (default): bias-corrected and accelerated, the percentile interval where it is not defined. */
  readonly method?: "bca" | "percentile";
}

/**
 * The bootstrap interval of a statistic of one or more independent groups of letters. Letters are what is drawn, with replacement, each
 * group from itself, as many as it has; whatever belongs to a letter (both columns of a correlation, all spans) comes with it.
 *
 * Source: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, sections 13.3 and 14.3; several groups as in
 * `scipy.stats.bootstrap`.
 *
 * @param sizes the number of letters of each group, at least two
 * @param statistic of the letters drawn, a list of indices a group; NaN where it is not defined
 * @throws {Error} when a group has fewer than two letters, an option is out of range, or the statistic is not defined for all letters,
 * or for hardly any resample
 *
 * @example
 * ```ts
 * import { statisticInterval } from "./statistic_interval.ts";
 * import { ok } from "node:assert/strict";
 * const [a, b] = [[0.7, 0.8, 0.6, 0.9], [0.5, 0.4, 0.6]];
 * const mean = (of: number[], drawn: Uint32Array) => drawn.reduce((sum, i) => sum + (of[i] ?? NaN), 0) / drawn.length;
 * const { value, low, high } = statisticInterval([4, 3], ([x, y]) => mean(a, x!) - mean(b, y!));
 * ok(low < value && value < high);
 * ```
 */
export function statisticInterval(
  sizes: readonly number[],
  statistic: (drawn: readonly Uint32Array[]) => number,
  options: StatisticIntervalOptions = {},
): StatisticInterval {
  const letters = sizes.reduce((sum, size) => sum + size, 0);
  const { level = 0.95, resamples = usualResamples(letters), seed = 42, method = "bca" } = options;
  const few = sizes.find((size) => !(Number.isInteger(size) && size >= 2));
  if (few !== undefined) {
    throw new Error(`statisticInterval: a group of ${few} letters. An interval needs at least 2.`);
  }
  if (!(Number.isInteger(resamples) && resamples > 0)) {
    throw new Error(`statisticInterval: resamples is ${resamples}. Give a positive whole number.`);
  }
  const rng = random(`${seed}/bootstrap`);
  const replicates = new Float64Array(resamples);
  const drawn = sizes.map((size) => new Uint32Array(size));
  for (let r = 0; r < resamples; r++) {
    drawn.forEach((group) => {
      for (let i = 0; i < group.length; i++) group[i] = rng.below(group.length);
    });
    replicates[r] = statistic(drawn);
  }
  return intervalOfReplicates(sizes, statistic, replicates, { level, method });
}

/**
 * The interval of a statistic from given replicates, its acceleration from the jackknife.
 *
 * @throws {Error} as {@linkcode statisticInterval} does
 *
 * @example
 * ```ts
 * import { intervalOfReplicates } from "./statistic_interval.ts";
 * import { equal } from "node:assert/strict";
 * const largest = ([drawn]: readonly Uint32Array[]) => Math.max(...drawn ?? []);
 * equal(intervalOfReplicates([3], largest, [1, 1, 2, 2, 2], { level: 0.5, method: "percentile" }).low, 1);
 * ```
 */
export function intervalOfReplicates(
  sizes: readonly number[],
  statistic: (drawn: readonly Uint32Array[]) => number,
  replicates: ArrayLike<number>,
  { level, method }: { readonly level: number; readonly method: "bca" | "percentile" },
): StatisticInterval {
  const all = sizes.map((size) => Uint32Array.from({ length: size }, (_, i) => i));
  const value = statistic(all);
  const defined = Float64Array.from(replicates).filter((replicate) => !Number.isNaN(replicate)).sort();
  if (!Number.isFinite(value) || 2 * defined.length < replicates.length) {
    throw new Error(
      `statisticInterval: the statistic is ${value}, and defined in ${defined.length} of ${replicates.length} resamples. ` +
        "Give letters whose values differ.",
    );
  }
  const rest = {
    value,
    level,
    resamples: defined.length,
    undefinedResamples: replicates.length - defined.length,
  };
  const percentile = { ...rest, ...percentileInterval(defined, level) };
  if (method === "percentile") return percentile;
  const influences = sizes.flatMap((size, group) => {
    const leftOut = Float64Array.from(
      { length: size },
      (_, i) =>
        statistic(
          all.map((indices, other) => other === group ? indices.filter((index) => index !== i) : indices),
        ),
    );
    const mean = leftOut.reduce((sum, one) => sum + one, 0) / size;
    // What each letter adds: their mean is the statistic, and their skewness gives the acceleration.
    return Array.from(leftOut, (one) => value + (size - 1) / size * (mean - one));
  });
  // A statistic that one letter left out makes undefined has no acceleration, nor has one that no single letter changes.
  if (influences.some((influence) => !Number.isFinite(influence))) return percentile;
  const interval = bcaInterval(influences, defined, level);
  const varies = defined[0] !== defined.at(-1);
  return interval.method === "point" && varies ? percentile : { ...rest, ...interval };
}
