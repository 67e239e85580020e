/** A column of a CSV file as texts. @module */

import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";

const Rows = z.array(z.record(z.string(), z.string()));

/**
 * The fields of a named column, top to bottom; empty ones left out, lines ended by `\n`. Fields may be quoted and run over lines
 * (RFC 4180).
 *
 * @param file the path, for error messages
 * @throws Error naming the file and line where the CSV is malformed, and the known columns where the named one is not among them
 *
 * @example
 * ```ts
 * import { csvColumn } from "./csv_column.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(csvColumn('id,note\n1,"Dear ""Al"",\r\nwell."\n2,\n', "a.csv", "note"), ['Dear "Al",\nwell.']);
 * ```
 */
export function csvColumn(content: string, file: string, column: string): string[] {
  let rows: z.infer<typeof Rows>;
  let columns: string[] = [];
  try {
    rows = Rows.parse(parse(content, {
      bom: true,
      columns: (header: string[]) => (columns = header),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Error(`${file}:${error.lines}: malformed CSV (${error.code}). Correct the line.`);
  }
  if (!columns.includes(column)) {
    throw new Error(`${file}: no column "${column}". It has ${columns.join(", ") || "none"}.`);
  }
  return rows.map((row) => (row[column] ?? "").replaceAll("\r\n", "\n").trim()).filter((text) => text !== "");
}
