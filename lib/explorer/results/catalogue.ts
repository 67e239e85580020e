/** Which results there are to look at. @module */

import { z } from "zod";
import config from "../../../deno.json" with { type: "json" };
import { isFile, namesIn } from "../../look.ts";
import { readFile } from "../../read_file.ts";

/** A folder with the runs of an experiment. */
export interface CatalogueEntry {
  /** Its path below the folder of results: `"model_comparison"`, `"quick/model_comparison"`. */
  readonly id: string;
  readonly folder: string;
  /** The experiment's name. */
  readonly name: string;
  readonly profile: "quick" | "full";
  readonly question: string;
  /** Signature of each metric, as the manifest has it. */
  readonly signatures: Readonly<Record<string, string>>;
  /** Why it can't be shown, where it can't. */
  readonly leftOut?: string;
}

/** What is read of a manifest; one of other results says less. */
const manifestSchema = z.looseObject({
  options: z.looseObject({
    question: z.string().optional(),
    profile: z.enum(["quick", "full"]).optional(),
    metrics: z.record(z.string(), z.string()).optional(),
  }).optional(),
  versions: z.looseObject({ palimpsest: z.string() }).optional(),
});

/**
 * The experiments whose runs lie in a folder of results, those of `quick/` behind the others. One that a newer version wrote, or
 * whose manifest can't be read, is in the list with the reason why it is left out.
 *
 * @throws {Error} when the folder is not there
 *
 * @example
 * ```ts
 * import { catalogue } from "./catalogue.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(await catalogue(await Deno.makeTempDir()), []);
 * ```
 */
export async function catalogue(results: string): Promise<CatalogueEntry[]> {
  const names = await namesIn(results);
  if (names === undefined) {
    throw new Error(`${results}: no such folder. Name one with --results, or run: deno task repro`);
  }
  const quick = (await namesIn(`${results}/quick`) ?? []).map((name) => `quick/${name}`);
  const entries: CatalogueEntry[] = [];
  for (const id of [...names, ...quick]) {
    const folder = `${results}/${id}`;
    if (await isFile(`${folder}/runs.parquet`)) entries.push(await entryOf(id, folder));
  }
  return entries;
}

async function entryOf(id: string, folder: string): Promise<CatalogueEntry> {
  const profile = id.startsWith("quick/") ? "quick" as const : "full" as const;
  const bare = { id, folder, name: id.replace(/^quick\//, ""), profile, question: "", signatures: {} };
  const path = `${folder}/manifest.json`;
  if (!await isFile(path)) return bare; // runs of one's own need none
  try {
    const read: unknown = JSON.parse(new TextDecoder().decode(await readFile(path)));
    const parsed = manifestSchema.safeParse(read);
    if (!parsed.success) return { ...bare, leftOut: `${path}: not a manifest as this version writes it.` };
    const { options, versions } = parsed.data;
    const written = versions?.palimpsest;
    if (written !== undefined && isNewer(written, config.version)) {
      return {
        ...bare,
        leftOut: `written by palimpsest ${written}, this is ${config.version}. Update it to look at these.`,
      };
    }
    return {
      ...bare,
      profile: options?.profile ?? profile,
      question: options?.question ?? "",
      signatures: options?.metrics ?? {},
    };
  } catch (error) {
    return { ...bare, leftOut: `${path}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * Whether a version (`"0.2.0"`) is above another.
 *
 * @example
 * ```ts
 * import { isNewer } from "./catalogue.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([isNewer("0.10.0", "0.9.1"), isNewer("0.1.0", "0.1.0")], [true, false]);
 * ```
 */
export function isNewer(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) > 0;
}
