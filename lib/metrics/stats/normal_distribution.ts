/** The standard normal distribution. @module */

const density = (x: number) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);

/**
 * The probability that a standard normal deviate is at most x, to about 15 digits of the smaller tail.
 *
 * Source: near 0 the series of G. Marsaglia, "Evaluating the normal distribution", J. Stat. Software 11(4), 2004; in the
 * tails the continued fraction of Laplace (Abramowitz and Stegun 26.2.14).
 *
 * @example
 * ```ts
 * import { normalCdf } from "./normal_distribution.ts";
 * import { equal } from "node:assert/strict";
 * equal(normalCdf(1.959963984540054).toFixed(12), "0.975000000000");
 * ```
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const distance = Math.abs(x);
  if (distance > 39) return x > 0 ? 1 : 0; // the tail is below the least double
  if (distance > 2.5) {
    let fraction = distance;
    for (let k = 160; k > 0; k--) fraction = distance + k / fraction;
    const tail = density(distance) / fraction;
    return x > 0 ? 1 - tail : tail;
  }
  let [term, sum] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-18; k += 2) {
    term *= x * x / k;
    sum += term;
  }
  return 0.5 + density(x) * sum;
}

/**
 * The x below which a standard normal deviate falls with probability p: −Infinity for 0, Infinity for 1.
 * Starts from the rational approximation 26.2.23 of Abramowitz and Stegun and takes Newton steps on `normalCdf`.
 *
 * @throws {Error} when p is not in [0, 1].
 *
 * @example
 * ```ts
 * import { normalQuantile } from "./normal_distribution.ts";
 * import { equal } from "node:assert/strict";
 * equal(normalQuantile(0.975).toFixed(12), "1.959963984540");
 * ```
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new Error(`normalQuantile: p is ${p}. Give a probability from 0 to 1.`);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) -
    t;
  for (let step = 0; step < 4; step++) x -= (normalCdf(x) - p) / density(x);
  return x;
}
