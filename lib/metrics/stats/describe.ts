/** Mean and standard deviation of a sample. @module */

/**
 * The mean and the sample standard deviation (n − 1 in the denominator; 0 for one value).
 *
 * @throws {Error} when there is no value, or one that is not finite; it names the place.
 *
 * @example
 * ```ts
 * import { describe } from "./describe.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(describe([1, 2, 3]), { n: 3, mean: 2, sd: 1 });
 * ```
 */
export function describe(values: ArrayLike<number>): { n: number; mean: number; sd: number } {
  const held = Float64Array.from(values);
  if (held.length === 0) throw new Error("describe: got 0 values. Give at least one.");
  const bad = held.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new Error(
      `describe: value ${bad} is ${held[bad]}. Leave the letter out of every side, or mend the metric.`,
    );
  }
  const n = held.length;
  const mean = held.reduce((sum, value) => sum + value, 0) / n;
  const squares = held.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}
