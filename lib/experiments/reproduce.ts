/** Running a result again, and saying what differs. @module */

import { dirname } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { z } from "zod";
import type { RunOptions } from "../experiment/run.ts";
import { readFile } from "../read_file.ts";
import { experiments } from "./all.ts";
import { experimentManifest } from "./manifest.ts";
import { runsTable } from "./tables.ts";

/** A value that is another one now. */
export interface ValueDifference {
  /** The row, in words: `model trigram, seed 42, letter cardiology-01`. */
  readonly row: string;
  readonly metric: string;
  readonly then: number | null;
  readonly now: number | null;
}

/** A result beside what running it again gave. */
export interface Reproduction {
  /** What goes in and is not what it was: letters, models, code, versions. */
  readonly inputs: readonly string[];
  /** Values that were compared. */
  readonly values: number;
  readonly differences: readonly ValueDifference[];
}

const manifestSchema = z.looseObject({
  options: z.looseObject({ experiment: z.string(), profile: z.enum(["quick", "full"]) }),
  inputs: z.record(z.string(), z.string()),
  versions: z.looseObject({ packages: z.record(z.string(), z.string()) }),
});

/**
 * Runs the experiment of a manifest again and compares each letter's value in each cell with `runs.parquet` beside the
 * manifest. Steps that are stored are not computed again, unless `options.runs` is an empty folder.
 *
 * @param path of `manifest.json`
 * @throws {Error} one line, when a file is missing or is no manifest of an experiment
 *
 * @example
 * ```ts ignore
 * const { inputs, differences } = await reproduce("results/model_comparison/manifest.json", { corpus });
 * ```
 */
export async function reproduce(path: string, options: Omit<RunOptions, "profile">): Promise<Reproduction> {
  const parsed = manifestSchema.safeParse(parseJson(new TextDecoder().decode(await readFile(path))));
  if (!parsed.success) {
    throw new Error(`${path}: no manifest of an experiment. Name a manifest.json that \`repro\` wrote.`);
  }
  const { experiment: name, profile } = parsed.data.options;
  const experiment = experiments.find((known) => known.name === name);
  if (!experiment) throw new Error(`${path}: of the experiment ${name}, which this version does not have.`);
  const then = rowsByKey(await readRows(`${dirname(path)}/runs.parquet`));
  const outcome = await experiment.run({ ...options, profile });
  const made = experimentManifest(outcome, new Date());
  const now = rowsByKey(runsTable(outcome).rows);

  const differences: ValueDifference[] = [];
  let values = 0;
  for (const key of new Set([...then.keys(), ...now.keys()])) {
    const [old, fresh] = [then.get(key), now.get(key)];
    for (const metric of new Set([...Object.keys(old ?? {}), ...Object.keys(fresh ?? {})])) {
      values++;
      const [was, is] = [old?.[metric] ?? null, fresh?.[metric] ?? null];
      if (was !== is) differences.push({ row: key, metric, then: was, now: is });
    }
  }
  const inputs = [
    ...changed(parsed.data.inputs, made.inputs, ""),
    ...changed(parsed.data.versions.packages, made.versions.packages, "package "),
  ];
  return { inputs, values, differences };
}

type Row = Readonly<Record<string, unknown>>;

/** The values of each row, by the rest of it in words. */
function rowsByKey(rows: readonly Row[]): Map<string, Record<string, number | null>> {
  const byKey = new Map<string, Record<string, number | null>>();
  for (const row of rows) {
    const names = Object.keys(row);
    // Factors come first, then the letter and its specialty, then a column a metric.
    const first = names.indexOf("specialty") + 1;
    const key = names.slice(0, first - 1).map((name) => `${name} ${row[name]}`).join(", ");
    const values = names.slice(first).map((name) => [name, numberOrNull(row[name])] as const);
    byKey.set(key, Object.fromEntries(values));
  }
  return byKey;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

async function readRows(path: string): Promise<Row[]> {
  const { buffer } = await readFile(path);
  const rows: Row[] = await parquetReadObjects({ file: buffer });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
    )
  );
}

function changed(
  then: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
  kind: string,
): string[] {
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].sort().flatMap((name) => {
    const [was, is] = [then[name] ?? "none", now[name] ?? "none"];
    return was === is ? [] : [`${kind}${name}: ${short(was)} then, ${short(is)} now`];
  });
}

function short(value: string): string {
  return /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller says what the file should be
  }
}

/**
 * What a reproduction found, in lines.
 *
 * @param most differences that are told one by one
 *
 * @example
 * ```ts
 * import { reproductionLines } from "./reproduce.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(reproductionLines({ inputs: [], values: 10, differences: [] }), ["all 10 values are the same"]);
 * ```
 */
export function reproductionLines({ inputs, values, differences }: Reproduction, most = 20): string[] {
  if (differences.length === 0) return [...inputs, `all ${values} values are the same`];
  const greatest = Math.max(
    0,
    ...differences.map(({ then, now }) => then === null || now === null ? 0 : Math.abs(then - now)),
  );
  return [
    ...inputs,
    `${differences.length} of ${values} values differ, by ${greatest.toExponential(2)} at most`,
    ...differences.slice(0, most).map(({ row, metric, then, now }) =>
      `${row}: ${metric} ${then} then, ${now} now`
    ),
    ...differences.length > most ? [`and ${differences.length - most} more`] : [],
  ];
}
