/** Files that a recipe names by their content. @module */

import { sha256Of } from "../checkpoint/hash_file.ts";
import { readFile } from "../read_file.ts";
import { sha256 } from "../sha256.ts";

/** A file's content, and where anyone gets it. */
export interface NamedContent {
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly from: string;
}

/**
 * The bytes of a file, if they are the ones that a recipe names.
 *
 * @throws Error in one line, with where to get the file, where it is missing or another one
 *
 * @example
 * ```ts
 * import { readVerified } from "./read_verified.ts";
 * import { rejects } from "node:assert/strict";
 * const named = { sha256: "0".repeat(64), from: "https://example.org" };
 * await rejects(readVerified("none.txt", named), /none\.txt: missing\. Get it from https:\/\/example\.org/);
 * ```
 */
export async function readVerified(path: string, named: NamedContent): Promise<Uint8Array> {
  const bytes = await readFile(path, `Get it from ${named.from}`);
  compare(path, sha256(bytes), named);
  return bytes;
}

/**
 * Makes sure that a file of any size is the one that a recipe names.
 *
 * @throws as {@linkcode readVerified}
 */
export async function verify(path: string, named: NamedContent): Promise<void> {
  let actual: string;
  try {
    actual = await sha256Of(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) throw error;
    throw new Error(`${path}: missing. Get it from ${named.from}.`, { cause: error });
  }
  compare(path, actual, named);
}

function compare(path: string, actual: string, named: NamedContent): void {
  if (actual === named.sha256) return;
  throw new Error(`${path}: sha256 ${actual}, the recipe names ${named.sha256}. Get it from ${named.from}.`);
}
