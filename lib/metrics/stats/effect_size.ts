/** How large a paired difference is, apart from how sure it is. @module */

import { describe } from "./describe.ts";

/**
 * Cohen's d_z: the mean difference in units of the differences' standard deviation. 0 where all are 0, infinite where
 * all are one other value.
 *
 * Source: D. Lakens, "Calculating and reporting effect sizes", Frontiers in Psychology 4, 2013.
 *
 * @throws {Error} when there is no difference, or one that is not finite.
 *
 * @example
 * ```ts
 * import { cohenDz } from "./effect_size.ts";
 * import { equal } from "node:assert/strict";
 * equal(cohenDz([1, 2, 3]), 2);
 * ```
 */
export function cohenDz(differences: ArrayLike<number>): number {
  const { mean, sd } = describe(differences);
  return mean === 0 ? 0 : mean / sd;
}

/**
 * The matched-pairs rank-biserial correlation: the share of rank sum that favours the positive side less that of the
 * negative, from −1 to 1. Zero differences are left out, ties share their mean rank; 0 where all are zero.
 *
 * Source: D. S. Kerby, "The simple difference formula", Comprehensive Psychology 3, 2014.
 *
 * @throws {Error} when there is no difference, or one that is not finite.
 *
 * @example
 * ```ts
 * import { rankBiserial } from "./effect_size.ts";
 * import { equal } from "node:assert/strict";
 * equal(rankBiserial([3, -1, 2, 0]), (3 + 2 - 1) / 6);
 * ```
 */
export function rankBiserial(differences: ArrayLike<number>): number {
  describe(differences);
  const sorted = Float64Array.from(differences).filter((d) => d !== 0).sort((a, b) =>
    Math.abs(a) - Math.abs(b)
  );
  let [signed, total] = [0, 0];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const size = Math.abs(sorted[from] ?? NaN);
    while (to < sorted.length && Math.abs(sorted[to] ?? NaN) === size) to++;
    const rank = (from + 1 + to) / 2;
    for (const difference of sorted.subarray(from, to)) signed += Math.sign(difference) * rank;
    total += rank * (to - from);
  }
  return total === 0 ? 0 : signed / total;
}
