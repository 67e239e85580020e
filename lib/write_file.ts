/** Writing files whole or not at all. @module */

import { basename, dirname, join } from "node:path";

/** What a full disk, a missing right and the like are called, and what helps. Keys are Node's error codes. */
const remedies: Record<string, string> = {
  EACCES: "no permission to write there. Choose another folder, or change its owner or mode",
  EDQUOT: "the disk quota is used up. Free some space and run again",
  EEXIST: "a file is in the way of the folder. Remove it, or choose another folder",
  EISDIR: "a folder of that name is in the way. Remove it, or choose another name",
  ENOSPC: "the disk is full. Free some space and run again",
  ENOTDIR: "a part of the path is a file, not a folder. Remove it, or choose another folder",
  EPERM: "no permission to write there. Choose another folder, or change its owner or mode",
  EROFS: "the disk is read-only. Choose another folder",
};

/**
 * Writes files so that none is ever seen half written: each is written beside its place under a hidden name,
 * and only when all are complete are they renamed into place, in the order given. Makes missing folders.
 * If anything fails, what was written beside is removed and the files in place stay as they were.
 *
 * @param files path → contents
 * @throws {Error} one line with the file and the remedy, when a file can't be written
 *
 * @example
 * ```ts
 * import { writeFiles } from "./write_file.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await writeFiles({ [`${folder}/a/one.txt`]: "1", [`${folder}/a/two.txt`]: new Uint8Array([50]) });
 * equal(await Deno.readTextFile(`${folder}/a/two.txt`), "2");
 * ```
 */
export async function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const beside = new Map<string, string>();
  try {
    for (const [path, contents] of Object.entries(files)) {
      await explained(path, async () => {
        await Deno.mkdir(dirname(path), { recursive: true });
        const temporary = join(
          dirname(path),
          `.${basename(path)}.${crypto.randomUUID().slice(0, 8)}.partial`,
        );
        beside.set(path, temporary);
        await Deno.writeFile(
          temporary,
          typeof contents === "string" ? new TextEncoder().encode(contents) : contents,
        );
      });
    }
    for (const [path, temporary] of beside) {
      await explained(path, () => Deno.rename(temporary, path));
      beside.delete(path);
    }
  } finally {
    for (const temporary of beside.values()) await removeIfThere(temporary);
  }
}

/**
 * Writes one file whole or not at all: {@linkcode writeFiles} for a single file.
 *
 * @throws {Error} one line with the file and the remedy, when it can't be written
 *
 * @example
 * ```ts
 * import { writeFile } from "./write_file.ts";
 * const folder = await Deno.makeTempDir();
 * await writeFile(`${folder}/note.txt`, "done\n");
 * ```
 */
export async function writeFile(path: string, contents: string | Uint8Array): Promise<void> {
  await writeFiles({ [path]: contents });
}

/**
 * The one line to tell a user why a file could not be written.
 *
 * @example
 * ```ts
 * import { writeErrorLine } from "./write_file.ts";
 * import { equal } from "node:assert/strict";
 * const full = Object.assign(new Error("os error 28"), { code: "ENOSPC" });
 * equal(writeErrorLine("results/a.csv", full), "results/a.csv: the disk is full. Free some space and run again.");
 * ```
 */
export function writeErrorLine(path: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return `${path}: ${remedies[code] ?? `could not be written: ${reason}`}.`;
}

async function explained(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new Error(writeErrorLine(path, error), { cause: error });
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    // The failed write may not have come as far as making the file.
    const absent = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
    if (!absent) throw error;
  }
}
