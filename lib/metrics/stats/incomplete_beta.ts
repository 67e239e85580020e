/**
 * The incomplete beta function, from which the distributions of tests follow. `Math.exp` and `Math.log` are the engine's own
 * code, not the machine's: one version of Deno gives the same digits everywhere; another may differ in the last one.
 *
 * @module
 */

/** Lanczos's coefficients for g = 7, n = 9. */
const LANCZOS = [
  0.99999999999980993,
  676.5203681218851,
  -1259.1392167224028,
  771.32342877765313,
  -176.61502916214059,
  12.507343278686905,
  -0.13857109526572012,
  9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/**
 * The natural logarithm of the gamma function of a positive number, to about 14 digits.
 *
 * Source: C. Lanczos, "A precision approximation of the gamma function", SIAM J. Numer. Anal. B 1, 1964; from 15 up
 * Stirling's series (Abramowitz and Stegun 6.1.41).
 *
 * @throws {Error} when x is not positive
 *
 * @example
 * ```ts
 * import { logGamma } from "./incomplete_beta.ts";
 * import { ok } from "node:assert/strict";
 * ok(Math.abs(logGamma(5) - Math.log(24)) < 1e-14);
 * ```
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new Error(`logGamma: x is ${x}. Give a positive number.`);
  if (x >= 15) {
    const square = 1 / (x * x);
    const rest = 1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)));
    return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + rest / x;
  }
  const [first = NaN, ...others] = LANCZOS;
  const sum = others.reduce((total, coefficient, i) => total + coefficient / (x + i), first);
  const t = x + 6.5;
  return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * The regularised incomplete beta function I_x(a, b), the probability that a beta deviate is at most x.
 *
 * Source: the continued fraction 26.5.8 of Abramowitz and Stegun, evaluated as by W. J. Lentz, Applied Optics 15(3), 1976.
 *
 * @throws {Error} when x is not in [0, 1], or a or b is not positive
 *
 * @example
 * ```ts
 * import { incompleteBeta } from "./incomplete_beta.ts";
 * import { ok } from "node:assert/strict";
 * ok(Math.abs(incompleteBeta(0.3, 1, 2) - 0.51) < 1e-15);
 * ```
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) {
    throw new Error(`incompleteBeta: x is ${x}, a ${a}, b ${b}. Give x from 0 to 1, a and b above 0.`);
  }
  if (x === 0 || x === 1) return x;
  // The fraction converges quickly below the mean.
  if (x > (a + 1) / (a + b + 2)) return 1 - lower(1 - x, b, a);
  return lower(x, a, b);
}

function lower(x: number, a: number, b: number): number {
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  const tiny = 1e-300;
  let [c, d] = [1, 1 / (1 - (a + b) * x / (a + 1) || tiny)];
  let fraction = d;
  for (let m = 1; m < 10_000; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    let step = 1;
    for (const term of [even, odd]) {
      d = 1 / (1 + term * d || tiny);
      c = 1 + term / c || tiny;
      step = c * d;
      fraction *= step;
    }
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return front * fraction / a;
}
