/** The table of cells: filtered, grouped, pivoted, sorted, a page at a time. @module */

import { z } from "zod";
import { quotedName } from "../../report/sql.ts";
import { type Column, estimate, type Row, type Table } from "../../report/table.ts";
import { Unanswerable } from "../route.ts";
import {
  amongSql,
  checkNames,
  type Condition,
  conditionSchema,
  whereSchema,
  whereSql,
} from "./condition_query.ts";
import { letterValues } from "./letter_values.ts";
import { bareMean, meansOf, MOST_RESAMPLED } from "./mean.ts";
import type { ExperimentData, Level, MetricInfo } from "./open_results.ts";

/** What part of an experiment is on the screen. */
export const cellsSchema = z.object({
  experiment: z.string(),
  where: whereSchema.default({}),
  /** The factors whose combinations are the rows. */
  by: z.array(z.string()),
  /** A factor whose levels are columns, of the first metric. */
  pivot: z.string().optional(),
  metrics: z.array(z.string()).min(1),
  /** Rows whose mean of a metric lies within. */
  ranges: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
  /** Rows that one of these fits: what a brush holds. */
  among: z.array(conditionSchema).max(500).optional(),
  sort: z.object({ metric: z.string(), descending: z.boolean() }).optional(),
  from: z.int().min(0).default(0),
  count: z.int().min(1).max(5000).default(30),
});

/** As {@linkcode cellsSchema} reads it. */
export type CellsQuery = z.output<typeof cellsSchema>;

/** A page of the table, and which cells each of its rows and columns stands for. */
export interface CellsPage {
  readonly table: Table;
  /** By row. */
  readonly conditions: readonly Condition[];
  /** How many rows there are in all. */
  readonly total: number;
}

/** More columns can't be read. */
const MOST_PIVOTED = 12;

/**
 * The means of the metrics for every combination of the levels of some factors, with intervals over letters.
 *
 * @param options without intervals, thousands of rows take a moment
 * @throws {Unanswerable} when a factor or metric is not the experiment's, or a pivoted factor has too many levels
 *
 * @example
 * ```ts
 * import { tinyProject } from "../tiny_project.ts";
 * import { cellsSchema, cellsTable } from "./cells_table.ts";
 * import { openResults } from "./open_results.ts";
 * import { deepEqual } from "node:assert/strict";
 * const results = await openResults((await tinyProject(await Deno.makeTempDir())).results);
 * const query = cellsSchema.parse({ experiment: "model_comparison", by: ["ratio"], metrics: ["rougeL"] });
 * const { conditions, total } = await cellsTable(await results.data(query.experiment), query);
 * deepEqual([conditions[0], total], [{ ratio: 0.1 }, 3]);
 * await results.close();
 * ```
 */
export async function cellsTable(
  data: ExperimentData,
  query: CellsQuery,
  { intervals = true }: { readonly intervals?: boolean } = {},
): Promise<CellsPage> {
  const { where, pivot, metrics, ranges, from } = query;
  const by = query.by.filter((factor) => factor !== pivot);
  const factors = [...by, ...pivot === undefined ? [] : [pivot], ...Object.keys(where)];
  checkNames(data, {
    factors,
    metrics: [...metrics, ...Object.keys(ranges), ...query.sort ? [query.sort.metric] : []],
  });
  const { rows, total } = await rowsOf(data, { ...query, by });
  const levels = pivot === undefined ? [] : levelsOf(data, pivot, where[pivot]);
  const shown = data.metrics.filter(({ name }) => metrics.includes(name));
  const columns: MeanColumn[] = pivot === undefined
    ? shown.map((metric) => ({ name: metric.name, title: metric.title, metric, condition: {} }))
    : levels.map((level) => ({
      name: String(level),
      title: `${pivot} ${level}`,
      metric: firstOf(shown),
      condition: { [pivot]: level },
    }));
  const asked = pivot === undefined
    ? rows
    : rows.flatMap((row) => levels.map((level): Condition => ({ ...row, [pivot]: level })));
  const names = pivot === undefined ? shown.map(({ name }) => name) : [firstOf(shown).name];
  const values = await letterValues(data, asked, names, where);
  const lists = values.flatMap((of) => names.map((name) => [...of.get(name)?.values() ?? []]));
  const means = intervals ? meansOf(lists) : lists.map(bareMean);
  const one = by.length <= 1 && from === 0 && total === rows.length;
  return {
    total,
    conditions: rows,
    table: {
      caption: captionOf(data, where, {
        metric: pivot === undefined ? undefined : firstOf(shown),
        intervals,
      }),
      columns: [
        ...by.map((name) => factorColumn(data, name)),
        { name: "letters", kind: "integer" },
        ...columns.map(({ name, title, metric }): Column => ({
          ...{ name, title, kind: intervals ? "interval" : "number", digits: 3 },
          ...one && pivot === undefined && metric.better !== null &&
            { best: metric.better === "high" ? "highest" as const : "lowest" as const },
        })),
      ],
      rows: rows.map((condition, i): Row => {
        const here = means.slice(i * columns.length, (i + 1) * columns.length);
        return {
          ...condition,
          letters: Math.max(0, ...here.map((mean) => mean?.n ?? 0)),
          ...Object.fromEntries(columns.map(({ name }, k) => {
            const mean = here[k];
            if (!mean) return [name, null];
            if (!intervals) return [name, mean.mean];
            const { low = mean.mean, high = mean.mean } = mean;
            return [name, estimate({ mean: mean.mean, low, high })];
          })),
        };
      }),
    },
  };
}

interface MeanColumn {
  readonly name: string;
  readonly title: string;
  readonly metric: MetricInfo;
  readonly condition: Condition;
}

function firstOf(metrics: readonly MetricInfo[]): MetricInfo {
  const [first] = metrics;
  if (first) return first;
  throw new Unanswerable("no metric is chosen. Choose one.");
}

/** The conditions on the page, and how many there are in all. */
async function rowsOf(
  data: ExperimentData,
  { where, by, metrics, ranges, among, sort, from, count }: Omit<CellsQuery, "experiment">,
): Promise<{ rows: Condition[]; total: number }> {
  if (by.length === 0) return { rows: [{}], total: 1 };
  const measured = [...new Set([...Object.keys(ranges), ...sort ? [sort.metric] : []])];
  const factors = by.map(quotedName).join(", ");
  const means = measured.map((name) => `, avg(${quotedName(name)}) as ${quotedName(name)}`).join("");
  // A letter has one value a condition: its mean over what the condition leaves open. In whole cells it has but one.
  const whole = data.factors.every(({ name }) => by.includes(name));
  const meant = `${whereSql(where)} and ${amongSql(among, by)}`;
  const source = whole || metrics.length === 0 || measured.length === 0
    ? `select *, rowid as first from runs where ${meant}`
    : `select ${factors}, min(rowid) as first${means} from runs where ${meant} group by ${factors}, letter`;
  const within = Object.entries(ranges).map(([name, [low, high]]) =>
    `${quotedName(name)} between ${low} and ${high}`
  );
  const order = sort
    ? `${quotedName(sort.metric)} ${sort.descending ? "desc" : "asc"} nulls last, first`
    : "first";
  const { rows } = await data.database.ask(
    `with l as (${source}), g as (select ${factors}, min(first) as first${means} from l group by ${factors}) ` +
      `select ${factors}, count(*) over () as total from g where ${within.join(" and ") || "true"} ` +
      `order by ${order} limit ${count} offset ${from}`,
  );
  return {
    total: Number(rows[0]?.total ?? 0),
    rows: rows.map((row) => Object.fromEntries(by.map((name) => [name, levelOf(row[name])]))),
  };
}

function levelOf(value: unknown): Level {
  return typeof value === "number" ? value : String(value);
}

function levelsOf(
  data: ExperimentData,
  factor: string,
  among: readonly Level[] | undefined,
): readonly Level[] {
  const levels = data.factors.find(({ name }) => name === factor)?.levels ?? [];
  const meant = levels.filter((level) => among?.includes(level) ?? true);
  if (meant.length <= MOST_PIVOTED) return meant;
  throw new Unanswerable(
    `${factor} has ${meant.length} levels, more than the ${MOST_PIVOTED} that fit as columns. Filter it, or pivot another.`,
  );
}

function factorColumn(data: ExperimentData, name: string): Column {
  const { kind = "text", levels = [] } = data.factors.find((factor) => factor.name === name) ?? {};
  if (kind === "text") return { name, kind: "text" };
  const digits = Math.max(0, ...levels.map((level) => String(level).split(".")[1]?.length ?? 0));
  return digits === 0 ? { name, kind: "integer" } : { name, kind: "number", digits };
}

/** What the numbers are, and of which part. */
export function captionOf(
  data: ExperimentData,
  where: CellsQuery["where"],
  { metric, intervals = true }: { readonly metric?: MetricInfo | undefined; readonly intervals?: boolean } =
    {},
): string {
  const kind = data.letters > MOST_RESAMPLED ? "normal" : "bootstrap";
  const filters = Object.entries(where).map(([factor, levels]) => `${factor} ${levels.join(" or ")}`);
  return [
    `${data.id}${metric ? `, ${metric.title}` : ""}: means over letters${
      intervals ? ` with 95% ${kind} intervals` : ""
    }`,
    ...filters.length === 0 ? [] : [`where ${filters.join(", ")}`],
  ].join(", ") + ".";
}
