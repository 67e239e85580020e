/** F1 of all letters together. @module */

import type { CellResult } from "../../experiment/run.ts";
import { letterValues } from "../../experiment/letter_values.ts";
import { plus, ratio, SumBootstrap } from "../../metrics/spans/sum_bootstrap.ts";
import type { Interval } from "../../report/table.ts";

/** Micro F1 with its interval, and the precision and recall that it is made of. */
export interface MicroF1 {
  readonly f1: Interval;
  readonly precision: number;
  readonly recall: number;
}

/**
 * The micro F1 of the spans of all letters of a condition (seqeval-strict), seeds added up; letters are resampled with all their spans
 * (BCa). Precision is 0 where nothing was found.
 *
 * @returns `undefined` where the condition was not run
 * @throws {Error} when there are fewer than two letters
 *
 * @example
 * ```ts
 * import { microF1 } from "./micro_f1.ts";
 * import { equal } from "node:assert/strict";
 * const of = (metric: string, ...values: number[]) => (
 *   { metric, signature: "", ids: ["a", "b"], values: Float64Array.from(values) }
 * );
 * const scores = [of("spans-correct", 1, 2), of("spans-found", 2, 2), of("spans-gold", 2, 4)];
 * const cells = [{ cell: { training: "gold" }, scores }];
 * equal(microF1(cells, { training: "gold" })?.f1.value, 2 * 3 / (4 + 6));
 * ```
 */
export function microF1(
  cells: readonly CellResult[],
  condition: Readonly<Record<string, string | number>>,
): MicroF1 | undefined {
  const [correct, found, gold] = ["spans-correct", "spans-found", "spans-gold"].map((metric) =>
    letterValues(cells, metric, condition)?.values
  );
  if (!correct || !found || !gold) return undefined;
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  const [hits, said, there] = [sum(correct), sum(found), sum(gold)];
  const value = said + there === 0 ? 0 : 2 * hits / (said + there);
  const bootstrap = new SumBootstrap(correct.length);
  const twice = bootstrap.sums(correct.map((x) => 2 * x));
  const { low, high } = bootstrap.interval(
    value,
    ratio(twice, plus(bootstrap.sums(found), bootstrap.sums(gold))),
  );
  return {
    f1: { value, low: Math.min(low, value), high: Math.max(high, value) },
    precision: said === 0 ? 0 : hits / said,
    recall: there === 0 ? 0 : hits / there,
  };
}
