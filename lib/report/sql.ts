/** Questions to all results at once, in SQL. @module */

import { type DuckDBType, type DuckDBValue } from "@duckdb/node-api";
import { isFile, namesIn } from "../look.ts";
import { project } from "../project.ts";
import type { Column, Row, Table, TableValue } from "./table.ts";

/** Where the results lie. */
export interface SqlOptions {
  /** Folder of results; left out: the project's `results`. */
  readonly results?: string;
}

/**
 * Asks DuckDB. There is one view, `runs`: a row a letter a cell of every experiment in the folder of results, with the columns of
 * their `runs.parquet` (what an experiment lacks is `NULL`) and `experiment`, the name of its folder. Files of one's own can be
 * read too: `read_csv('mine.csv')`.
 *
 * @returns a table; `toFrame()` makes a danfojs frame of it, `writeTable()` files
 * @throws {Error} one line: what DuckDB says of the query, or that there are no results
 *
 * @example
 * ```ts
 * import { sql } from "./sql.ts";
 * import { writeTable } from "./write_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const results = await Deno.makeTempDir();
 * const columns = [{ name: "model", kind: "text" }, { name: "rougeL", kind: "number" }] as const;
 * await writeTable(`${results}/small`, "runs", { columns, rows: [{ model: "a", rougeL: 0.5 }, { model: "a", rougeL: 0.7 }] });
 * const { rows } = await sql("select experiment, model, avg(rougeL) as mean from runs group by all", { results });
 * deepEqual(rows, [{ experiment: "small", model: "a", mean: 0.6 }]);
 * ```
 */
export async function sql(query: string, { results = project.results }: SqlOptions = {}): Promise<Table> {
  const database = await openDatabase();
  try {
    if (await hasRuns(results)) {
      await database.ask(
        `create view runs as select parse_dirpath(filename).string_split('/')[-1] as experiment, * exclude filename ` +
          `from read_parquet(${
            quotedText(`${results}/*/runs.parquet`)
          }, union_by_name = true, filename = true)`,
      );
    } else if (/\bruns\b/.test(query)) {
      throw new Error(
        `${results}: no NAME/runs.parquet in it. Run an experiment first, or name another folder.`,
      );
    }
    return await database.ask(query);
  } finally {
    database.close();
  }
}

/** A database in memory. */
export interface Database {
  /** A query's answer; throws one line, what DuckDB says of it. */
  ask(query: string): Promise<Table>;
  close(): void;
}

/**
 * Opens an empty database in memory, for many questions to the same tables.
 *
 * @example
 * ```ts
 * import { openDatabase } from "./sql.ts";
 * import { deepEqual } from "node:assert/strict";
 * const database = await openDatabase();
 * await database.ask("create table a as select 7 as n");
 * deepEqual((await database.ask("select n from a")).rows, [{ n: 7 }]);
 * database.close();
 * ```
 */
export async function openDatabase(): Promise<Database> {
  const { DuckDBInstance } = await import("@duckdb/node-api"); // tens of megabytes: only where it is asked for
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  return {
    async ask(query) {
      try {
        const answer = await connection.runAndReadAll(query);
        const names = answer.deduplicatedColumnNames();
        const kinds = answer.columnTypes().map(kindOf);
        return {
          columns: names.map((name, i): Column => ({ name, kind: kinds[i] ?? "text" })),
          rows: answer.getRows().map((values): Row =>
            Object.fromEntries(values.map((value, i) => [names[i] ?? "", valueOf(value, kinds[i] ?? "text")]))
          ),
        };
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        throw new Error(said.trim().replaceAll(/\s*\n\s*/g, " "), { cause: error });
      }
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * A text as SQL writes it.
 *
 * @example
 * ```ts
 * import { quotedText } from "./sql.ts";
 * import { equal } from "node:assert/strict";
 * equal(quotedText("it's"), "'it''s'");
 * ```
 */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A column's name as SQL writes it, whatever is in it.
 *
 * @example
 * ```ts
 * import { quotedName } from "./sql.ts";
 * import { equal } from "node:assert/strict";
 * equal(quotedName('copy-rate'), '"copy-rate"');
 * ```
 */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function hasRuns(results: string): Promise<boolean> {
  for (const name of await namesIn(results) ?? []) {
    if (await isFile(`${results}/${name}/runs.parquet`)) return true;
  }
  return false;
}

function kindOf(type: DuckDBType): Exclude<Column["kind"], "interval" | "spread"> {
  const name = String(type);
  if (/^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT|U?INTEGER)/.test(name)) return "integer";
  if (/^(?:FLOAT|DOUBLE|DECIMAL)/.test(name)) return "number";
  return name === "BOOLEAN" ? "boolean" : "text";
}

function valueOf(value: DuckDBValue, kind: Column["kind"]): TableValue {
  if (value === null) return null;
  if (kind === "integer" || kind === "number") {
    const number = Number(value);
    return Number.isFinite(number) ? number : null;
  }
  return typeof value === "boolean" ? value : String(value);
}
