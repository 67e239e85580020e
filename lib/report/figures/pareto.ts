/** What can't be had together: two measures against each other. @module */

import type { TopLevelSpec } from "vega-lite";
import { ink } from "../theme.ts";
import { inOrder, seriesEncodings } from "./series.ts";
import { type FigureTitle, titleOf } from "./title.ts";
import { type FigureWidth, pixels } from "./width.ts";

/** A way to do it, with what it gains and what it costs. */
export interface TradeOff {
  /** Stands beside the point. */
  readonly label: string;
  readonly series: string;
  readonly x: number;
  readonly y: number;
}

/** How the figure is drawn. */
export interface ParetoOptions extends FigureTitle {
  readonly x: string;
  readonly y: string;
  /** Which end of the x axis is better. */
  readonly better: { readonly x: "low" | "high"; readonly y: "low" | "high" };
  /** Default `column`. */
  readonly width?: FigureWidth;
}

/**
 * The points that no other point beats in both measures (Pareto), from left to right.
 *
 * @example
 * ```ts
 * import { front } from "./pareto.ts";
 * import { deepEqual } from "node:assert/strict";
 * const points = [{ x: 1, y: 1 }, { x: 2, y: 3 }, { x: 3, y: 2 }];
 * deepEqual(front(points, { x: "low", y: "high" }), [{ x: 1, y: 1 }, { x: 2, y: 3 }]);
 * ```
 */
export function front<P extends { readonly x: number; readonly y: number }>(
  points: readonly P[],
  better: ParetoOptions["better"],
): P[] {
  const [sx, sy] = [better.x === "high" ? 1 : -1, better.y === "high" ? 1 : -1];
  const beats = (a: P, b: P) =>
    sx * a.x >= sx * b.x && sy * a.y >= sy * b.y && (sx * a.x > sx * b.x || sy * a.y > sy * b.y);
  return points.filter((point) => !points.some((other) => beats(other, point)))
    .toSorted((a, b) => a.x - b.x || a.y - b.y);
}

/**
 * A scatter of trade-offs with the front that no other point beats as a line.
 *
 * @throws {Error} when there are no points, or more series than can be told apart
 *
 * @example
 * ```ts
 * import { pareto } from "./pareto.ts";
 * import { vegaLiteSvg } from "../vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const points = [{ label: "0.3", series: "encoder", x: 0.1, y: 0.9 }, { label: "0.7", series: "encoder", x: 0.05, y: 0.7 }];
 * const better = { x: "low", y: "high" } as const;
 * match(await vegaLiteSvg(pareto(points, { x: "leak", y: "BERTScore", better })), /BERTScore/);
 * ```
 */
export function pareto(points: readonly TradeOff[], options: ParetoOptions): TopLevelSpec {
  if (points.length === 0) throw new Error("pareto(): no points to draw.");
  const { better, width = "column" } = options;
  const { color, shape } = seriesEncodings(inOrder(points.map(({ series }) => series)));
  const axis = (field: "x" | "y") => ({
    field,
    type: "quantitative" as const,
    title: `${options[field]} (${better[field] === "high" ? "more" : "less"} is better)`,
    scale: { zero: false },
    axis: { tickCount: 8, labelFlush: false },
  });
  return {
    ...titleOf(options),
    width: pixels(width) - 70,
    height: 220,
    layer: [
      {
        data: { values: front(points, better) },
        mark: { type: "line", color: ink.axis, strokeDash: [4, 3], strokeWidth: 1.2 },
        encoding: { x: axis("x"), y: axis("y") },
      },
      {
        data: { values: [...points] },
        mark: { type: "point", filled: true, size: 56, opacity: 1 },
        encoding: { x: axis("x"), y: axis("y"), color, shape },
      },
      {
        data: { values: [...points] },
        mark: { type: "text", align: "left", dx: 7, fontSize: 9.5, color: ink.soft },
        encoding: { x: axis("x"), y: axis("y"), text: { field: "label", type: "nominal" } },
      },
    ],
  };
}
