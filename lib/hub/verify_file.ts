/** Whether a file here is the file that a hub lists. @module */

import { createHash } from "node:crypto";
import { hashFile } from "../checkpoint/hash_file.ts";
import type { HubFile } from "./hub_listing.ts";

/**
 * The bytes of a file, where it is there.
 *
 * @example
 * ```ts
 * import { sizeOnDisk } from "./verify_file.ts";
 * import { equal } from "node:assert/strict";
 * equal(await sizeOnDisk("none"), undefined);
 * ```
 */
export async function sizeOnDisk(path: string): Promise<number | undefined> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

/**
 * The hash of a file in the way in which the hub has it: SHA-256 of the bytes, or git's SHA-1 of a blob.
 *
 * @example
 * ```ts
 * import { hubHash } from "./verify_file.ts";
 * import { equal } from "node:assert/strict";
 * const path = await Deno.makeTempFile();
 * equal(await hubHash(path, "git-sha1"), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"); // of an empty file
 * ```
 */
export async function hubHash(path: string, algorithm: HubFile["hash"]["algorithm"]): Promise<string> {
  const hash = algorithm === "sha256"
    ? createHash("sha256")
    : createHash("sha1").update(`blob ${(await Deno.stat(path)).size}\0`);
  return (await hashFile(path, hash)).digest("hex");
}

/** Whether the file at `path` is there, whole, and the one that the hub lists. */
export async function isSame(path: string, { size, hash }: Pick<HubFile, "size" | "hash">): Promise<boolean> {
  return await sizeOnDisk(path) === size && await hubHash(path, hash.algorithm) === hash.hex;
}
