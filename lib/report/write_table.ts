/** A table in all its forms. @module */

import { toCsv } from "./csv.ts";
import { toLatex } from "./latex.ts";
import { toMarkdown } from "./markdown.ts";
import { toParquet } from "./parquet.ts";
import { checkTable, type Table } from "./table.ts";
import { writeFiles } from "../write_file.ts";

/**
 * Writes a table as `NAME.csv`, `NAME.md`, `NAME.tex` and `NAME.parquet`: all four or none.
 *
 * @throws {Error} one line, when the table is not sound (see {@linkcode checkTable}) or a file can't be written
 *
 * @example
 * ```ts
 * import { writeTable } from "./write_table.ts";
 * const folder = await Deno.makeTempDir();
 * await writeTable(folder, "table", { columns: [{ name: "f1", kind: "number" }], rows: [{ f1: 0.5 }] });
 * ```
 */
export async function writeTable(folder: string, name: string, table: Table): Promise<void> {
  await writeFiles(tableFiles(folder, name, table));
}

/**
 * What {@linkcode writeTable} writes: path → contents.
 *
 * @throws {Error} one line, when the table is not sound (see {@linkcode checkTable})
 *
 * @example
 * ```ts
 * import { tableFiles } from "./write_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const files = tableFiles("a", "t", { columns: [{ name: "f1", kind: "number" }], rows: [] });
 * deepEqual(Object.keys(files), ["a/t.csv", "a/t.md", "a/t.tex", "a/t.parquet"]);
 * ```
 */
export function tableFiles(folder: string, name: string, table: Table): Record<string, string | Uint8Array> {
  checkTable(table);
  return {
    [`${folder}/${name}.csv`]: toCsv(table),
    [`${folder}/${name}.md`]: toMarkdown(table),
    [`${folder}/${name}.tex`]: toLatex(table, name),
    [`${folder}/${name}.parquet`]: toParquet(table),
  };
}
