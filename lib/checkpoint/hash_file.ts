/** Hashes of files of any size. @module */

import { createHash, type Hash } from "node:crypto";

/**
 * A hash that has taken a file's bytes, read part by part, and can take more.
 *
 * @example
 * ```ts
 * import { createHash } from "node:crypto";
 * import { hashFile } from "./hash_file.ts";
 * import { equal } from "node:assert/strict";
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "abc");
 * equal((await hashFile(path, createHash("sha1"))).digest("hex"), "a9993e364706816aba3e25717850c26c9cd0d89d");
 * ```
 */
export async function hashFile(path: string, hash: Hash): Promise<Hash> {
  using file = await Deno.open(path);
  const buffer = new Uint8Array(2 ** 20);
  for (let count = await file.read(buffer); count !== null; count = await file.read(buffer)) {
    hash.update(buffer.subarray(0, count));
  }
  return hash;
}

/**
 * SHA-256 of a file, in hexadecimal.
 *
 * @example See {@linkcode hashFile}.
 */
export async function sha256Of(path: string): Promise<string> {
  return (await hashFile(path, createHash("sha256"))).digest("hex");
}
