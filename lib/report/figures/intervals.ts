/** Estimates with their intervals, one row each: the forest plot that compares models. @module */

import type { TopLevelSpec } from "vega-lite";
import { textWidth } from "../fonts.ts";
import { ink, palette } from "../theme.ts";
import { type FigureTitle, titleOf } from "./title.ts";

/** One estimate. */
export interface IntervalRow {
  /** What is estimated: each metric is a panel with its own scale. */
  readonly metric: string;
  /** What it is estimated for: each label is a row, in the order of first appearance. */
  readonly label: string;
  /** What the label belongs to: rows of a group stand together under its name, in its colour. */
  readonly group?: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How the figure is drawn. */
export interface IntervalOptions extends FigureTitle {
  /** By metric, a value to compare with, drawn as a dashed line: no effect, or the score of doing nothing. */
  readonly reference?: Readonly<Record<string, number>>;
  /** Digits after the point of the printed estimates; 2 by default. */
  readonly digits?: number;
}

const rowHeight = 21; // pixels, as all lengths here
const panelWidth = 150; // of the axis; the printed estimates stand beside it
const labelSize = 11.5;
const labelGap = 14;

/**
 * A dot-and-interval plot: a panel a metric, a row a label, and each estimate printed beside its interval, so that no
 * reader has to guess it from the axis.
 *
 * @throws {Error} when there are no rows, a label has two estimates of a metric or two groups, or a value lies outside
 * its interval
 *
 * @example
 * ```ts
 * import { intervals } from "./intervals.ts";
 * import { vegaLiteSvg } from "../vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const rows = [{ metric: "ROUGE-L", label: "encoder", value: 0.9, low: 0.88, high: 0.91 }];
 * match(await vegaLiteSvg(intervals(rows)), /0\.90 \[0\.88, 0\.91\]/);
 * ```
 */
export function intervals(rows: readonly IntervalRow[], options: IntervalOptions = {}): TopLevelSpec {
  check(rows);
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  const lines = layout(rows);
  const panels = metrics.map((metric, index) => panel(metric, rows, lines, index === 0, options));
  return { ...titleOf(options), hconcat: panels, spacing: 14 };
}

/** A line of the plot: a row's label, or the name of a group above its rows. */
interface Line {
  readonly key: string;
  readonly text: string;
  readonly heading: boolean;
  readonly colour: string;
}

function layout(rows: readonly IntervalRow[]): Line[] {
  const groups = [...new Set(rows.map(({ group }) => group))];
  return groups.flatMap((group, index) => {
    const colour = palette[index % palette.length] ?? ink.text;
    const labels = [...new Set(rows.filter((row) => row.group === group).map(({ label }) => label))];
    const heading = group === undefined
      ? []
      : [{ key: `heading ${index}`, text: group, heading: true, colour }];
    return [
      ...heading,
      ...labels.map((label) => ({ key: `row ${label}`, text: label, heading: false, colour })),
    ];
  });
}

function panel(
  metric: string,
  rows: readonly IntervalRow[],
  lines: readonly Line[],
  first: boolean,
  options: IntervalOptions,
) {
  const { digits = 2, reference = {} } = options;
  const fixed = (value: number) => value.toFixed(digits).replace(/^-(?=[0.]*$)/, "").replace("-", "−");
  const values = rows.filter((row) => row.metric === metric).map(({ label, value, low, high }) => ({
    key: `row ${label}`,
    label,
    value,
    low,
    high,
    colour: lines.find(({ key }) => key === `row ${label}`)?.colour ?? ink.text,
    printed: `${fixed(value)} [${fixed(low)}, ${fixed(high)}]`,
  }));
  const against = reference[metric];
  const ends = [
    ...values.flatMap(({ low, high }) => [low, high]),
    ...(against === undefined ? [] : [against]),
  ];
  // A tenth more, for viewers that have to take another font.
  const printedWidth = 1.1 * Math.max(...values.map(({ printed }) => textWidth(printed, 10.5, "regular")));
  const y = { field: "key", type: "nominal" as const, scale: { domain: lines.map(({ key }) => key) } };
  const axis = first ? rowAxis(lines) : null;
  const x = (field: string) => ({
    field,
    type: "quantitative" as const,
    scale: { domain: padded(ends), nice: false },
    axis: { tickCount: 4, title: null, labelFontSize: 10.5, labelFlush: false },
  });
  const colour = { field: "colour", type: "nominal" as const, scale: null };
  return {
    title: { text: metric, anchor: "start" as const, frame: "group" as const, fontSize: 12.5, offset: 8 },
    width: panelWidth,
    height: lines.length * rowHeight,
    data: { values },
    layer: [
      ...(against === undefined ? [] : [{
        data: { values: [{ against }] },
        mark: { type: "rule" as const, color: ink.soft, strokeDash: [4, 3], strokeWidth: 1 },
        encoding: { x: x("against") },
      }]),
      {
        mark: { type: "rule" as const, strokeWidth: 2.2, strokeCap: "round" as const },
        encoding: { x: x("low"), x2: { field: "high" }, y: { ...y, axis }, color: colour },
      },
      {
        mark: { type: "point" as const, filled: true, opacity: 1, size: 58 },
        encoding: { x: x("value"), y: { ...y, axis }, color: colour },
      },
      {
        mark: { type: "text" as const, align: "right" as const, fontSize: 10.5, color: ink.text },
        encoding: {
          x: { value: panelWidth + 10 + Math.ceil(printedWidth) },
          y: { ...y, axis },
          text: { field: "printed", type: "nominal" as const },
        },
      },
    ],
  };
}

/** Row labels flush left as in a table, the groups' names bold above them, no line and no ticks. */
function rowAxis(lines: readonly Line[]) {
  const width = Math.max(
    ...lines.map(({ text, heading }) => textWidth(text, labelSize, heading ? "bold" : "regular")),
  );
  const texts = JSON.stringify(Object.fromEntries(lines.map(({ key, text }) => [key, text])));
  const headings = lines.filter(({ heading }) => heading);
  const conditions = headings.map(({ key, colour }) => ({
    test: `datum.value === ${JSON.stringify(key)}`,
    value: colour,
  }));
  return {
    title: null,
    domain: false,
    ticks: false,
    labelAlign: "left" as const,
    labelPadding: Math.ceil(width) + labelGap,
    labelFontSize: labelSize,
    labelLimit: 0,
    labelExpr: `${texts}[datum.value]`,
    labelColor: { condition: conditions, value: ink.text },
    labelFontWeight: {
      condition: conditions.map(({ test }) => ({ test, value: 600 as const })),
      value: 400 as const,
    },
  };
}

/** The range of values with a margin for the dots. */
function padded(ends: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const margin = (high - low) * 0.06 || 0.5;
  return [low - margin, high + margin];
}

function check(rows: readonly IntervalRow[]): void {
  if (rows.length === 0) throw new Error("intervals(): no rows to draw.");
  const seen = new Set<string>();
  const groups = new Map<string, string | undefined>();
  for (const { metric, label, group, value, low, high } of rows) {
    const where = `intervals(): ${metric} of "${label}"`;
    if (!(low <= value && value <= high)) {
      throw new Error(`${where}: ${value} lies outside [${low}, ${high}].`);
    }
    if (seen.has(JSON.stringify([metric, label]))) throw new Error(`${where} is given twice.`);
    seen.add(JSON.stringify([metric, label]));
    if (groups.has(label) && groups.get(label) !== group) {
      throw new Error(`${where} is in group "${group}", elsewhere in "${groups.get(label)}".`);
    }
    groups.set(label, group);
  }
}
