/** What came out of whole cells, kept beside the steps they are made of. @module */

import { z } from "zod";
import type { Scores } from "../metrics/metric.ts";
import { isAbsence } from "../look.ts";
import { sha256 } from "../sha256.ts";
import { writeFile } from "../write_file.ts";
import { canonical } from "./hash.ts";
import type { Level } from "./experiment.ts";
import { loadedScores, scoresSchema, storedScores } from "./stored_scores.ts";
import { type Trace, traceSchema } from "./trace.ts";

/** A cell that was run. */
export interface CellRecord {
  readonly scores: readonly Scores[];
  /** What is to be said of them; left out: nothing. */
  readonly notes?: readonly string[];
  /** What it was made with. */
  readonly trace: Trace;
  /** How long it took when it was computed. */
  readonly seconds: number;
  /** Memory of the process that computed it, at its end. */
  readonly megabytes: number;
}

const recordSchema = z.object({
  cell: z.record(z.string(), z.union([z.string(), z.number()])),
  letters: z.string(),
  scores: scoresSchema,
  notes: z.array(z.string()).exactOptional(),
  trace: traceSchema,
  seconds: z.number(),
  megabytes: z.number(),
});

/** The records of an experiment's cells on some letters. */
export interface CellRecords {
  /** The file of a cell's record. */
  pathOf(cell: Readonly<Record<string, Level>>): string;
  /** What is recorded of a cell; `undefined` where nothing is, `"damaged"` where the file is not what was written. */
  read(cell: Readonly<Record<string, Level>>): CellRecord | "damaged" | undefined;
  write(cell: Readonly<Record<string, Level>>, record: CellRecord): Promise<void>;
}

/**
 * Records of an experiment in a store's folder: a file a cell, named by the hash of the cell and the letters, with a checksum
 * before it. What a cell was made with is in its record: whoever reads it compares that with what there is now.
 *
 * @param runs the store's folder
 * @param name the experiment's
 * @param letters hash of the letters
 *
 * @example
 * ```ts
 * import { cellRecords } from "./cell_records.ts";
 * import { deepEqual } from "node:assert/strict";
 * const records = cellRecords(await Deno.makeTempDir(), "ratios", "…");
 * const scores = [{ metric: "rougeL", signature: "", ids: ["x"], values: Float64Array.of(0.1) }];
 * const record = { scores, trace: { models: {}, code: {} }, seconds: 1, megabytes: 100 };
 * await records.write({ ratio: 0.3 }, record);
 * deepEqual([records.read({ ratio: 0.3 }), records.read({ ratio: 0.4 })], [record, undefined]);
 * ```
 */
export function cellRecords(runs: string, name: string, letters: string): CellRecords {
  const pathOf = (cell: Readonly<Record<string, Level>>) => {
    const key = sha256(canonical({ cell, letters }));
    return `${runs}/cells/${name}/${key.slice(0, 2)}/${key}.json`;
  };
  return {
    pathOf,
    read(cell) {
      const text = readIfThere(pathOf(cell));
      return text === undefined ? undefined : parse(text, cell, letters) ?? "damaged";
    },
    async write(cell, { scores, ...rest }) {
      const body = JSON.stringify({ cell, letters, scores: storedScores(scores), ...rest });
      await writeFile(pathOf(cell), `${sha256(body)}\n${body}`);
    },
  };
}

function parse(text: string, cell: Readonly<Record<string, Level>>, letters: string): CellRecord | undefined {
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (end !== 64 || sha256(body) !== text.slice(0, end)) return undefined;
  const record = recordSchema.parse(JSON.parse(body)); // whose checksum is right, so that it is what was written
  if (record.letters !== letters || canonical(record.cell) !== canonical(cell)) return undefined;
  const { trace, seconds, megabytes, scores, notes } = record;
  return { scores: loadedScores(scores), ...notes && { notes }, trace, seconds, megabytes };
}

function readIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (isAbsence(error)) return undefined; // where a file is in the folder's place, writing says so
    throw error;
  }
}
