/** A folder of BRAT letters that a recipe names. @module */

import { readBrat } from "../../corpus/brat.ts";
import type { Letter } from "../../corpus/letter.ts";
import { listFiles } from "../../corpus/list_files.ts";
import { readFile } from "../../read_file.ts";
import { sha256 } from "../../sha256.ts";

/**
 * Reads the letters of a folder.
 *
 * @throws Error in one line, with the folder and where the corpus is publicly had, where it is missing or is not the one that is named
 *
 * @example
 * ```ts
 * import { folderHash, readVerifiedLetters } from "./brat_folder.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/a.txt`, "On aspirin");
 * await Deno.writeTextFile(`${folder}/a.ann`, "");
 * const source = { sha256: await folderHash(folder), from: "this test" };
 * equal((await readVerifiedLetters(folder, source))[0]?.text, "On aspirin");
 * ```
 */
export async function readVerifiedLetters(
  path: string,
  { sha256: named, from }: { readonly sha256: string; readonly from: string },
): Promise<Letter[]> {
  const actual = await folderHash(path).catch((error) => {
    throw new Error(`${path}: could not be read. Get it from ${from}.`, { cause: error });
  });
  if (actual === named) return await readBrat(path);
  throw new Error(`${path}: sha256 ${actual}, the recipe names ${named}. Get it from ${from}.`);
}

/** What a folder of BRAT letters holds, as a hash: of the lines `NAME SHA256`, in the order of their names. */
export async function folderHash(folder: string): Promise<string> {
  const lines: string[] = [];
  for (const name of (await listFiles(folder, [".txt", ".ann"])).toSorted()) {
    lines.push(`${name} ${sha256(await readFile(`${folder}/${name}`))}`);
  }
  return sha256(lines.join("\n"));
}
