/** The columns of a CSV file by their names. @module */
import { type CsvRow, csvRows } from "./csv_rows.ts";
import type { TextOptions } from "./text_stream.ts";

/** A row whose fields have names. */
export interface NamedRow {
  readonly line: number;
  /** Empty where there is a problem. */
  readonly fields: ReadonlyMap<string, string>;
  readonly problem?: string;
}

/** The names of the columns: the first row. Empty where the file is. */
export async function csvHeader(file: string, options: TextOptions = {}): Promise<readonly string[]> {
  for await (const row of csvRows(file, options)) return row.fields;
  return [];
}

/**
 * The rows after the first, which names their fields.
 *
 * @param needed the columns that there must be
 * @param hint what to do where there is no such column
 * @throws Error naming the file when it is empty or lacks a column, and as {@linkcode csvRows} does
 */
export async function* namedRows(
  file: string,
  needed: readonly string[],
  hint: string,
  options: TextOptions = {},
): AsyncGenerator<NamedRow> {
  let names: readonly string[] | undefined;
  for await (const row of csvRows(file, options)) {
    if (names === undefined) {
      if (row.problem !== undefined) throw new Error(`${file}:${row.line}: ${row.problem}`);
      names = row.fields;
      checkNames(file, names, needed, hint);
    } else yield named(row, names);
  }
  if (names === undefined) {
    throw new Error(`${file}: empty. Its first row must name the columns: ${needed.join(",")}.`);
  }
}

function checkNames(file: string, names: readonly string[], needed: readonly string[], hint: string): void {
  for (const name of needed) {
    if (names.includes(name)) continue;
    throw new Error(`${file}:1: no column "${name}". There are ${names.join(", ")}. ${hint}`);
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`${file}:1: two columns are called "${twice}". Rename one.`);
}

function named({ line, fields, problem }: CsvRow, names: readonly string[]): NamedRow {
  if (problem !== undefined) return { line, fields: new Map(), problem };
  if (fields.length !== names.length) {
    const found = `${fields.length} field${fields.length === 1 ? "" : "s"}`;
    const message =
      `${found} in a row, the header names ${names.length} columns. Quote fields that hold commas.`;
    return { line, fields: new Map(), problem: message };
  }
  return { line, fields: new Map(names.map((name, i) => [name, fields[i] ?? ""])) };
}
