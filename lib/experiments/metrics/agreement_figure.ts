/** Which metrics agree: heat maps of rank correlations. @module */

import type { TopLevelSpec } from "vega-lite";
import { metricNamed } from "../../metrics/registry.ts";
import { heatMap } from "../../report/figures/heat_map.ts";
import type { PlotlyFigure } from "../../report/plotly.ts";
import { ink } from "../../report/theme.ts";
import type { Figure } from "../results.ts";
import { type Agreement, agreementTable } from "./agreement.ts";

const TITLE = "How far the metrics agree";

/** Each pair both ways, and each metric with itself, which has no interval. */
function fields(pairs: readonly Agreement[]) {
  const names = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  return names.flatMap((row) =>
    names.map((column) => {
      const pair = pairs.find(({ a, b }) => (a === row && b === column) || (a === column && b === row));
      const [of, and] = [row, column].map((name) => metricNamed(name).title);
      return { row: of ?? row, column: and ?? column, value: pair?.correlation.value ?? 1, pair };
    })
  );
}

/**
 * The heat map for print: in each field the correlation, below it its interval.
 *
 * @throws {Error} when there are no pairs
 *
 * @example
 * ```ts
 * import { agreementFigure } from "./agreement_figure.ts";
 * import { vegaLiteSvg } from "../../report/vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const correlation = { value: 0.8, low: 0.7, high: 0.9 };
 * const { spec } = agreementFigure([{ a: "rougeL", b: "bertscore", letters: 9, correlation, p: 0.01 }]);
 * match(await vegaLiteSvg(spec), /\[\.70, \.90\]/);
 * ```
 */
export function agreementFigure(pairs: readonly Agreement[]): Figure {
  const cells = fields(pairs);
  const spec = heatMap(cells.map(({ row, column, value }) => ({ row, column, value })), {
    title: TITLE,
    subtitle: `Spearman's ρ over ${pairs[0]?.letters ?? 0} filled letters, with 95% bootstrap intervals.`,
    value: "Spearman's ρ",
    domain: [-1, 1],
    width: "page",
  });
  return { spec: withIntervals(spec, cells), data: agreementTable(pairs) };
}

/** Another layer of text, in the lower part of each field. */
function withIntervals(spec: TopLevelSpec, cells: ReturnType<typeof fields>): TopLevelSpec {
  if (!("layer" in spec)) throw new Error("agreementFigure(): the heat map has no layers to add to.");
  const values = cells.flatMap(({ row, column, value, pair }) =>
    pair
      ? [{
        ...{ row, column, dark: Math.abs(value) > 0.62 },
        printed: `[${short(pair.correlation.low)}, ${short(pair.correlation.high)}]`,
      }]
      : []
  );
  return {
    ...spec,
    height: { step: 34 },
    layer: [...spec.layer, {
      data: { values },
      mark: { type: "text", fontSize: 6.5, dy: 10 },
      encoding: {
        x: { field: "column", type: "nominal" },
        y: { field: "row", type: "nominal" },
        text: { field: "printed", type: "nominal" },
        color: { condition: { test: "datum.dark", value: "#ffffff" }, value: ink.text },
      },
    }],
  };
}

/**
 * The heat map to be pointed at: a field says its two metrics, their correlation and its interval.
 *
 * @example
 * ```ts
 * import { agreementMap } from "./agreement_figure.ts";
 * import { equal } from "node:assert/strict";
 * const correlation = { value: 0.8, low: 0.7, high: 0.9 };
 * const { data } = agreementMap([{ a: "rougeL", b: "bertscore", letters: 9, correlation, p: 0.01 }]);
 * equal(data[0]?.type, "heatmap");
 * ```
 */
export function agreementMap(pairs: readonly Agreement[]): PlotlyFigure {
  const cells = fields(pairs);
  const names = [...new Set(cells.map(({ row }) => row))];
  const rows = names.map((name) => cells.filter(({ row }) => row === name));
  return {
    data: [{
      type: "heatmap",
      x: names,
      y: names,
      z: rows.map((row) => row.map(({ value }) => value)),
      customdata: rows.map((row) =>
        row.map(({ pair, row: a, column: b }) =>
          pair
            ? `${a} and ${b}<br>ρ = ${two(pair.correlation.value)} [${two(pair.correlation.low)}, ${
              two(pair.correlation.high)
            }], ${pair.letters} letters`
            : a
        )
      ),
      hovertemplate: "%{customdata}<extra></extra>",
      zmin: -1,
      zmax: 1,
      colorscale: "RdBu",
      reversescale: true, // blue is agreement, as in print
    }],
    layout: { height: 560, margin: { l: 150, b: 130 }, yaxis: { autorange: "reversed" } },
  };
}

/** Without the 0 before the point, for want of room. */
function short(value: number): string {
  return two(value).replace("0.", ".");
}

function two(value: number): string {
  return value.toFixed(2).replace(/^-(?=[0.]*$)/, "").replace("-", "−");
}
