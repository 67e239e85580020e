/** Results in memory, ready for questions. @module */

import { isFile } from "../../look.ts";
import { metricNamed } from "../../metrics/registry.ts";
import { type Database, openDatabase, quotedName, quotedText } from "../../report/sql.ts";
import { Unanswerable } from "../route.ts";
import { catalogue, type CatalogueEntry } from "./catalogue.ts";

/** A value of a factor. */
export type Level = string | number;

/** A factor, with its levels in the order in which they come. */
export interface Factor {
  readonly name: string;
  readonly kind: "text" | "number";
  readonly levels: readonly Level[];
}

/** A metric that letters were scored with. */
export interface MetricInfo {
  readonly name: string;
  readonly title: string;
  readonly better: "high" | "low" | null;
  readonly signature: string | null;
}

/** The runs of an experiment: the table `runs` has a row a letter a cell. */
export interface ExperimentData {
  readonly id: string;
  readonly database: Database;
  readonly factors: readonly Factor[];
  readonly metrics: readonly MetricInfo[];
  readonly cells: number;
  readonly letters: number;
}

/** All results of a folder. */
export interface OpenResults {
  readonly entries: readonly CatalogueEntry[];
  /** The runs of an experiment, read when they are first asked for. */
  data(id: string): Promise<ExperimentData>;
  close(): Promise<void>;
}

/**
 * Opens a folder of results. Runs are read on first use and kept in memory.
 *
 * @throws {Error} when the folder is not there
 * @throws {Unanswerable} from `data()`, when there is no such experiment, it is left out, or its runs can't be read
 *
 * @example
 * ```ts
 * import { openResults } from "./open_results.ts";
 * import { writeTable } from "../../report/write_table.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const columns = [
 *   { name: "model", kind: "text" }, { name: "letter", kind: "text" }, { name: "specialty", kind: "text" }, { name: "rougeL", kind: "number" },
 * ] as const;
 * await writeTable(`${folder}/small`, "runs", { columns, rows: [{ model: "a", letter: "x", rougeL: 0.5 }] });
 * const results = await openResults(folder);
 * equal((await results.data("small")).cells, 1);
 * await results.close();
 * ```
 */
export async function openResults(folder: string): Promise<OpenResults> {
  const entries = await catalogue(folder);
  const opened = new Map<string, Promise<ExperimentData>>();
  return {
    entries,
    data(id) {
      const known = opened.get(id);
      if (known) return known;
      const entry = entries.find((one) => one.id === id);
      if (!entry) return Promise.reject(new Unanswerable(`no experiment "${id}" in ${folder}.`));
      if (entry.leftOut !== undefined) return Promise.reject(new Unanswerable(`${id}: ${entry.leftOut}`));
      const reading = read(entry);
      opened.set(id, reading);
      return reading;
    },
    async close() {
      for (const reading of opened.values()) {
        (await reading.catch(() => undefined))?.database.close(); // whoever asked for it was told
      }
    },
  };
}

async function read({ id, folder, signatures }: CatalogueEntry): Promise<ExperimentData> {
  const path = `${folder}/runs.parquet`;
  if (!await isFile(path)) throw new Unanswerable(`${path}: no longer there. Run the experiment again.`);
  const database = await openDatabase();
  try {
    await database.ask(`create table runs as select * from read_parquet(${quotedText(path)})`);
    const { columns } = await database.ask("select * from runs limit 0");
    const at = columns.findIndex(({ name }) => name === "letter");
    if (at < 1) throw new Error(`no column "letter" behind factors. These are no runs of an experiment.`);
    const numeric = (kind: string) => kind === "number" || kind === "integer";
    const metrics = columns.slice(at + 1).filter(({ name, kind }) => name !== "specialty" && numeric(kind));
    const factors: Factor[] = [];
    for (const { name, kind } of columns.slice(0, at)) {
      const of = quotedName(name);
      const { rows } = await database.ask(
        `select ${of} as level from runs where ${of} is not null group by ${of} order by min(rowid)`,
      );
      const levels = rows.flatMap(({ level }) =>
        typeof level === "string" || typeof level === "number" ? [level] : []
      );
      factors.push({
        name,
        kind: numeric(kind) ? "number" : "text",
        levels: numeric(kind) ? levels.toSorted((a, b) => Number(a) - Number(b)) : levels,
      });
    }
    const by = factors.map(({ name }) => quotedName(name)).join(", ");
    const { rows: [counts] } = await database.ask(
      `select (select count(*) from (select distinct ${by} from runs)) as cells, count(distinct letter) as letters from runs`,
    );
    return {
      ...{ id, database, factors },
      metrics: metrics.map(({ name }) => infoOf(name, signatures[name] ?? null)),
      cells: Number(counts?.cells ?? 0),
      letters: Number(counts?.letters ?? 0),
    };
  } catch (error) {
    database.close();
    throw new Unanswerable(
      `${path}: ${error instanceof Error ? error.message : String(error)} Run the experiment again.`,
      { cause: error },
    );
  }
}

function infoOf(name: string, signature: string | null): MetricInfo {
  try {
    const { title, higherIsBetter } = metricNamed(name);
    return {
      name,
      title,
      better: higherIsBetter === undefined ? null : higherIsBetter ? "high" : "low",
      signature,
    };
  } catch {
    return { name, title: name, better: null, signature }; // a metric of one's own has no entry in the registry
  }
}
