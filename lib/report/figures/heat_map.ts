/** A number for every pair: heat maps, and matrices of letters by models. @module */

import type { TopLevelSpec } from "vega-lite";
import { ink } from "../theme.ts";
import { inOrder } from "./series.ts";
import { type FigureTitle, titleOf } from "./title.ts";
import { type FigureWidth, pixels } from "./width.ts";

/** A field of the map. */
export interface HeatCell {
  readonly row: string;
  readonly column: string;
  readonly value: number;
}

/** How the figure is drawn. */
export interface HeatMapOptions extends FigureTitle {
  /** What the numbers are. */
  readonly value: string;
  /** The scale's ends; left out: those of the values. With a negative one first, 0 is white. */
  readonly domain?: readonly [low: number, high: number];
  /** Digits after the point of printed numbers; 2 by default. Maps of more than 20 rows print none. */
  readonly digits?: number;
  /** Default `column`. */
  readonly width?: FigureWidth;
}

const MOST_PRINTED = 20;

/**
 * A coloured field a pair, with its number in it where there is room: rows and columns in the order in which they first come.
 *
 * @throws {Error} when there are no cells, or a pair has two numbers
 *
 * @example
 * ```ts
 * import { heatMap } from "./heat_map.ts";
 * import { vegaLiteSvg } from "../vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const cells = [{ row: "ROUGE-L", column: "BERTScore", value: 0.81 }];
 * match(await vegaLiteSvg(heatMap(cells, { value: "Spearman's ρ", domain: [-1, 1] })), />0\.81</);
 * ```
 */
export function heatMap(cells: readonly HeatCell[], options: HeatMapOptions): TopLevelSpec {
  if (cells.length === 0) throw new Error("heatMap(): no cells to draw.");
  const { value, digits = 2, width = "column" } = options;
  const [rows, columns] = [inOrder(cells.map(({ row }) => row)), inOrder(cells.map(({ column }) => column))];
  if (new Set(cells.map(({ row, column }) => JSON.stringify([row, column]))).size < cells.length) {
    throw new Error("heatMap(): a pair has two numbers. Give one.");
  }
  const [low, high] = options.domain ??
    [Math.min(...cells.map((cell) => cell.value)), Math.max(...cells.map((cell) => cell.value))];
  const diverging = low < 0 && high > 0;
  const reach = Math.max(-low, high);
  const printed = rows.length <= MOST_PRINTED;
  const values = cells.map((cell) => ({
    ...cell,
    printed: cell.value.toFixed(digits).replace(/^-(?=[0.]*$)/, "").replace("-", "−"),
    // Text is white where the field is dark, by where the value lies on its scale.
    dark: diverging ? Math.abs(cell.value) > 0.62 * reach : (cell.value - low) / (high - low || 1) < 0.55,
  }));
  const x = {
    field: "column",
    type: "nominal" as const,
    title: null,
    scale: { domain: columns },
    axis: { labelAngle: -40, ticks: false, domain: false },
  };
  const y = {
    field: "row",
    type: "nominal" as const,
    title: null,
    scale: { domain: rows },
    axis: { ticks: false, domain: false, labelFontSize: printed ? 11 : 7 },
  };
  return {
    ...titleOf(options),
    width: pixels(width) - 150,
    height: { step: printed ? 24 : 8 },
    data: { values },
    layer: [
      {
        mark: { type: "rect", stroke: "#ffffff", strokeWidth: printed ? 1 : 0 },
        encoding: {
          x,
          y,
          color: {
            field: "value",
            type: "quantitative",
            title: value,
            scale: diverging
              ? { scheme: "blueorange", domain: [-reach, reach], reverse: true }
              : { scheme: "viridis", domain: [low, high] },
            legend: { gradientLength: 90 },
          },
        },
      },
      ...printed
        ? [{
          mark: { type: "text" as const, fontSize: 10 },
          encoding: {
            x,
            y,
            text: { field: "printed", type: "nominal" as const },
            color: { condition: { test: "datum.dark", value: "#ffffff" }, value: ink.text },
          },
        }]
        : [],
    ],
    config: { axis: { grid: false } },
  };
}
