/** The paper's tables: F1 over folds. @module */

import type { Level } from "../../experiment/experiment.ts";
import type { Outcome } from "../../experiment/run.ts";
import { metricNamed } from "../../metrics/registry.ts";
import { describe } from "../../metrics/stats/describe.ts";
import type { Column, Row, Table, TableValue } from "../../report/table.ts";
import { METRICS, NOTHING } from "./pipeline.ts";

/** A condition's F1, fold by fold. */
export interface FoldScores {
  readonly condition: Readonly<Record<string, Level>>;
  readonly metric: string;
  /** Micro F1 of each fold's letters together, in the order of the folds. */
  readonly values: readonly number[];
  readonly mean: number;
  /** Of a sample; 0 of one fold. */
  readonly sd: number;
}

/**
 * The micro F1 of each fold (all of its words, or spans, together), by the levels of some factors, with mean and standard deviation
 * over folds: what the paper prints.
 *
 * @example
 * ```ts
 * import { foldScores } from "./fold_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const cells = [0.8, 0.6].map((value, fold) => ({
 *   cell: { share: 0.95, fold },
 *   scores: [{ metric: "token-f1", signature: "", ids: [], values: Float64Array.of(), corpus: { value, signature: "" } }],
 * }));
 * const [only] = foldScores({ cells }, ["share"]);
 * deepEqual([only?.condition, only?.values, only?.mean], [{ share: 0.95 }, [0.8, 0.6], 0.7]);
 * ```
 */
export function foldScores({ cells }: Pick<Outcome, "cells">, by: readonly string[]): FoldScores[] {
  const groups = Map.groupBy(cells, ({ cell }) => JSON.stringify(by.map((factor) => cell[factor])));
  return METRICS.flatMap((metric) =>
    [...groups.values()].flatMap((group) => {
      const values = group.flatMap(({ scores }) =>
        scores.flatMap((one) => one.metric === metric && one.corpus ? [one.corpus.value] : [])
      );
      if (values.length === 0) return [];
      const condition = Object.fromEntries(by.map((factor) => [factor, group[0]?.cell[factor] ?? ""]));
      const { mean, sd } = describe(values);
      return [{ condition, metric, values, mean, sd }];
    })
  );
}

/**
 * The paper's table: a row a level of a factor, and for each level of another one, or for all, token and span F1 as means over folds
 * with their standard deviations. What the paper found stands beside, where it is given; below it what the cells note: samples that
 * filters left out, annotators that found nothing.
 *
 * @param rows the factor whose levels are rows
 * @param across the factor whose levels are columns; left out: none
 * @param paper the paper's token F1, by the level of `rows`, then by corpus
 *
 * @example
 * ```ts
 * import { foldTable } from "./fold_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const scores = [
 *   { metric: "token-f1", signature: "", ids: [], values: Float64Array.of(), corpus: { value: 0.8, signature: "" } },
 * ];
 * const cells = [{ cell: { share: 0.95, fold: 0 }, scores, notes: ["fold 0: 3 spans"] }];
 * const { rows } = foldTable({ cells }, { rows: "share", paper: { Swedish: { 0.95: 0.926 } } });
 * deepEqual(rows, [{ share: "0.95", "token-f1": 0.8, Swedish: 0.926 }]);
 * ```
 */
export function foldTable(
  { cells }: Pick<Outcome, "cells">,
  { rows, across, paper = {} }: {
    readonly rows: string;
    readonly across?: string;
    readonly paper?: Readonly<Record<string, Readonly<Record<Level, number>>>>;
  },
): Table {
  const by = across === undefined ? [rows] : [rows, across];
  const scores = foldScores({ cells }, by);
  const levels = [...new Set(scores.map(({ condition }) => condition[rows] ?? ""))];
  const variants = [...new Set(scores.map(({ condition, metric }) => columnOf(metric, condition, across)))];
  const folds = Math.max(0, ...scores.map(({ values }) => values.length));
  return {
    caption: folds === 1
      ? "Micro F1 on gold letters of one fold."
      : `Micro F1 on gold letters, means over ${folds} folds ± standard deviation over folds.`,
    columns: [
      { name: rows, kind: "text" },
      ...variants.map((name): Column => ({
        name,
        title: titleOf(name),
        kind: folds === 1 ? "number" : "spread",
        digits: 3,
      })),
      ...Object.keys(paper).map((name): Column => ({ name, kind: "number", digits: 3 })),
    ],
    rows: levels.map((level): Row => {
      const own = scores.filter(({ condition }) => condition[rows] === level);
      const found = own.map(({ condition, metric, mean, sd }): [string, TableValue] => [
        columnOf(metric, condition, across),
        folds === 1 ? mean : { value: mean, sd },
      ]);
      const told = Object.entries(paper).map(([name, values]): [string, TableValue] => [
        name,
        values[level] ?? null,
      ]);
      return { [rows]: String(level), ...Object.fromEntries([...found, ...told]) };
    }),
    notes: [
      ...Object.keys(paper).length > 0
        ? ["Columns of the paper: token F1 as it prints it, of its models and corpora."]
        : [],
      ...cells.flatMap(({ cell, notes = [] }) =>
        notes.filter((note) => note.endsWith(NOTHING)).map((note) =>
          `${by.map((factor) => `${factor} ${cell[factor]}`).join(", ")}, ${note}.`
        )
      ),
    ],
  };
}

/**
 * What cells note of their samples and annotators, cell by cell.
 *
 * @param by the factors that tell cells apart, beside the fold that each note names
 */
export function notesTable({ cells }: Pick<Outcome, "cells">, by: readonly string[]): Table {
  return {
    caption: "What became of the samples, and what annotators found, cell by cell.",
    columns: [...by, "note"].map((name) => ({ name, kind: "text" })),
    rows: cells.flatMap(({ cell, notes = [] }) =>
      notes.map((note) => ({
        ...Object.fromEntries(by.map((factor) => [factor, String(cell[factor])])),
        note,
      }))
    ),
  };
}

function columnOf(
  metric: string,
  condition: FoldScores["condition"],
  across: string | undefined,
): string {
  return across === undefined ? metric : `${condition[across]} ${metric}`;
}

function titleOf(column: string): string {
  const metric = METRICS.find((name) => column.endsWith(name));
  return metric === undefined ? column : column.replace(metric, metricNamed(metric).title);
}
