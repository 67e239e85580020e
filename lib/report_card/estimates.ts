/** Numbers with their intervals, for readings of a report card. @module */

import { ratio, SumBootstrap } from "../metrics/spans/sum_bootstrap.ts";
import { bootstrapInterval } from "../metrics/stats/bootstrap_interval.ts";
import { studentTQuantile } from "../metrics/stats/student_t.ts";
import type { Reading } from "./card.ts";

/** How the intervals of means and shares are computed: part of signatures. */
export const OVER_LETTERS = "interval:bca over letters";

/** The same of numbers that only a whole corpus has. */
export const JACKKNIFE = "interval:jackknife, 10 groups of letters";

const GROUPS = 10;
const FEW = "fewer than two letters have a value";

/**
 * No reading, and why.
 *
 * @example
 * ```ts
 * import { noReading } from "./estimates.ts";
 * import { equal } from "node:assert/strict";
 * equal(noReading("a", "no label").value, null);
 * ```
 */
export function noReading(corpus: string, reason: string): Reading {
  return { corpus, value: null, low: null, high: null, n: 0, reason };
}

/**
 * The mean of values of letters, those that are not finite left out, with its BCa bootstrap interval over letters.
 *
 * @example
 * ```ts
 * import { meanReading } from "./estimates.ts";
 * import { equal } from "node:assert/strict";
 * equal(meanReading("a", [1, 2, NaN]).value, 1.5);
 * equal(meanReading("a", [1]).reason, "fewer than two letters have a value");
 * ```
 */
export function meanReading(corpus: string, values: ArrayLike<number>): Reading {
  const scored = Array.from(values).filter(Number.isFinite);
  if (scored.length < 2) return noReading(corpus, FEW);
  const { mean, low, high, n } = bootstrapInterval(scored);
  return { corpus, value: mean, low: Math.min(low, mean), high: Math.max(high, mean), n };
}

/**
 * The ratio of two sums over letters with its BCa bootstrap interval over letters.
 *
 * @example
 * ```ts
 * import { ratioReading } from "./estimates.ts";
 * import { equal } from "node:assert/strict";
 * equal(ratioReading("a", [1, 0, 2], [2, 2, 2], "no dose in the letters").value, 0.5);
 * equal(ratioReading("a", [0, 0], [0, 0], "no dose in the letters").reason, "no dose in the letters");
 * ```
 */
export function ratioReading(
  corpus: string,
  above: readonly number[],
  below: readonly number[],
  ofNone: string,
): Reading {
  const [part, whole] = [above, below].map((column) => column.reduce((sum, value) => sum + value, 0));
  if (!part && !whole) return noReading(corpus, ofNone);
  if (above.length < 2) return noReading(corpus, FEW);
  const value = (part ?? 0) / (whole ?? NaN);
  if (!Number.isFinite(value)) return noReading(corpus, ofNone);
  const bootstrap = new SumBootstrap(above.length);
  const { low, high } = bootstrap.interval(value, ratio(bootstrap.sums(above), bootstrap.sums(below)));
  return { corpus, value, low: Math.min(low, value), high: Math.max(high, value), n: above.length };
}

/**
 * Numbers of two corpora, such as a divergence, each with an interval by the delete-a-group jackknife: ten groups of letters,
 * every tenth of each corpus, are left out in turn, and Student's t with one degree of freedom less than there are groups gives the
 * width. Drawing letters with replacement, as a bootstrap does, would make copies, which these numbers count as likeness.
 *
 * Source: P. S. Kott, "The Delete-a-Group Jackknife", Journal of Official Statistics 17(4), 2001.
 *
 * @param sizes numbers of letters
 * @param statistics of the letters kept, by name; `null` where there is none
 *
 * @example
 * ```ts
 * import { jackknifed } from "./estimates.ts";
 * import { equal, ok } from "node:assert/strict";
 * const values = [1, 2, 3, 4];
 * const mean = (kept: readonly number[]) => kept.reduce((sum, i) => sum + (values[i] ?? NaN), 0) / kept.length;
 * const { difference } = jackknifed("a", [4, 4], ([a, b]) => ({ difference: mean(a) - mean(b) }));
 * equal(difference?.value, 0);
 * ok(difference?.high === 0); // the same letter left out on both sides
 * ```
 */
export function jackknifed(
  corpus: string,
  sizes: readonly [number, number],
  statistics: (
    kept: readonly [a: readonly number[], b: readonly number[]],
  ) => Readonly<Record<string, number | null>>,
  range: readonly [least: number, greatest: number] = [-Infinity, Infinity],
): Record<string, Reading> {
  const groups = Math.min(GROUPS, ...sizes);
  const all = sizes.map((size) => Array.from({ length: size }, (_, i) => i));
  const kept = (left: number) => all.map((indices) => indices.filter((i) => i % groups !== left));
  const of = ([a = [], b = []]: readonly number[][]) => statistics([a, b]);
  const whole = of(all);
  const parts = Array.from({ length: groups }, (_, left) => of(kept(left)));
  const t = groups > 1 ? studentTQuantile(0.975, groups - 1) : NaN;
  return Object.fromEntries(
    Object.entries(whole).map(([name, value]) => {
      const without = parts.map((part) => part[name] ?? NaN);
      const mean = without.reduce((sum, one) => sum + one, 0) / groups;
      const squares = without.reduce((sum, one) => sum + (one - mean) ** 2, 0);
      const half = t * Math.sqrt((groups - 1) / groups * squares);
      if (value === null || !Number.isFinite(half)) {
        return [name, noReading(corpus, "too few letters for the number and its interval")];
      }
      const [low, high] = [Math.max(range[0], value - half), Math.min(range[1], value + half)];
      return [name, { corpus, value, low: Math.min(low, value), high: Math.max(high, value), n: sizes[1] }];
    }),
  );
}
