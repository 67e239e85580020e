/** What a folder of letters holds. @module */

/**
 * Names of the files in a folder with one of the extensions (`".txt"`), sorted by code unit; hidden files and sub-folders are left out.
 *
 * @throws Error when the path is no folder that can be read.
 *
 * @example
 * ```ts
 * import { listFiles } from "./list_files.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/a.txt`, "");
 * deepEqual(await listFiles(folder, [".txt"]), ["a.txt"]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function listFiles(folder: string, extensions: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isFile, isSymlink } of Deno.readDir(folder)) {
    if (
      (isFile || isSymlink) && !name.startsWith(".") &&
      extensions.some((extension) => name.endsWith(extension))
    ) {
      names.push(name);
    }
  }
  return names.sort();
}
