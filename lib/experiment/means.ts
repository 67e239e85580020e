/** An experiment's means, with their intervals over letters. @module */

import { bootstrapIntervals, type Interval } from "../metrics/stats/bootstrap_interval.ts";
import { combinations } from "./cells.ts";
import { type Level, repetition } from "./experiment.ts";
import { letterValues, metricsOf } from "./letter_values.ts";
import type { Outcome } from "./run.ts";

/** A metric's mean under a condition. */
export interface Mean {
  readonly condition: Readonly<Record<string, Level>>;
  readonly metric: string;
  /** Letters that the metric could score. */
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation over letters. */
  readonly sd: number;
  /** Ends of the 95% bootstrap interval (BCa), letters resampled. */
  readonly low: number;
  readonly high: number;
}

/**
 * The mean of every metric in every cell, seeds taken together; or, with `by`, for every combination of the levels of
 * those factors alone. A metric that was not computed under a condition has no mean there.
 *
 * @throws {Error} when there are fewer than two letters
 *
 * @example
 * ```ts
 * import { means } from "./means.ts";
 * import { deepEqual } from "node:assert/strict";
 * const scores = [{ metric: "rougeL", signature: "", ids: ["x", "y"], values: Float64Array.of(0.5, 0.5) }];
 * const outcome = { factors: { model: ["a"], seed: [1] }, cells: [{ cell: { model: "a", seed: 1 }, scores }] };
 * deepEqual(means(outcome), [
 *   { condition: { model: "a" }, metric: "rougeL", n: 2, mean: 0.5, sd: 0, low: 0.5, high: 0.5 },
 * ]);
 * ```
 */
export function means(
  { factors, cells }: Pick<Outcome, "factors" | "cells">,
  by: readonly string[] = Object.keys(factors).filter((factor) => factor !== repetition),
): Mean[] {
  const conditions = combinations(Object.fromEntries(by.map((factor) => [factor, factors[factor] ?? []])));
  const keyOf = (cell: Readonly<Record<string, Level>>) => JSON.stringify(by.map((factor) => cell[factor]));
  const cellsOf = Map.groupBy(cells, ({ cell }) => keyOf(cell));
  const measured = metricsOf(cells).flatMap(({ metric }) =>
    conditions.flatMap((condition) => {
      const all = letterValues(cellsOf.get(keyOf(condition)) ?? [], metric, {})?.values;
      const letters = all?.filter((value) => !Number.isNaN(value));
      if (!letters || (letters.length < 2 && letters.length < (all?.length ?? 0))) return []; // too few could be scored
      return [{ condition, metric, letters }];
    })
  );
  const intervals = new Map<Float64Array, Interval>();
  for (const lists of Map.groupBy(measured.map(({ letters }) => letters), ({ length }) => length).values()) {
    bootstrapIntervals(lists).forEach((interval, i) => intervals.set(lists[i]!, interval)); // one a list
  }
  return measured.map(({ condition, metric, letters }) => {
    const { n, mean, sd, low, high } = intervals.get(letters)!; // every list has one
    return { condition, metric, n, mean, sd, low, high };
  });
}
