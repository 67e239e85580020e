/** Quantiles of a sample. @module */

/**
 * The quantile of a sorted sample by linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996; the
 * default of NumPy and R).
 *
 * @param sorted Values in ascending order, at least one.
 * @throws {Error} when there is no value, or p is not in [0, 1].
 *
 * @example
 * ```ts
 * import { quantile } from "./quantile.ts";
 * import { equal } from "node:assert/strict";
 * equal(quantile([1, 2, 10], 0.75), 6);
 * ```
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new Error(`quantile: p is ${p}. Give a probability from 0 to 1.`);
  const at = p * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) throw new Error("quantile: got 0 values. Give at least one.");
  return low + (high - low) * (at - Math.floor(at));
}
