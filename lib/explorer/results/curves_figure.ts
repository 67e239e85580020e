/** Curves along a factor that is a number. @module */

import { curves } from "../../report/figures/curves.ts";
import { Unanswerable } from "../route.ts";
import { captionOf } from "./cells_table.ts";
import { checkNames, type Condition } from "./condition_query.ts";
import { type DrawnFigure, type FigureMark, labelOf, linesOf, nothing } from "./drawn_figure.ts";
import type { FigureOf } from "./figure_query.ts";
import type { ExperimentData, MetricInfo } from "./open_results.ts";
import { seriesTable } from "./series_table.ts";

/** A panel a metric, a line a level of the factor that gives the colours. */
export async function curvesFigure(data: ExperimentData, query: FigureOf<"curves">): Promise<DrawnFigure> {
  const { x, series, where, metrics, narrow } = query;
  checkNames(data, { factors: [x, ...series === undefined ? [] : [series]], metrics });
  const { conditions, table, notes, seriesOf } = await seriesTable(data, { ...query, by: [x] }, series);
  const shown = data.metrics.filter(({ name }) => metrics.includes(name));
  const marks: FigureMark[] = [];
  const points = shown.flatMap((metric) =>
    conditions.flatMap((condition, i) => {
      const value = table.rows[i]?.[metric.name];
      if (typeof value !== "object" || value === null || !("low" in value)) return [];
      const at = marks.push(markOf(data, condition, metric, value, Number(table.rows[i]?.letters))) - 1;
      return [{ metric: metric.title, series: seriesOf(condition), x: Number(condition[x]), ...value, at }];
    })
  );
  if (points.some((point) => Number.isNaN(point.x))) {
    throw new Unanswerable(
      `${x} is no number, so that there is no curve along it. Choose another factor, or means.`,
    );
  }
  nothing(points.length);
  return {
    spec: curves(points, { x, width: narrow ? "column" : "page", columns: narrow ? 1 : 3 }),
    data: { ...table, caption: captionOf(data, where) },
    marks,
    notes,
  };
}

function markOf(
  data: ExperimentData,
  condition: Condition,
  metric: MetricInfo,
  mean: { value: number; low: number; high: number },
  letters: number,
): FigureMark {
  return {
    label: labelOf(condition, data),
    experiment: data.id,
    condition,
    lines: [...linesOf(condition), `${metric.title} ${meanText(mean)}`, `${letters} letters`],
  };
}

function meanText({ value, low, high }: { value: number; low: number; high: number }): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
