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

/** What a file is to hold: all of it, or piece by piece as it is written. */
export type Contents = string | Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Writes files so that none is ever seen half written: each is written beside its place under a hidden name,
 * and only when all are complete are they renamed into place, in the order given. Makes missing folders.
 * If anything fails, what was written beside and the folders made for it are removed, and the files in place stay as they
 * were.
 *
 * @param files path → contents
 * @throws {Error} one line with the file and the remedy, when a file can't be written; as it is, an error of contents that
 * come in pieces
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
export async function writeFiles(files: Readonly<Record<string, Contents>>): Promise<void> {
  const beside = new Map<string, string>();
  const made: string[] = [];
  try {
    for (const [path, contents] of Object.entries(files)) {
      const temporary = join(dirname(path), `.${basename(path)}.${crypto.randomUUID().slice(0, 8)}.partial`);
      made.push(...await explained(path, () => makeFolder(dirname(path))));
      using file = await explained(path, () => Deno.open(temporary, { write: true, createNew: true }));
      beside.set(path, temporary);
      for await (const piece of piecesOf(contents)) {
        await explained(path, () => writeAll(file, piece));
      }
    }
    for (const [path, temporary] of beside) {
      await explained(path, () => Deno.rename(temporary, path));
      beside.delete(path);
    }
  } catch (error) {
    for (const temporary of beside.values()) await removeIfThere(temporary);
    for (const folder of made.sort((a, b) => b.length - a.length)) await removeIfEmpty(folder);
    throw error;
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
export async function writeFile(path: string, contents: Contents): Promise<void> {
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

function piecesOf(contents: Contents): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  if (typeof contents === "string") return [new TextEncoder().encode(contents)];
  return contents instanceof Uint8Array ? [contents] : contents;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

async function explained<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw new Error(writeErrorLine(path, error), { cause: error });
  }
}

/** Makes a folder with the folders it lies in; gives those that were not there. */
async function makeFolder(path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let at = path; await isMissing(at); at = dirname(at)) missing.push(at);
  await Deno.mkdir(path, { recursive: true });
  return missing;
}

async function isMissing(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return false;
  } catch (error) {
    return error instanceof Deno.errors.NotFound; // anything else is better said by the one who makes the folder
  }
}

async function removeIfEmpty(folder: string): Promise<void> {
  for await (const _ of Deno.readDir(folder)) return;
  await Deno.remove(folder);
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
