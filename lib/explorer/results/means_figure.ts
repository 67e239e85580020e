/** Means with their intervals, a row a condition. @module */

import { intervals } from "../../report/figures/intervals.ts";
import { cellsTable } from "./cells_table.ts";
import {
  type DrawnFigure,
  type FigureMark,
  labelOf,
  linesOf,
  more,
  MOST_ROWS,
  nothing,
} from "./drawn_figure.ts";
import type { FigureOf } from "./figure_query.ts";
import type { ExperimentData } from "./open_results.ts";

/** A panel a metric, a row a condition. */
export async function meansFigure(data: ExperimentData, query: FigureOf<"means">): Promise<DrawnFigure> {
  const { table, conditions, total } = await cellsTable(data, { ...query, from: 0, count: MOST_ROWS });
  const shown = data.metrics.filter(({ name }) => query.metrics.includes(name));
  const marks = conditions.map((condition): FigureMark => ({
    label: labelOf(condition, data),
    experiment: data.id,
    condition,
    lines: linesOf(condition),
  }));
  const rows = shown.flatMap((metric) =>
    marks.flatMap(({ label }, i) => {
      const value = table.rows[i]?.[metric.name];
      return typeof value === "object" && value !== null && "low" in value
        ? [{ metric: metric.title, label, ...value }]
        : [];
    })
  );
  nothing(rows.length);
  return {
    spec: intervals(rows, { digits: 3 }),
    data: table,
    marks,
    notes: more(total, conditions.length, "rows"),
  };
}
