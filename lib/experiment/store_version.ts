/** Which program wrote a store. @module */

import { isAbsence } from "../look.ts";
import { readFile } from "../read_file.ts";
import { writeFile } from "../write_file.ts";

/** Raised whenever entries are written in a way that an older program would misread. */
const VERSION = 1;

/**
 * Makes a store ready for writing: its folder is there, can be written, and was not written by a newer version of the project.
 * Nothing in a store is ever locked (files are written beside and renamed), so that it may lie on any file system.
 *
 * @throws {Error} one line, when it can't be written or is newer
 *
 * @example
 * ```ts
 * import { readyStore } from "./store_version.ts";
 * import { rejects } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await readyStore(folder);
 * await Deno.writeTextFile(`${folder}/version`, "99\n");
 * await rejects(readyStore(folder), /written by a newer version/);
 * ```
 */
export async function readyStore(folder: string): Promise<void> {
  const path = `${folder}/version`;
  const version = await writtenVersion(path);
  if (version !== undefined && !(version <= VERSION)) {
    throw new Error(
      `${path}: the store was written by a newer version of the project (${version}, this one knows ${VERSION}). ` +
        "Update the project, or name another folder of runs.",
    );
  }
  await writeFile(path, `${VERSION}\n`); // each time: whether it can be written is better known now than at the first result
}

async function writtenVersion(path: string): Promise<number | undefined> {
  try {
    return Number(new TextDecoder().decode(await readFile(path)));
  } catch (error) {
    if (error instanceof Error && isAbsence(error.cause)) return undefined;
    throw error;
  }
}
