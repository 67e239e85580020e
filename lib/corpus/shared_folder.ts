/** Where tests find the openly licensed corpora that are no part of the project. @module */

/**
 * A folder below the one that `PALIMPSEST_SHARED` names (left out: `shared` beside the repository), or `undefined`, with a line on
 * stderr that says so, where it does not exist. For tests that have more to say with real text than without.
 *
 * @example
 * ```ts
 * import { sharedFolder } from "./shared_folder.ts";
 * import { equal } from "node:assert/strict";
 * equal(sharedFolder("data/no-such-corpus"), undefined);
 * ```
 */
export function sharedFolder(name: string): string | undefined {
  const base = Deno.env.get("PALIMPSEST_SHARED") ?? new URL("../../../shared", import.meta.url).pathname;
  try {
    if (Deno.statSync(`${base}/${name}`).isDirectory) return `${base}/${name}`;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  console.error(`skipped: ${base}/${name} is not there (PALIMPSEST_SHARED names the folder of open corpora)`);
  return undefined;
}
