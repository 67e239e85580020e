/** Tables as LaTeX. @module */

import { type CellText, readerTable } from "./cell_text.ts";
import { siunitxCells, siunitxColumns } from "./siunitx.ts";
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

/** How a table is set. */
export interface LatexOptions {
  /**
   * Numbers stand in `S` columns of the package `siunitx`, which sets them below one another by the decimal point and as the document
   * asks. Intervals and deviations stand in a column of their own beside them. Default: numbers are flush right.
   */
  readonly siunitx?: boolean;
}

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
export function toLatex(table: Table, name: string, { siunitx = false }: LatexOptions = {}): string {
  const { heads, rows } = readerTable(table);
  const line = (cells: readonly string[]) => `${cells.join(" & ")} \\\\\n`;
  const titled = heads.map(({ title, numeric }) => ({ title: escape(title), numeric }));
  const set = siunitx
    ? { ...siunitxColumns(titled, rows), rows: siunitxCells(heads, rows, (text) => cell(text, false)) }
    : {
      columns: heads.map(({ numeric }) => numeric ? "r" : "l").join(""),
      heads: titled.map(({ title }) => title),
      rows: rows.map((cells) => cells.map((text, column) => cell(text, heads[column]?.numeric ?? false))),
    };
  const tabular = [
    `\\begin{tabular}{${set.columns}}\n\\toprule\n`,
    line(set.heads),
    "\\midrule\n",
    ...set.rows.map(line),
    "\\bottomrule\n\\end{tabular}\n",
    ...(table.notes ?? []).map((note) => `\n\\smallskip{\\footnotesize ${escape(note)}}\n`),
  ].join("");
  const caption = table.caption === undefined ? undefined : escape(table.caption);
  const packages = [
    "\\usepackage{booktabs}",
    ...siunitx ? ["\\usepackage[detect-weight]{siunitx}"] : [],
    // The fonts that LaTeX takes otherwise have no straight quotes.
    ...`${tabular}${caption ?? ""}`.includes("\\textquotedbl") ? ["\\usepackage[T1]{fontenc}"] : [],
  ];
  const head = `% needs ${packages.join(" ")}\n`;
  if (caption === undefined) return head + tabular;
  const label = `tab:${name.replaceAll(/[^\w-]/g, "-")}`;
  return `${head}\\begin{table}\n\\centering\n\\caption{${caption}}\n\\label{${label}}\n${tabular}\\end{table}\n`;
}

function cell({ value, interval, sd, mark, best }: CellText, numeric: boolean): string {
  if (value === "") return "";
  if (!numeric) return escape(value);
  const shown = (best ? `\\mathbf{${value}}` : value) + (mark === undefined ? "" : `^{${markInMath(mark)}}`);
  if (interval) return `$${shown}\\,[${interval[0]},\\,${interval[1]}]$`;
  return sd === undefined ? `$${shown}$` : `$${shown} \\pm ${sd}$`;
}

/**
 * What stands high behind a number, in mathematics.
 *
 * @example
 * ```ts
 * import { markInMath } from "./latex.ts";
 * import { equal } from "node:assert/strict";
 * equal(markInMath("*†"), "*\\dagger");
 * ```
 */
export function markInMath(mark: string): string {
  return mark.replaceAll("†", "\\dagger ").replaceAll("‡", "\\ddagger ").trim();
}

function escape(text: string): string {
  return text.replace(/[\\{}$&%#_~^<>|"−×±≤≥→…†‡]/g, (character) => escapes[character] ?? character).replace(
    /\s*\n\s*/g,
    " ",
  );
}
