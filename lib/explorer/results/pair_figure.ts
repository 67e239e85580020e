/** Two runs as a scatter of letters. @module */

import type { TopLevelSpec } from "vega-lite";
import { pixels } from "../../report/figures/width.ts";
import { ink, palette } from "../../report/theme.ts";
import type { PairedLetter, Run, RunComparison } from "./compare_runs.ts";
import { nameOf } from "./compare_runs.ts";
import type { DrawnFigure } from "./drawn_figure.ts";

/** Of more letters, so many are drawn, evenly spread: more points hide each other. */
const MOST_DRAWN = 3000;

/**
 * A dot a letter: its value under A to the right, under B upwards. Above the diagonal B is higher.
 *
 * @example
 * ```ts ignore
 * pairFigure({ a, b }, await compareRuns(results, a, b, "rougeL"));
 * ```
 */
export function pairFigure(
  { a, b }: { readonly a: Run; readonly b: Run },
  { letters, metric, alone }: RunComparison,
): DrawnFigure {
  const step = Math.ceil(letters.length / MOST_DRAWN);
  const drawn = letters.filter((_, i) => i % step === 0);
  const values = drawn.map((letter, at) => ({ x: letter.a, y: letter.b, at }));
  const ends = drawn.flatMap((letter) => [letter.a, letter.b]);
  const domain = [Math.min(...ends), Math.max(...ends)];
  const axis = (field: "x" | "y", run: string) => ({
    field,
    type: "quantitative" as const,
    title: `${metric.title} of ${run}`,
    scale: { zero: false, domain, nice: true },
    axis: { tickCount: 6, labelFlush: false },
  });
  const size = pixels("column") - 70;
  const spec: TopLevelSpec = {
    width: size,
    height: size,
    layer: [
      {
        data: { values: [{ x: domain[0], y: domain[0] }, { x: domain[1], y: domain[1] }] },
        mark: { type: "line", color: ink.axis, strokeDash: [4, 3], strokeWidth: 1 },
        encoding: { x: axis("x", "A"), y: axis("y", "B") },
      },
      {
        data: { values },
        mark: { type: "point", filled: true, size: 34, opacity: 0.75, color: palette[0] },
        encoding: { x: axis("x", "A"), y: axis("y", "B") },
      },
    ],
  };
  const line = ({ a, b }: PairedLetter) =>
    `A ${a.toFixed(3)}, B ${b.toFixed(3)}, difference ${(a - b).toFixed(3).replace("-", "−")}`;
  return {
    spec,
    data: {
      caption: `${metric.title} of each letter. A: ${nameOf(a)}. B: ${nameOf(b)}.`,
      columns: [{ name: "letter", kind: "text" }, { name: "a", kind: "number" }, {
        name: "b",
        kind: "number",
      }],
      rows: letters.map(({ letter, a, b }) => ({ letter, a, b })),
    },
    marks: drawn.map((letter) => ({
      label: letter.letter,
      experiment: a.experiment,
      condition: a.condition,
      letter: letter.letter,
      lines: [letter.letter, line(letter)],
    })),
    notes: [
      ...drawn.length < letters.length
        ? [`${drawn.length} of ${letters.length} letters are drawn; the table has them all.`]
        : [],
      ...alone > 0 ? [`${alone} letters have a value under one of the runs alone and are left out.`] : [],
    ],
  };
}
