/** From settings to a query. @module */

import type { FigureQuery } from "../../results/figure_query.ts";
import type { Settings, ShownExperiment } from "./settings.ts";

/** What the server is asked to draw, or why there is nothing to ask for. */
export function askedFigure(
  { id }: ShownExperiment,
  settings: Settings,
  isNarrow: boolean,
): { readonly figure: FigureQuery } | { readonly why: string } {
  const { kind, where, x, series, baseline, xMetric, yMetric, a, b } = settings;
  const [by, metrics] = [[...settings.by], [...settings.metrics]];
  const part = { experiment: id, where, metrics, ranges: {} };
  if (kind === "curves") {
    if (x === undefined) {
      return { why: "No factor is a number with several levels: there is nothing to go along." };
    }
    return {
      figure: { ...part, kind, x, narrow: isNarrow, ...series !== undefined && series !== x && { series } },
    };
  }
  if (kind === "forest") {
    if (series === undefined || baseline === undefined) {
      return { why: "Choose a factor whose levels are compared." };
    }
    return { figure: { ...part, kind, factor: series, baseline } };
  }
  if (kind === "pareto") {
    if (xMetric === undefined || yMetric === undefined) return { why: "Choose two metrics." };
    return {
      figure: {
        ...part,
        kind,
        by,
        x: xMetric,
        y: yMetric,
        narrow: isNarrow,
        ...series !== undefined && { series },
      },
    };
  }
  if (kind === "pair") {
    if (!a || !b) return { why: "Choose two rows of the table as A and B." };
    return { figure: { kind, a, b, ...metrics[0] !== undefined && { metric: metrics[0] } } };
  }
  return { figure: { ...part, kind, by } };
}
