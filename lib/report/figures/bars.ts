/** Groups of bars with their intervals. @module */

import type { TopLevelSpec } from "vega-lite";
import { ink } from "../theme.ts";
import { inOrder, seriesEncodings } from "./series.ts";
import { type FigureTitle, titleOf } from "./title.ts";
import { type FigureWidth, pixels } from "./width.ts";

/** A bar. */
export interface Bar {
  /** Bars of a group stand side by side over its name. */
  readonly group: string;
  readonly series: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How the figure is drawn. */
export interface BarOptions extends FigureTitle {
  /** What the bars measure: `"ROUGE-L"`. */
  readonly y: string;
  /** Default `page`. */
  readonly width?: FigureWidth;
}

/**
 * Bars from 0, side by side within each group, each with its interval as a line.
 *
 * @throws {Error} when there are no bars, or more series than can be told apart
 *
 * @example
 * ```ts
 * import { bars } from "./bars.ts";
 * import { vegaLiteSvg } from "../vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const values = ["nouns", "verbs"].map((group) => ({ group, series: "encoder", value: 0.8, low: 0.7, high: 0.9 }));
 * match(await vegaLiteSvg(bars(values, { y: "ROUGE-L" })), /nouns/);
 * ```
 */
export function bars(values: readonly Bar[], options: BarOptions): TopLevelSpec {
  if (values.length === 0) throw new Error("bars(): no bars to draw.");
  const { y, width = "page" } = options;
  const groups = inOrder(values.map(({ group }) => group));
  const names = inOrder(values.map(({ series }) => series));
  const { color } = seriesEncodings(names);
  const x = {
    field: "group",
    type: "nominal" as const,
    title: null,
    scale: { domain: groups, paddingInner: 0.25 },
    axis: {
      labelAngle: groups.some((group) => group.length > 60 / groups.length * 2) ? -30 : 0,
      ticks: false,
    },
  };
  const xOffset = { field: "series", type: "nominal" as const, scale: { domain: names } };
  const up = (field: string) => ({ field, type: "quantitative" as const, title: y });
  return {
    ...titleOf(options),
    width: pixels(width) - 60,
    height: 200,
    data: { values: [...values] },
    layer: [
      { mark: { type: "bar" }, encoding: { x, xOffset, y: up("value"), color } },
      {
        mark: { type: "rule", color: ink.text, strokeWidth: 1.2 },
        encoding: { x, xOffset, y: up("low"), y2: { field: "high" } },
      },
    ],
    config: { axisX: { grid: false } },
  };
}
