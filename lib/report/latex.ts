/** Tables as LaTeX. @module */

import { type CellText, readerTable } from "./cell_text.ts";
import type { Table } from "./table.ts";

/** Characters that LaTeX takes for commands, or that its default fonts lack. */
const escapes: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "$": "\\$",
  "&": "\\&",
  "%": "\\%",
  "#": "\\#",
  "_": "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "−": "$-$",
  "×": "$\\times$",
  "±": "$\\pm$",
  "≤": "$\\leq$",
  "≥": "$\\geq$",
  "→": "$\\to$",
  "…": "\\ldots{}",
  "†": "$\\dagger$",
  "‡": "$\\ddagger$",
};

/**
 * A table as LaTeX, with `booktabs` rules: `\input` it where it should stand. Numbers are flush right, an interval is
 * set as `$0.81\,[0.79,\,0.83]$`, the best of a column bold. With a caption it is a `table` with the label
 * `tab:NAME`, without one a bare `tabular`.
 *
 * @param name for the label
 *
 * @example
 * ```ts
 * import { toLatex } from "./latex.ts";
 * import { match } from "node:assert/strict";
 * const columns = [{ name: "f1", kind: "interval" as const, best: "highest" as const }];
 * const tex = toLatex({ columns, rows: [{ f1: { value: 0.81, low: 0.79, high: 0.83 } }] }, "results");
 * match(tex, /\$\\mathbf\{0\.81\}\\,\[0\.79,\\,0\.83\]\$/);
 * ```
 */
export function toLatex(table: Table, name: string): string {
  const { heads, rows } = readerTable(table);
  const line = (cells: readonly string[]) => `${cells.join(" & ")} \\\\\n`;
  const tabular = [
    `\\begin{tabular}{${heads.map(({ numeric }) => numeric ? "r" : "l").join("")}}\n\\toprule\n`,
    line(heads.map(({ title }) => escape(title))),
    "\\midrule\n",
    ...rows.map((cells) => line(cells.map((text, column) => cell(text, heads[column]?.numeric ?? false)))),
    "\\bottomrule\n\\end{tabular}\n",
    ...(table.notes ?? []).map((note) => `\n\\smallskip{\\footnotesize ${escape(note)}}\n`),
  ].join("");
  const head = "% needs \\usepackage{booktabs}\n";
  if (table.caption === undefined) return head + tabular;
  const label = `tab:${name.replaceAll(/[^\w-]/g, "-")}`;
  return `${head}\\begin{table}\n\\centering\n\\caption{${
    escape(table.caption)
  }}\n\\label{${label}}\n${tabular}\\end{table}\n`;
}

function cell({ value, interval, sd, mark, best }: CellText, numeric: boolean): string {
  if (value === "") return "";
  if (!numeric) return escape(value);
  const shown = (best ? `\\mathbf{${value}}` : value) + (mark === undefined ? "" : `^{${markInMath(mark)}}`);
  if (interval) return `$${shown}\\,[${interval[0]},\\,${interval[1]}]$`;
  return sd === undefined ? `$${shown}$` : `$${shown} \\pm ${sd}$`;
}

function markInMath(mark: string): string {
  return mark.replaceAll("†", "\\dagger ").replaceAll("‡", "\\ddagger ").trim();
}

function escape(text: string): string {
  return text.replace(/[\\{}$&%#_~^<>|"−×±≤≥→…†‡]/g, (character) => escapes[character] ?? character).replace(
    /\s*\n\s*/g,
    " ",
  );
}
