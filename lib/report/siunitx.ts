/** Columns of numbers as LaTeX's package `siunitx` sets them. @module */

import type { CellText, ReaderTable } from "./cell_text.ts";
import { markInMath } from "./latex.ts";

/**
 * The `table-format` of an `S` column: room for the sign, for so many digits before and behind the point, and for the exponent.
 *
 * @param values as they are printed; empty ones take no room
 *
 * @example
 * ```ts
 * import { tableFormat } from "./siunitx.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([["0.81", "-12.5"], ["100", ""], ["3.4e-7", "0"]].map(tableFormat), ["-2.2", "3.0", "1.1e-1"]);
 * ```
 */
export function tableFormat(values: readonly string[]): string {
  let [sign, whole, decimals, exponentSign, exponent] = ["", 1, 0, "", 0];
  for (const value of values) {
    const found = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?)(\d+))?$/.exec(value);
    if (!found) continue;
    const [, minus = "", before = "", behind = "", minusBelow = "", power = ""] = found;
    if (minus !== "") sign = "-";
    if (minusBelow === "-") exponentSign = "-";
    whole = Math.max(whole, before.length);
    decimals = Math.max(decimals, behind.length);
    exponent = Math.max(exponent, power.length);
  }
  return `${sign}${whole}.${decimals}${exponent > 0 ? `e${exponentSign}${exponent}` : ""}`;
}

/**
 * The columns and heads of a table: an `S` column a column of numbers, with a second one for what stands behind the number.
 *
 * @param heads titles as LaTeX
 *
 * @example
 * ```ts
 * import { siunitxColumns } from "./siunitx.ts";
 * import { deepEqual } from "node:assert/strict";
 * const rows = [[{ value: "0.81", best: false }]];
 * deepEqual(siunitxColumns([{ title: "F1", numeric: true }], rows), { columns: "S[table-format=1.2]", heads: ["{F1}"] });
 * ```
 */
export function siunitxColumns(
  heads: ReaderTable["heads"],
  rows: ReaderTable["rows"],
): { columns: string; heads: string[] } {
  const columns = heads.map(({ numeric }, column) => {
    if (!numeric) return "l";
    const format = tableFormat(rows.map((cells) => cells[column]?.value ?? ""));
    return `S[table-format=${format}]${isDouble(rows, column) ? "@{\\,}l" : ""}`;
  });
  return {
    columns: columns.join(""),
    heads: heads.map(({ title, numeric }, column) =>
      !numeric ? title : isDouble(rows, column) ? `\\multicolumn{2}{c}{${title}}` : `{${title}}`
    ),
  };
}

/**
 * The cells of these columns, row by row.
 *
 * @param textOf a cell that is no number, as LaTeX
 *
 * @example
 * ```ts
 * import { siunitxCells } from "./siunitx.ts";
 * import { deepEqual } from "node:assert/strict";
 * const rows = [[{ value: "0.81", sd: "0.02", best: true }]];
 * const cells = siunitxCells([{ title: "F1", numeric: true }], rows, ({ value }) => value);
 * deepEqual(cells, [["\\bfseries 0.81", "$\\pm\\,0.02$"]]);
 * ```
 */
export function siunitxCells(
  heads: ReaderTable["heads"],
  rows: ReaderTable["rows"],
  textOf: (cell: CellText) => string,
): string[][] {
  return rows.map((cells) =>
    cells.flatMap((cell, column) => {
      if (!heads[column]?.numeric) return [textOf(cell)];
      const number = cell.best ? `\\bfseries ${cell.value}` : cell.value;
      return isDouble(rows, column) ? [number, behind(cell)] : [number];
    })
  );
}

/** Whether something stands behind the numbers of a column. */
function isDouble(rows: ReaderTable["rows"], column: number): boolean {
  return rows.some((cells) => behind(cells[column] ?? { value: "", best: false }) !== "");
}

function behind({ interval, sd, mark }: CellText): string {
  const marked = mark === undefined ? "" : `{}^{${markInMath(mark)}}`;
  if (interval) return `$${marked}[${interval[0]},\\,${interval[1]}]$`;
  if (sd !== undefined) return `$${marked}\\pm\\,${sd}$`;
  return marked === "" ? "" : `$${marked}$`;
}
