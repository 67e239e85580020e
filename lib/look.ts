/** Looking at what is on the disk, where its absence is an answer. @module */

/**
 * The names in a folder, sorted; `undefined` where there is no such folder.
 *
 * @example
 * ```ts
 * import { namesIn } from "./look.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * for (const name of ["b", "a"]) await Deno.writeTextFile(`${folder}/${name}`, "");
 * deepEqual([await namesIn(folder), await namesIn(`${folder}/none`)], [["a", "b"], undefined]);
 * ```
 */
export async function namesIn(folder: string): Promise<string[] | undefined> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/**
 * Whether there is a file at a path; a folder is none.
 *
 * @example
 * ```ts
 * import { isFile } from "./look.ts";
 * import { equal } from "node:assert/strict";
 * equal(await isFile(await Deno.makeTempDir()), false);
 * ```
 */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (isAbsence(error)) return false;
    throw error;
  }
}

/**
 * Whether an error says that nothing is there.
 *
 * @example
 * ```ts
 * import { isAbsence } from "./look.ts";
 * import { equal } from "node:assert/strict";
 * equal(isAbsence(new Deno.errors.NotFound("none")), true);
 * ```
 */
export function isAbsence(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}
