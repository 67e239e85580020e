/** Every pair of an experiment's conditions, compared letter by letter. @module */

import { type FamilyResult, pairedTests } from "../metrics/stats/paired_tests.ts";
import type { Level } from "./experiment.ts";
import { letterValues, metricsOf, paired } from "./letter_values.ts";
import type { Outcome } from "./run.ts";

/** Two levels of the compared factor under one metric; the difference is a − b. */
export interface LevelComparison extends FamilyResult {
  readonly metric: string;
  readonly a: Level;
  readonly b: Level;
}

/**
 * Paired permutation tests of every pair of levels of the compared factor, a letter's value being its mean over all other
 * factors. One family: Holm's adjustment is over all pairs and all metrics.
 *
 * @throws {Error} when there are fewer than two letters
 *
 * @example
 * ```ts
 * import { comparisons } from "./comparisons.ts";
 * import { deepEqual } from "node:assert/strict";
 * const cells = ["a", "b"].map((model, i) => ({
 *   cell: { model },
 *   scores: [{ metric: "rougeL", signature: "", ids: ["x", "y", "z"], values: Float64Array.of(i, 2 * i, 3 * i) }],
 * }));
 * const outcome = { factors: { model: ["a", "b"] }, cells, experiment: { compare: "model" } };
 * const [only] = comparisons(outcome);
 * deepEqual([only?.difference.mean, only?.p], [-2, 0.25]);
 * ```
 */
export function comparisons(
  { factors, cells, experiment }: Pick<Outcome, "factors" | "cells"> & {
    readonly experiment: Pick<Outcome["experiment"], "compare">;
  },
): LevelComparison[] {
  const factor = experiment.compare;
  const levels = factors[factor] ?? [];
  const cellsOf = Map.groupBy(cells, ({ cell }) => cell[factor]);
  const family = metricsOf(cells).flatMap(({ metric }) => {
    const measured = levels.flatMap((level) => {
      const letters = letterValues(cellsOf.get(level) ?? [], metric, { [factor]: level });
      return letters ? [{ level, values: letters.values }] : [];
    });
    return measured.flatMap((a, i) =>
      measured.slice(i + 1).map((b) => {
        const [first, second] = paired(a.values, b.values);
        return {
          metric,
          levels: [a.level, b.level] as const,
          name: `${metric}, ${a.level} against ${b.level}`,
          a: first,
          b: second,
        };
      })
    );
  });
  return pairedTests(family).map((result, i) => {
    // One result a comparison, in their order.
    const { metric, levels: [a, b] } = family[i]!;
    return { ...result, metric, a, b };
  });
}
