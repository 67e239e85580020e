/** Intervals and paired comparisons of finders, letters resampled. @module */

import { holm } from "../metrics/stats/holm.ts";
import { minus, ratio, type Replicates, SumBootstrap } from "../metrics/spans/sum_bootstrap.ts";
import { checkSame, keyOf, type Measure, type PhiMeasures, rate } from "./evaluate.ts";

/** How letters are resampled. */
export interface ResampleOptions {
  /** Left out, 10,000 for each seed. */
  readonly resamples?: number;
  /** Each draws resamples of its own; left out, 42, 43 and 44. */
  readonly seeds?: readonly (number | string)[];
  /** Left out, 0.95. */
  readonly level?: number;
}

/** A rate with its BCa interval: the mean of each end over the seeds. */
export interface RateInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** How far the end of any seed's interval lies from the mean at most: what is left to the chance of drawing. */
  readonly wobble: number;
}

/** A measure with its interval; `null` where there is nothing below the line. */
export interface MeasuredRate extends Pick<Measure, "group" | "name"> {
  readonly estimate: RateInterval | null;
}

/** What one finder's rate has more than another's. */
export interface RateDifference extends Pick<Measure, "group" | "name"> {
  readonly a: number;
  readonly b: number;
  /** a − b. */
  readonly difference: RateInterval;
  /** Two-sided p-value of the paired bootstrap, over the resamples of all seeds. */
  readonly p: number;
  /** After Holm's adjustment over all measures that are compared. */
  readonly adjustedP: number;
}

/**
 * Every measure with its interval by the bootstrap over letters: spans of one letter stay together.
 *
 * @throws {Error} for fewer than two letters, and no seed
 *
 * @example
 * ```ts
 * import { measuresOf } from "./evaluate.ts";
 * import { rateIntervals } from "./evaluate_intervals.ts";
 * import { ok } from "node:assert/strict";
 * const spans = [{ start: 0, end: 7, label: "PATIENT" }];
 * const letters = [3, 5, 7, 7].map((end, i) => ({
 *   letter: { id: `${i}`, text: "Ann Lee came.", spans, meta: {} },
 *   found: [{ start: 0, end, label: "PATIENT" }],
 * }));
 * const [found] = rateIntervals(measuresOf(letters));
 * ok(found?.estimate && found.estimate.low < found.estimate.value && found.estimate.wobble < 0.05);
 * ```
 */
export function rateIntervals({ ids, measures }: PhiMeasures, options: ResampleOptions = {}): MeasuredRate[] {
  const bootstraps = bootstrapsOf(ids.length, options);
  return measures.map((measure) => {
    const { group, name } = measure;
    const value = rate(measure);
    if (value === null) return { group, name, estimate: null };
    return {
      ...{ group, name },
      estimate: overSeeds(value, bootstraps, (bootstrap) => replicatesOf(bootstrap, measure)),
    };
  });
}

/**
 * Two finders on the same letters, measure by measure: what `a` has more than `b`, both on the same drawn letters. The p-value is
 * that of `pairedBootstrap()`, here of ratios of sums.
 *
 * @param which measures to compare; left out, those of all identifying data
 * @throws {Error} when they were not measured on the same letters in the same way, and as {@linkcode rateIntervals}
 *
 * @example
 * ```ts
 * import { measuresOf } from "./evaluate.ts";
 * import { compareRates } from "./evaluate_intervals.ts";
 * import { equal } from "node:assert/strict";
 * const spans = [{ start: 0, end: 7, label: "PATIENT" }];
 * const found = (ends: readonly number[]) => measuresOf(ends.map((end, i) => ({
 *   letter: { id: `${i}`, text: "Ann Lee came.", spans, meta: {} },
 *   found: [{ start: 0, end, label: "PATIENT" }],
 * })));
 * const [difference] = compareRates(found([7, 7, 7, 7]), found([3, 7, 3, 7]));
 * equal(difference?.difference.value, 8 / 28);
 * ```
 */
export function compareRates(
  a: PhiMeasures,
  b: PhiMeasures,
  options: ResampleOptions = {},
  which: (measure: Measure) => boolean = ({ group }) => group === "all",
): RateDifference[] {
  checkSame(a, b);
  const bootstraps = bootstrapsOf(a.ids.length, options);
  const others = new Map(b.measures.map((measure) => [keyOf(measure), measure]));
  const compared = a.measures.filter(which).flatMap((measure) => {
    const other = others.get(keyOf(measure));
    const [left, right] = [rate(measure), other === undefined ? null : rate(other)];
    if (other === undefined || left === null || right === null) return [];
    const value = left - right;
    let [far, drawn] = [0, 0];
    const difference = overSeeds(value, bootstraps, (bootstrap) => {
      const replicates = minus(replicatesOf(bootstrap, measure), replicatesOf(bootstrap, other));
      for (const one of replicates.resampled) {
        if (Math.abs(one - value) >= Math.abs(value) - 1e-12) far++;
      }
      drawn += replicates.resampled.length;
      return replicates;
    });
    const { group, name } = measure;
    return [{ group, name, a: left, b: right, difference, p: (far + 1) / (drawn + 1) }];
  });
  const adjusted = holm(compared.map(({ p }) => p));
  return compared.map((one, i) => ({ ...one, adjustedP: adjusted[i] ?? 1 }));
}

function bootstrapsOf(
  letters: number,
  { resamples = 10_000, seeds = [42, 43, 44], level = 0.95 }: ResampleOptions,
): SumBootstrap[] {
  if (seeds.length === 0) throw new Error("intervals: no seed. Give at least one.");
  return seeds.map((seed) => new SumBootstrap(letters, { resamples, seed, level }));
}

function replicatesOf(
  bootstrap: SumBootstrap,
  { above, below }: Pick<Measure, "above" | "below">,
): Replicates {
  return ratio(bootstrap.sums(above), bootstrap.sums(below));
}

/** The interval, its ends means over seeds; widened to the value, which the BCa interval of a very skewed sample need not hold. */
function overSeeds(
  value: number,
  bootstraps: readonly SumBootstrap[],
  replicates: (bootstrap: SumBootstrap) => Replicates,
): RateInterval {
  const ends = bootstraps.map((bootstrap) => bootstrap.interval(value, replicates(bootstrap)));
  const mean = (of: "low" | "high") => ends.reduce((sum, end) => sum + end[of], 0) / ends.length;
  const [low, high] = [mean("low"), mean("high")];
  const wobble = Math.max(...ends.flatMap((end) => [Math.abs(end.low - low), Math.abs(end.high - high)]));
  return { value, low: Math.min(low, value), high: Math.max(high, value), wobble };
}
