/** Tables as CSV. @module */

import { flatColumns, type Table } from "./table.ts";

/**
 * A table as CSV after RFC 4180: quoted where it must be, lines ending in CRLF. Numbers have as many digits as it takes to read back
 * the same double. Nothing is an empty field, an empty text is `""`.
 *
 * @example
 * ```ts
 * import { toCsv } from "./csv.ts";
 * import { equal } from "node:assert/strict";
 * const columns = [{ name: "model", kind: "text" as const }, { name: "f1", kind: "number" as const }];
 * equal(toCsv({ columns, rows: [{ model: "t5, base", f1: 1 / 3 }] }), 'model,f1\r\n"t5, base",0.3333333333333333\r\n');
 * ```
 */
export function toCsv(table: Table): string {
  const columns = flatColumns(table);
  const lines = [
    columns.map(({ name }) => field(name)),
    ...table.rows.map((_, row) => columns.map(({ values }) => field(values[row] ?? null))),
  ];
  return lines.map((fields) => `${fields.join(",")}\r\n`).join("");
}

function field(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  return value === "" || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
