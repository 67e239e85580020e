/** How far two metrics put letters in the same order. @module */

import { describe } from "./describe.ts";
import { normalCdf } from "./normal_distribution.ts";
import { meanRanks, tieSizes } from "./ranks.ts";
import {
  type StatisticInterval,
  statisticInterval,
  type StatisticIntervalOptions,
} from "./statistic_interval.ts";
import { studentTCdf } from "./student_t.ts";

/** A rank correlation, and the two-sided p-value of there being none. */
export interface RankCorrelation {
  /** From −1 to 1; NaN where all values of a column are equal. */
  readonly correlation: number;
  readonly p: number;
}

/**
 * Spearman's rank correlation: Pearson's of the ranks, ties sharing their mean rank; p by the t distribution. Equal to
 * `scipy.stats.spearmanr`.
 *
 * @throws {Error} when the columns differ in length, have fewer than three letters, or a value is not finite
 *
 * @example
 * ```ts
 * import { spearman } from "./rank_correlation.ts";
 * import { equal } from "node:assert/strict";
 * equal(spearman([1, 2, 3, 4], [1, 8, 9, 100]).correlation, 1);
 * ```
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): RankCorrelation {
  const n = checkColumns("spearman", a, b);
  const [left, right] = [meanRanks(a), meanRanks(b)];
  const middle = (n + 1) / 2;
  let [together, leftSquares, rightSquares] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [left[i]! - middle, right[i]! - middle]; // i < n
    together += x * y;
    leftSquares += x * x;
    rightSquares += y * y;
  }
  // Sums of quarters are exact, so a perfect correlation is 1 to the last digit.
  const correlation = together / Math.sqrt(leftSquares * rightSquares);
  const t = correlation * Math.sqrt((n - 2) / ((1 - correlation) * (1 + correlation)));
  return {
    correlation,
    p: Number.isNaN(correlation) ? NaN : Math.min(1, 2 * studentTCdf(-Math.abs(t), n - 2)),
  };
}

/**
 * Kendall's rank correlation tau-b: concordant less discordant pairs of letters, of those that are tied in neither column as far as each
 * column allows. p is exact for up to 33 letters without ties, else by the normal approximation with the variance for ties. Equal
 * to `scipy.stats.kendalltau`.
 *
 * Sources: M. G. Kendall, "Rank Correlation Methods", 1970; in O(n log n) by W. R. Knight, J. Am. Statist. Assoc. 61, 1966.
 *
 * @throws {Error} when the columns differ in length, have fewer than three letters, or a value is not finite
 *
 * @example
 * ```ts
 * import { kendall } from "./rank_correlation.ts";
 * import { equal } from "node:assert/strict";
 * equal(kendall([1, 2, 3, 4], [1, 3, 2, 4]).correlation, 4 / 6);
 * ```
 */
export function kendall(a: ArrayLike<number>, b: ArrayLike<number>): RankCorrelation {
  const n = checkColumns("kendall", a, b);
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i]! - a[j]! || b[i]! - b[j]!); // i, j < n
  const sorted = Float64Array.from(order, (i) => b[i]!);
  let [bothTied, run] = [0, 1];
  for (let k = 1; k <= n; k++) {
    const [here, before] = [order[k], order[k - 1]!]; // k ≤ n
    if (here !== undefined && a[here] === a[before] && b[here] === b[before]) run++;
    else {
      bothTied += run * (run - 1) / 2;
      run = 1;
    }
  }
  const pairs = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size * (size - 1) / 2, 0);
  const [aSizes, bSizes] = [tieSizes(a), tieSizes(b)];
  const [all, aTied, bTied] = [n * (n - 1) / 2, pairs(aSizes), pairs(bSizes)];
  const discordant = inversions(sorted, new Float64Array(n), 0, n);
  const balance = all - aTied - bTied + bothTied - 2 * discordant;
  const [aPairs, bPairs] = [all - aTied, all - bTied];
  const scale = aPairs === bPairs ? aPairs : Math.sqrt(aPairs) * Math.sqrt(bPairs); // no root where none is needed
  const correlation = Math.min(1, Math.max(-1, balance / scale));
  if (Number.isNaN(correlation)) return { correlation, p: NaN };
  const untied = aTied === 0 && bTied === 0;
  const least = Math.min(discordant, all - discordant);
  if (untied && (n <= 33 || least <= 1)) return { correlation, p: exactP(n, least) };
  const sums = (of: (size: number) => number) => aSizes.reduce((sum, size) => sum + of(size), 0);
  const others = (of: (size: number) => number) => bSizes.reduce((sum, size) => sum + of(size), 0);
  const spread = (size: number) => size * (size - 1) * (2 * size + 5);
  const triples = (size: number) => size * (size - 1) * (size - 2);
  const twice = n * (n - 1);
  const variance = (twice * (2 * n + 5) - sums(spread) - others(spread)) / 18 + 2 * aTied * bTied / twice +
    sums(triples) * others(triples) / (9 * twice * (n - 2));
  return { correlation, p: Math.min(1, 2 * normalCdf(-Math.abs(balance) / Math.sqrt(variance))) };
}

/**
 * A rank correlation with its bootstrap interval (BCa) over letters, each drawn with both of its values.
 *
 * @throws {Error} as {@linkcode spearman} and {@linkcode kendall} do, and where all values of a column are equal
 *
 * @example
 * ```ts
 * import { rankCorrelationInterval } from "./rank_correlation.ts";
 * import { ok } from "node:assert/strict";
 * const [a, b] = [[1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5]];
 * const { value, low, high } = rankCorrelationInterval("kendall", a, b, { resamples: 500 });
 * ok(low < value && value <= high);
 * ```
 */
export function rankCorrelationInterval(
  kind: "kendall" | "spearman",
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: StatisticIntervalOptions = {},
): StatisticInterval {
  const n = checkColumns(kind, a, b);
  const correlate = kind === "kendall" ? kendall : spearman;
  return statisticInterval([n], ([drawn]) => {
    const column = (of: ArrayLike<number>) => Float64Array.from(drawn ?? [], (i) => of[i] ?? NaN);
    return drawn && drawn.length > 2 ? correlate(column(a), column(b)).correlation : NaN;
  }, options);
}

function checkColumns(name: string, a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new Error(
      `${name}: ${a.length} values against ${b.length}. Give the same letters to both columns.`,
    );
  }
  if (a.length < 3) throw new Error(`${name}: got ${a.length} letters. A rank correlation needs at least 3.`);
  describe(a);
  describe(b);
  return a.length;
}

/** How many pairs of `values[from, to)` stand in descending order; sorts them. */
function inversions(values: Float64Array, space: Float64Array, from: number, to: number): number {
  if (to - from < 2) return 0;
  const middle = (from + to) >>> 1;
  let count = inversions(values, space, from, middle) + inversions(values, space, middle, to);
  for (let i = from, j = middle, k = from; k < to; k++) {
    // i < middle or j < to, as k < to
    if (j === to || (i < middle && values[i]! <= values[j]!)) space[k] = values[i++]!;
    else {
      space[k] = values[j++]!;
      count += middle - i;
    }
  }
  values.set(space.subarray(from, to), from);
  return count;
}

/** Twice the share of orders of n with at most `most` inversions. */
function exactP(n: number, most: number): number {
  if (4 * most >= n * (n - 1)) return 1; // at the middle or above
  // By number of inversions, the share of orders: the k-th value stands before 0 to k - 1 smaller ones.
  let shares = new Float64Array(most + 1);
  shares[0] = 1;
  for (let k = 2; k <= n; k++) {
    const next = new Float64Array(most + 1);
    for (let sum = 0, window = 0; sum <= most; sum++) {
      window += shares[sum]! - (sum >= k ? shares[sum - k]! : 0); // sum ≤ most
      next[sum] = window / k;
    }
    shares = next;
  }
  return Math.min(1, 2 * shares.reduce((sum, share) => sum + share, 0));
}
