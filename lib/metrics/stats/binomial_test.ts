/** Is a share of letters more, or less, than chance? @module */

import { incompleteBeta, logGamma } from "./incomplete_beta.ts";
import { bisect } from "./student_t.ts";

/** The result of the test. */
export interface BinomialResult {
  readonly share: number;
  /** Two-sided: the chance of a count no more likely than the one at hand. */
  readonly p: number;
  /** Ends of the Clopper–Pearson interval of the share, which holds the truth at least as often as its level says. */
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/**
 * The exact binomial test of a share, such as the accuracy of a judge that tells synthetic letters from real ones, or of an attack. A
 * share near chance is no finding by itself: of 1,000 letters 54.9% are more than chance brings about, of 100 they are not.
 * Letters are the trials; several of one letter are not independent. Equal to `scipy.stats.binomtest`.
 *
 * Source: C. J. Clopper, E. S. Pearson, Biometrika 26(4), 1934.
 *
 * @throws {Error} when the counts are no whole numbers with 0 ≤ successes ≤ trials and at least one trial, or `chance` or `level` is
 * not between 0 and 1
 *
 * @example
 * ```ts
 * import { binomialTest } from "./binomial_test.ts";
 * import { ok } from "node:assert/strict";
 * ok(binomialTest(549, 1000).p < 0.01);
 * ok(binomialTest(55, 100).p > 0.3);
 * ```
 */
export function binomialTest(
  successes: number,
  trials: number,
  { chance = 0.5, level = 0.95 }: { readonly chance?: number; readonly level?: number } = {},
): BinomialResult {
  if (
    !(Number.isInteger(successes) && Number.isInteger(trials) && successes >= 0 && successes <= trials &&
      trials > 0)
  ) {
    throw new Error(
      `binomialTest: ${successes} of ${trials} letters. Give whole numbers, the first at most the second.`,
    );
  }
  for (const [name, value] of [["chance", chance], ["level", level]] as const) {
    if (!(value > 0 && value < 1)) {
      throw new Error(`binomialTest: ${name} is ${value}. Give one between 0 and 1.`);
    }
  }
  const tail = (1 - level) / 2;
  return {
    share: successes / trials,
    p: twoSided(successes, trials, chance),
    low: successes === 0
      ? 0
      : bisect((x) => incompleteBeta(x, successes, trials - successes + 1) - tail, 0, 1),
    high: successes === trials
      ? 1
      : bisect((x) => incompleteBeta(x, successes + 1, trials - successes) - (1 - tail), 0, 1),
    level,
  };
}

function twoSided(successes: number, trials: number, chance: number): number {
  const whole = logGamma(trials + 1);
  const likelihood = (k: number) =>
    Math.exp(
      whole - logGamma(k + 1) - logGamma(trials - k + 1) + k * Math.log(chance) +
        (trials - k) * Math.log1p(-chance),
    );
  // Counts on the other side that are as likely may differ in the last digits.
  const most = likelihood(successes) * (1 + 1e-7);
  let p = 0;
  for (let k = 0; k <= trials; k++) {
    const here = likelihood(k);
    if (here <= most) p += here;
  }
  return Math.min(1, p);
}
