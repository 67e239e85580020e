/** Do two conditions succeed on the same letters equally often? @module */

import { incompleteBeta } from "./incomplete_beta.ts";
import { normalCdf } from "./normal_distribution.ts";

/** The result of McNemar's test. */
export interface McNemarResult {
  /** Letters on which only the first condition succeeds. */
  readonly onlyA: number;
  /** Letters on which only the second does. */
  readonly onlyB: number;
  /** Two-sided p-value of the binomial test of these two counts. */
  readonly exactP: number;
  /** (|onlyA − onlyB| − 1)² / (onlyA + onlyB), 0 where the counts differ by less than 1. */
  readonly chiSquare: number;
  /** The p-value of `chiSquare` with one degree of freedom: with Edwards's continuity correction. */
  readonly correctedP: number;
}

/**
 * McNemar's test over letters: of those on which the conditions disagree, does one succeed more often? Both p-values are 1 where they
 * never disagree. A letter is one trial: several spans or seeds of a letter are not independent.
 *
 * Sources: Q. McNemar, Psychometrika 12(2), 1947; A. L. Edwards, Psychometrika 13(3), 1948. statsmodels squares −1 where the
 * counts are equal, which makes p less than 1 for no difference at all; here the correction stops at 0.
 *
 * @throws {Error} when the lists differ in length or are empty
 *
 * @example
 * ```ts
 * import { mcnemar } from "./mcnemar.ts";
 * import { equal } from "node:assert/strict";
 * const { onlyA, onlyB, exactP } = mcnemar([true, true, true, false], [false, false, true, false]);
 * equal([onlyA, onlyB, exactP].join(), "2,0,0.5");
 * ```
 */
export function mcnemar(a: readonly boolean[], b: readonly boolean[]): McNemarResult {
  if (a.length !== b.length || a.length === 0) {
    throw new Error(`mcnemar: ${a.length} letters against ${b.length}. Give the same letters to both sides.`);
  }
  return mcnemarOfCounts(
    a.filter((succeeds, i) => succeeds && !b[i]).length,
    b.filter((succeeds, i) => succeeds && !a[i]).length,
  );
}

/**
 * {@linkcode mcnemar} of the two counts of letters on which the conditions disagree.
 *
 * @throws {Error} when a count is no whole number from 0 up
 *
 * @example
 * ```ts
 * import { mcnemarOfCounts } from "./mcnemar.ts";
 * import { equal } from "node:assert/strict";
 * equal(mcnemarOfCounts(6, 6).correctedP, 1);
 * ```
 */
export function mcnemarOfCounts(onlyA: number, onlyB: number): McNemarResult {
  for (const count of [onlyA, onlyB]) {
    if (!(Number.isInteger(count) && count >= 0)) {
      throw new Error(`mcnemar: ${count} letters. Give a whole number from 0 up.`);
    }
  }
  const [n, less] = [onlyA + onlyB, Math.min(onlyA, onlyB)];
  if (n === 0) return { onlyA, onlyB, exactP: 1, chiSquare: 0, correctedP: 1 };
  const exactP = onlyA === onlyB ? 1 : Math.min(1, 2 * atMostHeads(n, less));
  const root = Math.max(0, Math.abs(onlyA - onlyB) - 1) / Math.sqrt(n);
  return { onlyA, onlyB, exactP, chiSquare: root ** 2, correctedP: 2 * normalCdf(-root) };
}

/** The chance of at most so many heads of n fair coins. */
function atMostHeads(n: number, heads: number): number {
  if (n > 1000) return incompleteBeta(0.5, n - heads, heads + 1); // 2^-n is near the least double
  let [chance, sum] = [2 ** -n, 0];
  for (let k = 0; k <= heads; k++) {
    sum += chance;
    chance *= (n - k) / (k + 1);
  }
  return sum;
}
