/** Results that nobody asks for any more. @module */

/** What was, or would be, removed. */
export interface Removed {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Removes from a store every result that is not among the used ones; files that are being written are let alone.
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
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* resultsIn(path);
    else if (name.endsWith(".json") && !name.startsWith(".") && name !== "job.json") yield path;
  }
}
