/** From an experiment's cells to one value a letter. @module */

import type { Scores } from "../metrics/metric.ts";
import type { Condition } from "./condition.ts";
import type { CellResult } from "./run.ts";
import { sameIds } from "./stored_scores.ts";

/**
 * A metric's value for each letter: its mean over all cells with the condition's levels, over seeds and whatever else the
 * condition leaves open. Letters are in the order of the corpus. A letter that the metric could score in some of the cells
 * has the mean over those; one that it could score in none is NaN.
 *
 * @returns `undefined` where no such cell was scored with the metric
 * @throws {Error} when only some of the cells were
 *
 * @example
 * ```ts
 * import { letterValues } from "./letter_values.ts";
 * import { deepEqual } from "node:assert/strict";
 * const cells = [1, 2].map((seed) => ({
 *   cell: { model: "a", seed },
 *   scores: [{ metric: "rougeL", signature: "", ids: ["x", "y"], values: Float64Array.of(seed, 0) }],
 * }));
 * deepEqual(letterValues(cells, "rougeL", { model: "a" }), { ids: ["x", "y"], values: Float64Array.of(1.5, 0) });
 * ```
 */
export function letterValues(
  cells: readonly CellResult[],
  metric: string,
  condition: Condition,
): { ids: string[]; values: Float64Array } | undefined {
  const levels = Object.entries(condition);
  const meant = cells.filter(({ cell }) => levels.every(([factor, level]) => cell[factor] === level));
  const scores = meant.flatMap((one) => one.scores.filter((scores) => scores.metric === metric));
  if (scores.length === 0) return undefined;
  if (scores.length < meant.length) {
    throw new Error(
      `${metric}: ${scores.length} of ${meant.length} cells with ${
        JSON.stringify(condition)
      } have it. Score all of them.`,
    );
  }
  return meansOfSame(scores) ?? meansById(scores);
}

/** Where all scores are of the same letters in the same order, as they mostly are; `undefined` where they are not. */
function meansOfSame(scores: readonly Scores[]): { ids: string[]; values: Float64Array } | undefined {
  const ids = scores[0]?.ids ?? [];
  if (!areDistinct(ids) || !scores.every((one) => sameIds(one.ids, ids))) return undefined;
  const [sums, counts] = [new Float64Array(ids.length), new Float64Array(ids.length)];
  for (const { values } of scores) {
    for (let i = 0; i < ids.length; i++) {
      const value = values[i] ?? NaN;
      if (Number.isNaN(value)) continue;
      sums[i]! += value; // i < ids.length, as below
      counts[i]!++;
    }
  }
  for (let i = 0; i < ids.length; i++) sums[i]! /= counts[i]!; // 0 / 0 is NaN
  return { ids: [...ids], values: sums };
}

const distinct = new WeakMap<readonly string[], boolean>();

function areDistinct(ids: readonly string[]): boolean {
  const known = distinct.get(ids) ?? new Set(ids).size === ids.length;
  distinct.set(ids, known);
  return known;
}

function meansById(scores: readonly Scores[]): { ids: string[]; values: Float64Array } {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { ids, values } of scores) {
    ids.forEach((id, i) => {
      const value = values[i] ?? NaN;
      const known = sums.get(id) ?? { sum: 0, count: 0 };
      sums.set(id, Number.isNaN(value) ? known : { sum: known.sum + value, count: known.count + 1 });
    });
  }
  return {
    ids: [...sums.keys()],
    values: Float64Array.from(sums.values(), ({ sum, count }) => sum / count), // 0 / 0 is NaN
  };
}

/**
 * The values of two conditions for the letters that both have one of.
 *
 * @example
 * ```ts
 * import { paired } from "./letter_values.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(paired(Float64Array.of(1, NaN, 3), Float64Array.of(4, 5, 6)), [Float64Array.of(1, 3), Float64Array.of(4, 6)]);
 * ```
 */
export function paired(a: Float64Array, b: Float64Array): [a: Float64Array, b: Float64Array] {
  const both = (_: number, i: number) => !Number.isNaN(a[i] ?? NaN) && !Number.isNaN(b[i] ?? NaN);
  return [a.filter(both), b.filter(both)];
}

/**
 * The metrics that any cell was scored with, in the order in which they first come, and what each was computed with.
 *
 * @throws {Error} when a metric was computed in two ways: such numbers do not compare
 *
 * @example
 * ```ts
 * import { metricsOf } from "./letter_values.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(metricsOf([]), []);
 * ```
 */
export function metricsOf(cells: readonly CellResult[]): { metric: string; signature: string }[] {
  const signatures = new Map<string, string>();
  for (const { metric, signature } of cells.flatMap(({ scores }) => scores)) {
    const known = signatures.get(metric) ?? signature;
    if (known !== signature) {
      throw new Error(`${metric}: computed as ${known} and as ${signature}. Compute it in one way.`);
    }
    signatures.set(metric, signature);
  }
  return [...signatures].map(([metric, signature]) => ({ metric, signature }));
}
