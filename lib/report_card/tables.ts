/** A report card as tables. @module */

import type { Column, Interval, Row, Table } from "../report/table.ts";
import type { Measure, Reading, ReportCard, Section } from "./card.ts";

/** What is better, in words of a table. */
export const BETTER: Readonly<Record<Measure["better"], string>> = {
  higher: "higher",
  lower: "lower",
  real: "as real",
};

/**
 * A section as a table: a row a measure, a column a corpus, the real holdout first.
 *
 * @example
 * ```ts
 * import { sectionTable } from "./tables.ts";
 * import { deepEqual } from "node:assert/strict";
 * const reading = (corpus: string) => ({ corpus, value: 0.5, low: 0.4, high: 0.6, n: 9 });
 * const measure = {
 *   name: "m",
 *   title: "M",
 *   better: "lower" as const,
 *   signature: "m|v1",
 *   real: reading("real holdout"),
 *   synthetic: [reading("a")],
 * };
 * const table = sectionTable({ name: "s", title: "S", about: "", measures: [measure], listings: [], leftOut: [] });
 * deepEqual(table.columns.map(({ name }) => name), ["measure", "better", "real holdout", "a"]);
 * deepEqual(table.rows[0]?.["a"], { value: 0.5, low: 0.4, high: 0.6 });
 * ```
 */
export function sectionTable({ title, measures }: Section): Table {
  const corpora = measures[0] ? readings(measures[0]).map(({ corpus }) => corpus) : [];
  return {
    caption: `${title}, with 95% intervals.`,
    columns: [
      { name: "measure", kind: "text" },
      { name: "better", kind: "text" },
      ...corpora.map((name): Column => ({ name, kind: "interval", digits: 3 })),
    ],
    rows: measures.map((measure): Row => ({
      measure: measure.title,
      better: BETTER[measure.better],
      ...Object.fromEntries(readings(measure).map((reading) => [reading.corpus, interval(reading)])),
    })),
    notes: measures.map(({ title, signature }) => `${title}: ${signature}`),
  };
}

/**
 * All of a report card as one table: a row a measure a corpus, with the number of letters and the signature.
 *
 * @example
 * ```ts
 * import { cardTable } from "./tables.ts";
 * import { equal } from "node:assert/strict";
 * const card = {
 *   format: "palimpsest-report-1" as const,
 *   real: { name: "real", letters: 4, language: "en" },
 *   holdout: { from: "half" as const, letters: 2, against: 2 },
 *   synthetic: [],
 *   seed: 42,
 *   sections: [],
 * };
 * equal(cardTable(card).rows.length, 0);
 * ```
 */
export function cardTable({ sections }: ReportCard): Table {
  return {
    caption: "Every number of the report card, with its 95% interval.",
    columns: [
      { name: "section", kind: "text" },
      { name: "measure", kind: "text" },
      { name: "better", kind: "text" },
      { name: "corpus", kind: "text" },
      { name: "value", kind: "interval", digits: 3 },
      { name: "n", kind: "integer" },
      { name: "p", kind: "number", scientific: true },
      { name: "signature", kind: "text" },
    ],
    rows: sections.flatMap(({ name: section, measures }) =>
      measures.flatMap((measure) =>
        readings(measure).map((reading): Row => ({
          section,
          measure: measure.name,
          better: BETTER[measure.better],
          corpus: reading.corpus,
          value: interval(reading),
          n: reading.n,
          p: reading.p ?? null,
          signature: measure.signature,
        }))
      )
    ),
  };
}

/** The readings of a measure, the real holdout's first. */
export function readings({ real, synthetic }: Measure): Reading[] {
  return [real, ...synthetic];
}

function interval({ value, low, high }: Reading): Interval | null {
  return value === null || low === null || high === null ? null : { value, low, high };
}
