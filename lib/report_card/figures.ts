/** Figures of a report card. @module */

import type { TopLevelSpec } from "vega-lite";
import { type IntervalRow, intervals } from "../report/figures/intervals.ts";
import type { Table } from "../report/table.ts";
import type { Measure } from "./card.ts";
import { readings } from "./tables.ts";

/** A figure, and the table it is drawn from. */
export interface CardFigure {
  readonly name: string;
  readonly title: string;
  readonly spec: TopLevelSpec;
  readonly data: Table;
}

/**
 * A measure as dots with their intervals, the real holdout's as a dashed line.
 *
 * @example
 * ```ts
 * import { measureFigure } from "./figures.ts";
 * import { equal } from "node:assert/strict";
 * const reading = (corpus: string) => ({ corpus, value: 0.5, low: 0.4, high: 0.6, n: 9 });
 * const measure = {
 *   name: "m",
 *   title: "M",
 *   better: "lower" as const,
 *   signature: "m|v1",
 *   real: reading("real holdout"),
 *   synthetic: [reading("a")],
 * };
 * equal(measureFigure(measure).data.rows.length, 2);
 * ```
 */
export function measureFigure(measure: Measure): CardFigure {
  const { name, title } = measure;
  const metric = "";
  const rows = readings(measure).flatMap(({ corpus, value, low, high, n }): (IntervalRow & { n: number })[] =>
    value === null || low === null || high === null ? [] : [{ metric, label: corpus, value, low, high, n }]
  );
  const { value } = measure.real;
  return {
    name,
    title,
    spec: intervals(rows, value === null ? {} : { reference: { [metric]: value } }),
    data: {
      caption: `${title}, with 95% intervals.`,
      columns: [
        { name: "corpus", kind: "text" },
        { name: "value", kind: "interval", digits: 3 },
        { name: "n", kind: "integer" },
        { name: "signature", kind: "text" },
      ],
      rows: rows.map(({ label, value, low, high, n }) => ({
        corpus: label,
        value: { value, low, high },
        n,
        signature: measure.signature,
      })),
    },
  };
}
