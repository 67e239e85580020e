/** Table cells as a reader sees them: rounded, and the best of a column known. @module */

import { type Column, isEstimate, isInterval, isSpread, type Table, type TableValue } from "./table.ts";

/** A cell for readers. */
export interface CellText {
  /** The rounded value, or the text; empty where there is nothing. */
  readonly value: string;
  /** The rounded ends of its interval. */
  readonly interval?: readonly [low: string, high: string];
  /** The rounded standard deviation. */
  readonly sd?: string;
  /** What stands behind it, for a note. */
  readonly mark?: string;
  /** Whether it is the best of its column. */
  readonly best: boolean;
}

const defaultDigits = { text: 0, boolean: 0, integer: 0, number: 3, interval: 2, spread: 2 } as const;

/**
 * A column's cells as a reader sees them. All cells that read the same as the best one are best: a reader can't tell
 * them apart.
 *
 * @example
 * ```ts
 * import { cellTexts } from "./cell_text.ts";
 * import { deepEqual } from "node:assert/strict";
 * const column = { name: "f1", kind: "number" as const, digits: 2, best: "highest" as const };
 * const rows = [{ f1: 0.804 }, { f1: 0.801 }, { f1: 0.79 }];
 * deepEqual(cellTexts({ columns: [column], rows }, column).map(({ value, best }) => [value, best]), [["0.80", true], ["0.80", true], ["0.79", false]]);
 * ```
 */
export function cellTexts(table: Table, column: Column): CellText[] {
  const cells = table.rows.map((row) => row[column.name] ?? null);
  const digits = column.digits ?? defaultDigits[column.kind];
  const rounded = (value: number) =>
    column.kind === "integer"
      ? String(value)
      : column.scientific
      ? exponential(value, column.digits ?? 1)
      : value.toFixed(digits).replace(/^-(?=[0.]*$)/, "");
  const numbers = cells.map(number).filter((value) => value !== undefined);
  const best = column.best && numbers.length > 0
    ? rounded(Math[column.best === "highest" ? "max" : "min"](...numbers))
    : undefined;
  return cells.map((cell) => {
    const value = number(cell);
    const text = value === undefined ? plain(cell) : rounded(value);
    const interval = isInterval(cell) ? { interval: [rounded(cell.low), rounded(cell.high)] as const } : {};
    const spread = isSpread(cell) ? { sd: rounded(cell.sd) } : {};
    const mark = isEstimate(cell) && cell.mark !== undefined ? { mark: cell.mark } : {};
    return { value: text, ...interval, ...spread, ...mark, best: value !== undefined && text === best };
  });
}

/** A table for readers: heads, and rows of cells. */
export interface ReaderTable {
  readonly heads: readonly { readonly title: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly CellText[])[];
}

/**
 * All of a table as a reader sees it, row by row.
 *
 * @example
 * ```ts
 * import { readerTable } from "./cell_text.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { heads } = readerTable({ columns: [{ name: "f1", title: "F1", kind: "number" }], rows: [] });
 * deepEqual(heads, [{ title: "F1", numeric: true }]);
 * ```
 */
export function readerTable(table: Table): ReaderTable {
  const columns = table.columns.map((column) => cellTexts(table, column));
  return {
    heads: table.columns.map(({ name, title, kind }) => ({
      title: title ?? name,
      numeric: kind !== "text" && kind !== "boolean",
    })),
    rows: table.rows.map((_, row) => columns.map((cells) => cells[row] ?? { value: "", best: false })),
  };
}

function number(cell: TableValue): number | undefined {
  if (typeof cell === "number") return cell;
  return isEstimate(cell) ? cell.value : undefined;
}

function plain(cell: TableValue): string {
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return typeof cell === "string" ? cell : "";
}

/** `3.4e-7`; zero is `0`. */
function exponential(value: number, digits: number): string {
  return value === 0 ? "0" : value.toExponential(digits);
}
