/** How far metrics put letters in the same order. @module */

import { letterValues, paired } from "../../experiment/letter_values.ts";
import type { Outcome } from "../../experiment/run.ts";
import { metricNamed } from "../../metrics/registry.ts";
import { rankCorrelationInterval, spearman } from "../../metrics/stats/rank_correlation.ts";
import { holm } from "../../metrics/stats/holm.ts";
import type { Interval, Table } from "../../report/table.ts";
import { filled, similarityMetrics, textMetrics } from "./metrics.ts";

/** Two metrics over the same letters. */
export interface Agreement {
  readonly a: string;
  readonly b: string;
  readonly letters: number;
  /** Spearman's rank correlation with its interval. */
  readonly correlation: Interval;
  /** Two-sided, of there being none, adjusted by Holm over all pairs. */
  readonly p: number;
}

/** Which letters. */
export interface AgreementOptions {
  /** By default letters that a model has filled. */
  readonly edit?: string;
  /** By default the greatest percentage that was run. */
  readonly percent?: number;
}

/** Enough for two digits of a correlation's interval; there are many pairs. */
const RESAMPLES = 1000;

/**
 * The rank correlation over letters of every pair of metrics, with bootstrap intervals. A letter's value is its mean over seeds.
 *
 * @throws {Error} when the letters meant were not run, or a metric gives all of them one value
 *
 * @example
 * ```ts ignore
 * const [first] = agreements(outcome, { edit: "masked" });
 * ```
 */
export function agreements(
  { cells }: Pick<Outcome, "cells">,
  { edit = filled, percent }: AgreementOptions = {},
): Agreement[] {
  const share = percent ??
    Math.max(...cells.flatMap(({ cell }) => cell.edit === edit ? [Number(cell.percent)] : []));
  const metrics = [...similarityMetrics, ...textMetrics];
  const columns = metrics.map((metric) => {
    const letters = letterValues(cells, metric, { edit, percent: share });
    if (letters) return { metric, values: letters.values };
    throw new Error(`${metric}: not computed for letters ${edit} (${share}%). Run and score them.`);
  });
  const pairs = columns.flatMap((a, i) =>
    columns.slice(i + 1).map((b) => ({ a: a.metric, b: b.metric, values: paired(a.values, b.values) }))
  );
  const adjusted = holm(pairs.map(({ values }) => spearman(...values).p));
  return pairs.map(({ a, b, values }, i): Agreement => {
    const { value, low, high } = rankCorrelationInterval("spearman", ...values, { resamples: RESAMPLES });
    return {
      ...{ a, b, letters: values[0].length, p: adjusted[i] ?? NaN },
      correlation: { value, low: Math.min(low, value), high: Math.max(high, value) },
    };
  });
}

/**
 * Agreements as a table: a row a pair.
 *
 * @example
 * ```ts
 * import { agreementTable } from "./agreement.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(agreementTable([]).rows, []);
 * ```
 */
export function agreementTable(pairs: readonly Agreement[]): Table {
  return {
    caption:
      "Spearman's rank correlation of metrics over letters with its 95% bootstrap interval, and the p-value of there " +
      "being none, adjusted by Holm over the table.",
    columns: [
      { name: "a", kind: "text" },
      { name: "b", kind: "text" },
      { name: "letters", kind: "integer" },
      { name: "correlation", title: "Spearman's ρ", kind: "interval" },
      { name: "p_holm", title: "p (Holm)", kind: "number", digits: 4 },
    ],
    rows: pairs.map(({ a, b, letters, correlation, p }) => ({
      ...{ a: metricNamed(a).title, b: metricNamed(b).title, letters, correlation },
      p_holm: p,
    })),
  };
}
