/** The recall curve. @module */

import type { Table } from "../../report/table.ts";
import { inOrder, seriesEncodings } from "../../report/figures/series.ts";
import { pixels } from "../../report/figures/width.ts";
import type { Figure } from "../results.ts";
import type { Findings } from "./findings.ts";

/** No reader sees more steps than that. */
const MOST_POINTS = 400;

/**
 * What is found for what is taken away besides, from the surest spans to all of them; a line a corpus. The dot is all that the finder
 * finds.
 *
 * @throws {Error} when nothing was found
 *
 * @example
 * ```ts
 * import { recallFigure } from "./recall_figure.ts";
 * import { vegaLiteSvg } from "../../report/vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const curve = [{ threshold: 0.9, found: 0.5, otherRedacted: 0, precision: 1 }, { threshold: 0.5, found: 0.9, otherRedacted: 0.01, precision: 0.9 }];
 * match(await vegaLiteSvg(recallFigure([{ corpus: "letters", finder: "rules", curve }]).spec), /identifying characters found/);
 * ```
 */
export function recallFigure(findings: readonly Pick<Findings, "corpus" | "finder" | "curve">[]): Figure {
  const points = findings.flatMap(({ corpus, curve }) => {
    const step = Math.max(1, Math.ceil(curve.length / MOST_POINTS));
    return curve.filter((_, i) => i % step === 0 || i === curve.length - 1)
      .map(({ found, otherRedacted }) => ({ series: corpus, x: 100 * otherRedacted, y: 100 * found }));
  });
  if (points.length === 0) {
    throw new Error("recallFigure: nothing was found. Search letters that have identifying data.");
  }
  const names = inOrder(points.map(({ series }) => series));
  const { color, strokeDash, shape } = seriesEncodings(names);
  const x = {
    field: "x",
    type: "quantitative" as const,
    title: "other characters redacted (%)",
    axis: { tickCount: 6 },
  };
  const y = { field: "y", type: "quantitative" as const, title: "identifying characters found (%)" };
  const ends = names.flatMap((name) => points.filter(({ series }) => series === name).at(-1) ?? []);
  return {
    spec: {
      title: {
        text: "What is found for what is taken away",
        subtitle:
          "From the surest spans to all of them: how sure a rule is, letters of other folds tell. Dots: all spans.",
      },
      width: pixels("page") - 80,
      height: 280,
      layer: [
        {
          data: { values: points },
          mark: { type: "line", strokeWidth: 1.8, interpolate: "step-after" },
          encoding: { x, y, color, ...names.length > 1 && { strokeDash } },
        },
        {
          data: { values: ends },
          mark: { type: "point", filled: true, size: 60, opacity: 1 },
          encoding: { x, y, color, ...names.length > 1 && { shape } },
        },
      ],
    },
    data: curveTable(findings),
  };
}

function curveTable(findings: readonly Pick<Findings, "corpus" | "finder" | "curve">[]): Table {
  return {
    columns: [
      { name: "corpus", kind: "text" },
      { name: "finder", kind: "text" },
      { name: "threshold", kind: "number" },
      { name: "found", kind: "number" },
      { name: "other_redacted", kind: "number" },
      { name: "precision", kind: "number" },
    ],
    rows: findings.flatMap(({ corpus, finder, curve }) =>
      curve.map(({ threshold, found, otherRedacted, precision }) => (
        { corpus, finder, threshold, found, other_redacted: otherRedacted, precision }
      ))
    ),
  };
}
