/** Two metrics against each other. @module */

import { pareto, type ParetoOptions } from "../../report/figures/pareto.ts";
import { Unanswerable } from "../route.ts";
import { checkNames } from "./condition_query.ts";
import { type DrawnFigure, type FigureMark, labelOf, linesOf, nothing } from "./drawn_figure.ts";
import type { FigureOf } from "./figure_query.ts";
import type { ExperimentData } from "./open_results.ts";
import { seriesTable } from "./series_table.ts";

/** So many points are drawn; few have their names beside them, where there is room. */
const MOST_POINTS = 1500;
const MOST_LABELLED = 12;

/** A point a condition, and the front that no other beats. */
export async function paretoFigure(data: ExperimentData, query: FigureOf<"pareto">): Promise<DrawnFigure> {
  const { x, y, series } = query;
  checkNames(data, { metrics: [x, y] });
  if (x === y) throw new Unanswerable("both axes show the same metric. Choose two.");
  const metrics = [x, y].map((name) => data.metrics.find((metric) => metric.name === name)!); // checked above
  // What the brush holds stays in sight among the others.
  const drawn = await seriesTable(
    data,
    { ...query, metrics: [x, y], ranges: {} },
    series,
    { count: MOST_POINTS, intervals: false },
  );
  const marks: FigureMark[] = [];
  const points = drawn.conditions.flatMap((condition, i) => {
    const [h, v] = [x, y].map((name) => drawn.table.rows[i]?.[name]);
    if (typeof h !== "number" || typeof v !== "number") return [];
    const { [series ?? ""]: _, ...others } = condition;
    const label = query.narrow || drawn.conditions.length > MOST_LABELLED
      ? ""
      : Object.values(others).join(" ");
    const at = marks.push({
      label: labelOf(condition, data),
      experiment: data.id,
      condition,
      lines: [...linesOf(condition), ...[h, v].map((mean, k) => `${metrics[k]?.title} ${mean.toFixed(3)}`)],
    }) - 1;
    return [{ label, series: drawn.seriesOf(condition), x: h, y: v, at }];
  });
  nothing(points.length);
  const better = {
    x: metrics[0]?.better ?? "low",
    y: metrics[1]?.better ?? "high",
  } satisfies ParetoOptions["better"];
  const spec = pareto(points, {
    x: metrics[0]?.title ?? x,
    y: metrics[1]?.title ?? y,
    better,
    width: query.narrow ? "column" : "page",
  });
  return { spec, data: drawn.table, marks, notes: drawn.notes };
}
