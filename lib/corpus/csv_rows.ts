/** The rows of CSV files, one by one. @module */
import { parse } from "csv-parse";
import { Readable } from "node:stream";
import { type TextOptions, textPieces } from "./text_stream.ts";

/** A row, or what is there in place of one. */
export interface CsvRow {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** What keeps it from being a row: nothing else of it is known. */
  readonly problem?: string;
}

/** More than any letter: a quote that is never closed makes the rest of a file one field. */
const MOST_BYTES = 64e6;

const problems: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE:
    'a quoted field goes on after its closing quote. Write a quote inside a field as "".',
  INVALID_OPENING_QUOTE:
    'a quote inside a field that is not quoted. Quote the field, and write the quote as "".',
  CSV_QUOTE_NOT_CLOSED: 'a quoted field is not closed before the end of the file. Close it with ".',
  CSV_MAX_RECORD_SIZE: `a row of more than ${
    MOST_BYTES / 1e6
  } MB: a quote before it is not closed. Close it.`,
};

/**
 * The rows of a file (RFC 4180; LF, CR LF or CR between rows; blank lines are left out), its header among them. Fields keep every
 * character.
 *
 * @throws Error naming the file when it can't be read or decoded
 *
 * @example
 * ```ts
 * import { csvRows } from "./csv_rows.ts";
 * import { deepEqual } from "node:assert/strict";
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, 'id,text\n1,"On\naspirin"\n');
 * deepEqual((await Array.fromAsync(csvRows(file)))[1], { line: 2, fields: ["1", "On\naspirin"] });
 * await Deno.remove(file);
 * ```
 */
export async function* csvRows(file: string, options: TextOptions = {}): AsyncGenerator<CsvRow> {
  const skipped: { readonly seenAt: number; readonly problem: string }[] = [];
  let lastLine = 0;
  let pairs = 0; // CR LF inside of fields so far, which the parser counts as two lines
  const parser = parse({
    info: true,
    max_record_size: MOST_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip(error) {
      if (error) {
        const problem = problems[error.code] ?? `no row of CSV (${error.code}). Mend it.`;
        skipped.push({ seenAt: Number(error.lines), problem });
      }
      return undefined;
    },
  });
  function* bad(): Generator<CsvRow> {
    const { problem } = skipped.shift() ?? {};
    if (problem !== undefined) yield { line: lastLine + 1, fields: [], problem };
  }
  const source = Readable.from(textPieces(file, options));
  source.on("error", (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser)) {
      const fields: string[] = record;
      pairs += count(fields, /\r\n/g);
      const end = Number(info.lines) - pairs;
      while (skipped[0] && skipped[0].seenAt <= Number(info.lines)) yield* bad();
      yield { line: end - count(fields, /\r\n|\r|\n/g), fields };
      lastLine = end;
    }
    while (skipped.length > 0) yield* bad();
  } finally {
    source.destroy();
  }
}

function count(fields: readonly string[], what: RegExp): number {
  return fields.reduce((sum, field) => sum + (field.match(what)?.length ?? 0), 0);
}

/** A row of CSV with its line end; fields are quoted where they need it. */
export function csvLine(fields: readonly string[]): string {
  const quoted = fields.map((field) =>
    /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
  );
  return `${quoted.join(",")}\n`;
}
