/** What a model is, as a hash. @module */

import { readFile } from "../read_file.ts";
import { sha256 } from "../sha256.ts";

/** The files that decide what a model computes. */
const FILES = ["config.json", "model.safetensors", "tokenizer.json"] as const;

/**
 * SHA-256, in hexadecimal, over a model folder's configuration, weights and tokenizer: folders that compute the same
 * from the same files have the same one, wherever they lie.
 *
 * @throws Error naming the file that is missing
 *
 * @example
 * ```ts
 * import { tinyModel } from "./tiny_model.ts";
 * import { fingerprint } from "./fingerprint.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * equal((await fingerprint(folder)).length, 64);
 * ```
 */
export async function fingerprint(folder: string): Promise<string> {
  const parts: string[] = [];
  for (const name of FILES) {
    const bytes = await readFile(`${folder}/${name}`, "Name a model folder that has it");
    parts.push(`${name} ${sha256(bytes)}`);
  }
  return sha256(parts.join("\n"));
}
