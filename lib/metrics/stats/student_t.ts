/** Student's t distribution, central and noncentral. @module */

import { incompleteBeta, logGamma } from "./incomplete_beta.ts";
import { normalCdf, normalQuantile } from "./normal_distribution.ts";

/**
 * The probability that a t deviate is at most x.
 *
 * @throws {Error} when the degrees of freedom are not positive
 *
 * @example
 * ```ts
 * import { studentTCdf } from "./student_t.ts";
 * import { equal } from "node:assert/strict";
 * equal(studentTCdf(2.228138851986274, 10).toFixed(12), "0.975000000000");
 * ```
 */
export function studentTCdf(x: number, degrees: number): number {
  checkDegrees(degrees);
  if (x === 0) return 0.5;
  if (!Number.isFinite(x)) return x > 0 ? 1 : x < 0 ? 0 : NaN;
  // Near 0 the second form would have its argument rounded to 1; far out the first would lose the tail to rounding.
  const square = x * x;
  const tail = square < 1
    ? 0.5 - incompleteBeta(square / (degrees + square), 0.5, degrees / 2) / 2
    : incompleteBeta(degrees / (degrees + square), degrees / 2, 0.5) / 2;
  return x > 0 ? 1 - tail : tail;
}

/**
 * The x below which a t deviate falls with probability p: −Infinity for 0, Infinity for 1.
 *
 * @throws {Error} when p is not in [0, 1], or the degrees of freedom are not positive
 *
 * @example
 * ```ts
 * import { studentTQuantile } from "./student_t.ts";
 * import { equal } from "node:assert/strict";
 * equal(studentTQuantile(0.975, 10).toFixed(12), "2.228138851986");
 * ```
 */
export function studentTQuantile(p: number, degrees: number): number {
  checkDegrees(degrees);
  if (!(p >= 0 && p <= 1)) throw new Error(`studentTQuantile: p is ${p}. Give a probability from 0 to 1.`);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentTQuantile(1 - p, degrees);
  let high = Math.min(normalQuantile(p), -1e-300); // the normal distribution has the lighter tails
  let low = 2 * high;
  while (studentTCdf(low, degrees) > p) [low, high] = [2 * low, low];
  return bisect((x) => studentTCdf(x, degrees) - p, low, high);
}

/**
 * The probability that a noncentral t deviate is at most x: (Z + shift) / √(χ² / degrees) for a standard normal Z.
 *
 * Source: R. V. Lenth, "Algorithm AS 243: Cumulative distribution function of the non-central t distribution", Applied
 * Statistics 38(1), 1989.
 *
 * @param shift at most 37 away from 0, beyond which the terms of the series are below the least double
 * @throws {Error} when the degrees of freedom are not positive, or the shift is too large
 *
 * @example
 * ```ts
 * import { noncentralTCdf, studentTCdf } from "./student_t.ts";
 * import { ok } from "node:assert/strict";
 * ok(Math.abs(noncentralTCdf(1.5, 8, 0) - studentTCdf(1.5, 8)) < 1e-13);
 * ok(noncentralTCdf(1.5, 8, 2) < studentTCdf(1.5, 8));
 * ```
 */
export function noncentralTCdf(x: number, degrees: number, shift: number): number {
  checkDegrees(degrees);
  if (!(Math.abs(shift) <= 37)) {
    throw new Error(`noncentralTCdf: shift is ${shift}. Give one from -37 to 37.`);
  }
  if (x < 0) return 1 - noncentralTCdf(-x, degrees, -shift);
  const [share, half] = [x * x / (degrees + x * x), shift * shift / 2];
  let sum = 0;
  // The weights are those of a Poisson distribution around `half`; there the largest terms are.
  for (let j = 0; j < 2 * half + 200; j++) {
    const power = (half > 0 ? j * Math.log(half) : j === 0 ? 0 : -Infinity) - half;
    const even = Math.exp(power - logGamma(j + 1));
    const odd = shift / Math.SQRT2 * Math.exp(power - logGamma(j + 1.5));
    if (even + Math.abs(odd) < 1e-18 && j > half) break;
    sum += even * incompleteBeta(share, j + 0.5, degrees / 2) +
      odd * incompleteBeta(share, j + 1, degrees / 2);
  }
  return Math.min(Math.max(normalCdf(-shift) + sum / 2, 0), 1);
}

/**
 * Where an increasing function that is below 0 at `low` and above at `high` crosses it, to the last digits of a double.
 *
 * @example
 * ```ts
 * import { bisect } from "./student_t.ts";
 * import { equal } from "node:assert/strict";
 * equal(bisect((x) => x ** 3 - 8, 0, 5), 2);
 * ```
 */
export function bisect(increasing: (x: number) => number, low: number, high: number): number {
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    const value = increasing(middle);
    if (value === 0) return middle;
    if (value < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function checkDegrees(degrees: number): void {
  if (!(degrees > 0)) throw new Error(`Student's t: ${degrees} degrees of freedom. Give a positive number.`);
}
