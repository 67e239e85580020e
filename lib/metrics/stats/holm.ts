/** Testing many hypotheses at once. @module */

/**
 * Holm's step-down adjustment: comparing each adjusted p-value with α keeps the chance of any false discovery in the
 * family at α, without assumptions about how the tests depend on one another.
 *
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statistics 6(2), 1979.
 *
 * @throws {Error} when a p-value is not in [0, 1].
 *
 * @example
 * ```ts
 * import { holm } from "./holm.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(holm([0.04, 0.01, 0.5]), [0.08, 0.03, 0.5]);
 * ```
 */
export function holm(pValues: readonly number[]): number[] {
  const bad = pValues.findIndex((p) => !(p >= 0 && p <= 1));
  if (bad >= 0) throw new Error(`holm: p-value ${bad} is ${pValues[bad]}. Give probabilities from 0 to 1.`);
  const adjusted = new Array<number>(pValues.length);
  let greatest = 0;
  pValues.map((p, i) => ({ p, i })).toSorted((a, b) => a.p - b.p).forEach(({ p, i }, rank) => {
    greatest = Math.max(greatest, Math.min(1, p * (pValues.length - rank)));
    adjusted[i] = greatest;
  });
  return adjusted;
}
