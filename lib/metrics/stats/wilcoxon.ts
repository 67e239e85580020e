/** Is one condition better than another, by the ranks of the differences? @module */

import { describe } from "./describe.ts";
import { normalCdf } from "./normal_distribution.ts";
import { meanRanks, tieSizes } from "./ranks.ts";

/** The result of the signed-rank test. */
export interface WilcoxonResult {
  /** The lesser of the rank sums of positive and of negative differences. */
  readonly statistic: number;
  /** The rank sum of the positive differences. */
  readonly positive: number;
  /** Differences that are not zero. */
  readonly n: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: "exact" | "normal";
}

/** Options of the test. */
export interface WilcoxonOptions {
  /** `exact` for up to 50 differences that are not zero, unless said otherwise. */
  readonly method?: "exact" | "normal";
  /** Half a rank towards the middle, for the normal approximation; default false. */
  readonly continuity?: boolean;
}

/**
 * The Wilcoxon signed-rank test of differences, two-sided. Zero differences are left out (Wilcoxon's way). The exact
 * distribution is over all signs of the ranks as they are, so it is exact with ties too; the normal approximation corrects
 * its variance for ties. A letter gives one difference: average its seeds first (`letterMeans`). With no difference at all p is 1.
 *
 * Source: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1(6), 1945. Equal to
 * `scipy.stats.wilcoxon`; with ties SciPy's `exact` reads the table for ranks without ties, so compare its permutation method.
 *
 * @throws {Error} when there is no difference, one is not finite, or more than 1,000 are asked for exactly
 *
 * @example
 * ```ts
 * import { wilcoxon } from "./wilcoxon.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(wilcoxon([3, 1, 2, 0, 5]), { statistic: 0, positive: 10, n: 4, p: 0.125, method: "exact" });
 * ```
 */
export function wilcoxon(differences: ArrayLike<number>, options: WilcoxonOptions = {}): WilcoxonResult {
  describe(differences);
  const held = Float64Array.from(differences).filter((difference) => difference !== 0);
  const n = held.length;
  const { method = n <= 50 ? "exact" : "normal", continuity = false } = options;
  if (n === 0) return { statistic: 0, positive: 0, n, p: 1, method };
  if (method === "exact" && n > 1000) {
    throw new Error(
      `wilcoxon: ${n} differences are too many for the exact test. Ask for the normal approximation.`,
    );
  }
  const sizes = held.map(Math.abs);
  const ranks = meanRanks(sizes);
  const positive = ranks.reduce((sum, rank, i) => held[i]! > 0 ? sum + rank : sum, 0); // i < n
  const total = n * (n + 1) / 2;
  const statistic = Math.min(positive, total - positive);
  const p = method === "exact" ? exactP(ranks, statistic) : normalP(sizes, statistic, continuity);
  return { statistic, positive, n, p, method };
}

/** Twice the share of sign assignments whose positive ranks sum to at most the statistic. */
function exactP(ranks: Float64Array, statistic: number): number {
  // Ranks shared by ties are halves: twice of them are whole.
  const greatest = ranks.reduce((sum, rank) => sum + 2 * rank, 0);
  const chances = new Float64Array(greatest + 1);
  chances[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    const step = 2 * rank;
    for (let sum = reached; sum >= 0; sum--) {
      const half = chances[sum]! / 2; // sum ≤ greatest
      chances[sum] = half;
      chances[sum + step]! += half;
    }
    reached += step;
  }
  let below = 0;
  for (let sum = 0; sum <= 2 * statistic; sum++) below += chances[sum]!;
  return Math.min(1, 2 * below);
}

function normalP(sizes: Float64Array, statistic: number, continuity: boolean): number {
  const n = sizes.length;
  const ties = tieSizes(sizes).reduce((sum, size) => sum + size ** 3 - size, 0);
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1) - ties / 2) / 24);
  const away = n * (n + 1) / 4 - statistic; // from 0 up
  return Math.min(1, 2 * normalCdf(-Math.max(0, away - (continuity ? 0.5 : 0)) / sd));
}
