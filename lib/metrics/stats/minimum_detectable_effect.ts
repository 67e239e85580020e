/** How small a difference so many letters can show. @module */

import { bisect, noncentralTCdf, studentTQuantile } from "./student_t.ts";

/** A planned comparison of two conditions on the same letters. */
export interface PairedDesign {
  /** Letters. */
  readonly n: number;
  /** The standard deviation of the differences over letters. */
  readonly sd: number;
  /** Two-sided; default 0.05. Divide it by the number of comparisons where several are made. */
  readonly alpha?: number;
}

/** Beyond so many standard errors the power is 1 to the last digit of a double, for any usual alpha. */
const CERTAIN = 37;

/**
 * The power of the two-sided paired t test: the chance to find a true mean difference.
 *
 * Source: J. Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988; by the noncentral t distribution.
 *
 * @throws {Error} for fewer than two letters, a standard deviation that is not positive, or an alpha outside (0, 1)
 *
 * @example
 * ```ts
 * import { pairedPower } from "./minimum_detectable_effect.ts";
 * import { equal } from "node:assert/strict";
 * equal(pairedPower(0.5, { n: 34, sd: 1 }).toFixed(3), "0.808");
 * ```
 */
export function pairedPower(difference: number, { n, sd, alpha = 0.05 }: PairedDesign): number {
  if (!(Number.isInteger(n) && n >= 2)) {
    throw new Error(`pairedPower: ${n} letters. A test over letters needs 2 or more.`);
  }
  if (!(sd > 0 && sd < Infinity)) throw new Error(`pairedPower: sd is ${sd}. Give a positive number.`);
  if (!(alpha > 0 && alpha < 1)) throw new Error(`pairedPower: alpha is ${alpha}. Give one between 0 and 1.`);
  if (!Number.isFinite(difference)) {
    throw new Error(`pairedPower: the difference is ${difference}. Give a number.`);
  }
  const shift = Math.abs(difference) / sd * Math.sqrt(n);
  const critical = studentTQuantile(1 - alpha / 2, n - 1);
  if (shift > CERTAIN && critical < CERTAIN / 2) return 1;
  const limited = Math.min(shift, CERTAIN);
  return noncentralTCdf(-critical, n - 1, limited) + 1 - noncentralTCdf(critical, n - 1, limited);
}

/**
 * The least mean difference that the two-sided paired t test finds with the given power, in the metric's own units.
 *
 * @throws {Error} as {@linkcode pairedPower} does, and when the power is not between alpha and 1 or no difference has it
 *
 * @example
 * ```ts
 * import { minimumDetectableEffect } from "./minimum_detectable_effect.ts";
 * import { equal } from "node:assert/strict";
 * equal(minimumDetectableEffect({ n: 120, sd: 0.1 }).toFixed(4), "0.0258");
 * ```
 */
export function minimumDetectableEffect(
  { power = 0.8, ...design }: PairedDesign & { readonly power?: number },
): number {
  const { n, sd, alpha = 0.05 } = design;
  if (!(power > alpha && power < 1)) {
    throw new Error(`minimumDetectableEffect: power is ${power}. Give one between alpha (${alpha}) and 1.`);
  }
  const most = CERTAIN * sd / Math.sqrt(n);
  if (pairedPower(most, design) < power) {
    throw new Error(
      `minimumDetectableEffect: ${n} letters never reach a power of ${power}. Take more, or a larger alpha.`,
    );
  }
  return bisect((difference) => pairedPower(difference, design) - power, 0, most);
}
