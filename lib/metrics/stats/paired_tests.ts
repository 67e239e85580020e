/** A family of paired comparisons over the same letters. @module */

import { holm } from "./holm.ts";
import { type PairedOptions, type PairedResult, pairedTest } from "./paired_test.ts";
import { resamplePlan } from "./resample_plan.ts";

/** One comparison: what it asks, and the values of its two conditions, letter by letter. */
export interface Comparison {
  readonly name: string;
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
}

/** A paired result in its family. */
export interface FamilyResult extends PairedResult {
  readonly name: string;
  /** The p-value after Holm's adjustment over the family. */
  readonly adjustedP: number;
}

/**
 * `pairedTest` of every comparison, with Holm's adjustment over all of them. Comparisons over as many letters share
 * their resamples.
 *
 * @throws {Error} as `pairedTest` does, with the comparison's name before it.
 *
 * @example
 * ```ts
 * import { pairedTests } from "./paired_tests.ts";
 * import { deepEqual } from "node:assert/strict";
 * const results = pairedTests([
 *   { name: "nouns", a: [1, 2, 3, 4], b: [0, 0, 0, 0] },
 *   { name: "verbs", a: [1, 2, 3, 4], b: [4, 3, 2, 1] },
 * ]);
 * deepEqual(results.map((r) => [r.name, r.p, r.adjustedP]), [["nouns", 0.125, 0.25], ["verbs", 1, 1]]);
 * ```
 */
export function pairedTests(comparisons: readonly Comparison[], options: PairedOptions = {}): FamilyResult[] {
  const { seed = 42 } = options;
  const plans = new Map<number, ReturnType<typeof resamplePlan>>();
  const results = comparisons.map(({ name, a, b }) => {
    try {
      let plan = options.plan ?? plans.get(a.length);
      if (plan === undefined && a.length > 0) plans.set(a.length, plan = resamplePlan(a.length, { seed }));
      return { name, ...pairedTest(a, b, plan === undefined ? options : { ...options, plan }) };
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  });
  const adjusted = holm(results.map(({ p }) => p));
  return results.map((result, i) => ({ ...result, adjustedP: adjusted[i] ?? NaN }));
}
