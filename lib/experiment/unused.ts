/** Results that nobody asks for any more. @module */

import { SEAL } from "../checkpoint/kept_model.ts";
import { isFile, namesIn } from "../look.ts";

/** What was, or would be, removed. */
export interface Removed {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Removes from a store every result and every file of an adapted model that is not among the used ones; files that are being written
 * are let alone.
 *
 * @param folder of the store
 * @param used paths as the store gives them
 * @param dry only counts
 *
 * @example
 * ```ts
 * import { removeUnused } from "./unused.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.mkdir(`${folder}/ab`);
 * for (const name of ["old", "new"]) await Deno.writeTextFile(`${folder}/ab/${name}.json`, "{}");
 * deepEqual(await removeUnused(folder, new Set([`${folder}/ab/new.json`])), { files: 1, bytes: 2 });
 * ```
 */
export async function removeUnused(folder: string, used: ReadonlySet<string>, dry = false): Promise<Removed> {
  let [files, bytes] = [0, 0];
  for await (const path of resultsIn(folder)) {
    if (used.has(path)) continue;
    files++;
    bytes += (await Deno.stat(path)).size;
    if (!dry) await Deno.remove(path);
  }
  return { files, bytes };
}

async function* resultsIn(folder: string): AsyncGenerator<string> {
  const names = await namesIn(folder) ?? []; // nothing was ever stored, or another run removes it
  const isModel = names.includes(SEAL);
  for (const name of names) {
    const path = `${folder}/${name}`;
    if (!await isFile(path)) {
      if (!name.endsWith(".partial")) yield* resultsIn(path);
    } else if (isModel || isResult(name)) yield path;
  }
}

function isResult(name: string): boolean {
  return name.endsWith(".json") && !name.startsWith(".") && name !== "job.json";
}
