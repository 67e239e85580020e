/** A figure in all its forms. @module */

import type { TopLevelSpec } from "vega-lite";
import { toCsv } from "./csv.ts";
import { svgPdf } from "./pdf.ts";
import { svgPng } from "./png.ts";
import { checkTable, type Table } from "./table.ts";
import { vegaLiteSvg } from "./vega_lite.ts";
import { withWebFont } from "./web_font.ts";
import { writeFiles } from "../write_file.ts";

/**
 * Writes a figure as `figure-NAME.svg`, `.pdf` and `.png`, and the table it was drawn from as `figure-NAME.csv`: all
 * four or none. The same figure gives the same bytes.
 *
 * @param data what the figure shows, one row a mark
 * @throws {Error} one line, when the figure can't be drawn or a file can't be written
 *
 * @example
 * ```ts
 * import { intervals } from "./figures/intervals.ts";
 * import { writeFigure } from "./write_figure.ts";
 * const row = { metric: "F1", label: "a", value: 0.8, low: 0.7, high: 0.9 };
 * const columns = [{ name: "label", kind: "text" as const }, { name: "f1", kind: "interval" as const }];
 * const data = { columns, rows: [{ label: "a", f1: { value: 0.8, low: 0.7, high: 0.9 } }] };
 * await writeFigure(await Deno.makeTempDir(), "models", intervals([row]), data);
 * ```
 */
export async function writeFigure(
  folder: string,
  name: string,
  spec: TopLevelSpec,
  data: Table,
): Promise<void> {
  await writeFiles(await figureFiles(folder, name, spec, data));
}

/**
 * What {@linkcode writeFigure} writes: path → contents.
 *
 * @throws {Error} one line, when the figure can't be drawn
 *
 * @example
 * ```ts
 * import { intervals } from "./figures/intervals.ts";
 * import { figureFiles } from "./write_figure.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spec = intervals([{ metric: "F1", label: "a", value: 0.8, low: 0.7, high: 0.9 }]);
 * const files = await figureFiles("a", "f", spec, { columns: [{ name: "label", kind: "text" }], rows: [] });
 * deepEqual(Object.keys(files), ["svg", "pdf", "png", "csv"].map((form) => `a/figure-f.${form}`));
 * ```
 */
export async function figureFiles(
  folder: string,
  name: string,
  spec: TopLevelSpec,
  data: Table,
): Promise<Record<string, string | Uint8Array>> {
  checkTable(data);
  const svg = await vegaLiteSvg(spec);
  return {
    [`${folder}/figure-${name}.svg`]: `${withWebFont(svg)}\n`,
    [`${folder}/figure-${name}.pdf`]: await svgPdf(svg),
    [`${folder}/figure-${name}.png`]: await svgPng(svg),
    [`${folder}/figure-${name}.csv`]: toCsv(data),
  };
}
