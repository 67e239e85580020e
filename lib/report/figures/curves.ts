/** What becomes of a metric along a number: ratio curves. @module */

import type { TopLevelSpec } from "vega-lite";
import { inOrder, seriesEncodings } from "./series.ts";
import { type FigureTitle, titleOf } from "./title.ts";
import { type FigureWidth, pixels } from "./width.ts";

/** A point of a curve, with its interval. */
export interface CurvePoint {
  /** Each metric is a panel with its own scale. */
  readonly metric: string;
  readonly series: string;
  readonly x: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How the figure is drawn. */
export interface CurveOptions extends FigureTitle {
  /** What is along the x axis: `"share of words masked"`. */
  readonly x: string;
  /** Panels stand side by side in this width. Default `page`. */
  readonly width?: FigureWidth;
  /** Panels in a row; default 3. */
  readonly columns?: number;
}

/**
 * A panel a metric: a line a series with a band for its interval.
 *
 * @throws {Error} when there are no points, or more series than can be told apart
 *
 * @example
 * ```ts
 * import { curves } from "./curves.ts";
 * import { vegaLiteSvg } from "../vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const points = [0.3, 0.5].map((x) => ({ metric: "ROUGE-L", series: "a", x, value: 1 - x, low: 0.9 - x, high: 1.1 - x }));
 * match(await vegaLiteSvg(curves(points, { x: "share of words masked" })), /share of words masked/);
 * ```
 */
export function curves(points: readonly CurvePoint[], options: CurveOptions): TopLevelSpec {
  if (points.length === 0) throw new Error("curves(): no points to draw.");
  const { x, width = "page" } = options;
  const metrics = inOrder(points.map(({ metric }) => metric));
  const columns = Math.min(options.columns ?? 3, metrics.length);
  const names = inOrder(points.map(({ series }) => series));
  const { color, shape, strokeDash } = seriesEncodings(names);
  const along = { field: "x", type: "quantitative" as const, title: x, scale: { zero: false, nice: false } };
  const up = (field: string) => ({
    field,
    type: "quantitative" as const,
    title: null,
    scale: { zero: false },
  });
  const panel = (metric: string) => ({
    title: { text: metric, fontSize: 12.5, offset: 6 },
    width: Math.floor(pixels(width) / columns) - 52,
    height: 150,
    data: { values: points.filter((point) => point.metric === metric) },
    layer: [
      {
        mark: { type: "area" as const, opacity: 0.18 },
        encoding: { x: along, y: up("low"), y2: { field: "high" }, color },
      },
      {
        mark: { type: "line" as const, strokeWidth: 1.8 },
        encoding: { x: along, y: up("value"), color, ...names.length > 1 && { strokeDash } },
      },
      {
        mark: { type: "point" as const, filled: true, size: 36, opacity: 1 },
        encoding: { x: along, y: up("value"), color, ...names.length > 1 && { shape } },
      },
    ],
  });
  return {
    ...titleOf(options),
    concat: metrics.map(panel),
    columns,
    spacing: 16,
    config: { axisX: { tickCount: 5, grid: false } },
  };
}
