/** The numbers of figures with series. @module */

import { inOrder, MOST_SERIES } from "../../report/figures/series.ts";
import { Unanswerable } from "../route.ts";
import { type CellsQuery, cellsTable } from "./cells_table.ts";
import { checkNames, type Condition } from "./condition_query.ts";
import { more } from "./drawn_figure.ts";
import type { ExperimentData } from "./open_results.ts";

/** The table of a figure whose marks belong to series, of which no more are drawn than can be told apart. */
export async function seriesTable(
  data: ExperimentData,
  query: Omit<CellsQuery, "from" | "count" | "pivot" | "sort">,
  series: string | undefined,
  { count = 500, intervals = true } = {},
) {
  checkNames(data, { factors: series === undefined ? [] : [series] });
  const levels = data.factors.find(({ name }) => name === series)?.levels ?? [];
  const meant = levels.filter((level) =>
    series === undefined || (query.where[series]?.includes(level) ?? true)
  );
  const drawn = meant.slice(0, MOST_SERIES);
  const by = inOrder([...series === undefined ? [] : [series], ...query.by]);
  const where = series === undefined || drawn.length === levels.length
    ? query.where
    : { ...query.where, [series]: drawn };
  if (series !== undefined && drawn.length === 0) {
    throw new Unanswerable(`no level of ${series} is left. Filter less.`);
  }
  const { table, conditions, total } = await cellsTable(
    data,
    { ...query, where, by, from: 0, count },
    { intervals },
  );
  return {
    ...{ table, conditions },
    notes: [
      ...more(meant.length, drawn.length, `levels of ${series}`),
      ...more(total, conditions.length, "points"),
    ],
    seriesOf: (condition: Condition) => series === undefined ? "all" : String(condition[series]),
  };
}
