/** Every letter as a dot. @module */

import type { TopLevelSpec } from "vega-lite";
import { ink } from "../theme.ts";
import { inOrder, seriesEncodings } from "./series.ts";
import { type FigureTitle, titleOf } from "./title.ts";
import { type FigureWidth, pixels } from "./width.ts";

/** A letter's value. */
export interface StripPoint {
  /** Each series is a strip. */
  readonly series: string;
  readonly value: number;
}

/** How the figure is drawn. */
export interface StripOptions extends FigureTitle {
  /** What the values are. */
  readonly x: string;
  /** Default `column`. */
  readonly width?: FigureWidth;
}

/**
 * A strip a series: a dot a letter, spread at random across the strip, and the median as a line.
 *
 * @throws {Error} when there are no points, or more series than can be told apart
 *
 * @example
 * ```ts
 * import { strips } from "./strips.ts";
 * import { vegaLiteSvg } from "../vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const points = [0.7, 0.8, 0.9].map((value) => ({ series: "encoder", value }));
 * match(await vegaLiteSvg(strips(points, { x: "ROUGE-L" })), /encoder/);
 * ```
 */
export function strips(points: readonly StripPoint[], options: StripOptions): TopLevelSpec {
  if (points.length === 0) throw new Error("strips(): no points to draw.");
  const { x, width = "column" } = options;
  const names = inOrder(points.map(({ series }) => series));
  const { color, shape } = seriesEncodings(names);
  const y = { field: "series", type: "nominal" as const, title: null, scale: { domain: names } };
  const along = { field: "value", type: "quantitative" as const, title: x, scale: { zero: false } };
  return {
    ...titleOf(options),
    width: pixels(width) - 110,
    height: { step: 44 },
    data: { values: [...points] },
    transform: [{ calculate: "random()", as: "jitter" }],
    layer: [
      {
        mark: { type: "point", filled: true, size: 14, opacity: 0.55 },
        encoding: {
          x: along,
          y,
          yOffset: { field: "jitter", type: "quantitative", scale: { domain: [-0.2, 1.2] } },
          color: { ...color, legend: null },
          shape: { ...shape, legend: null },
        },
      },
      {
        mark: { type: "tick", color: ink.text, thickness: 2, size: 30 },
        encoding: { x: { ...along, aggregate: "median" }, y },
      },
    ],
  };
}
