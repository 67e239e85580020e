/** What a model is, as a hash. @module */

import { namesIn } from "../look.ts";
import { sha256 } from "../sha256.ts";
import { CRF_FILE, TOKENIZER_SETTINGS, VOCABULARY_FILES } from "./folder_files.ts";
import { sha256Of } from "./hash_file.ts";
import { weightFiles } from "./weight_files.ts";

/**
 * SHA-256, in hexadecimal, over the files of a model folder that decide what it computes: configuration, weights, a tagger's
 * transitions, and `tokenizer.json` or, where there is none, the files that stand in for it. Folders that compute the same from the same
 * files have the same one, wherever they lie.
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
  const present = new Set(await namesIn(folder));
  const config = present.has("config.json") ? ["config.json"] : missing(folder, "config.json");
  const { files: weights } = await weightFiles(folder);
  const tokenizer = present.has("tokenizer.json")
    ? ["tokenizer.json"]
    : VOCABULARY_FILES.some((name) => present.has(name))
    ? [...VOCABULARY_FILES, ...TOKENIZER_SETTINGS].filter((name) => present.has(name))
    : missing(folder, "tokenizer.json");
  const parts: string[] = [];
  const layer = present.has(CRF_FILE) ? [CRF_FILE] : [];
  for (const name of [...config, ...weights, ...layer, ...tokenizer]) {
    parts.push(`${name} ${await sha256Of(`${folder}/${name}`)}`);
  }
  return sha256(parts.join("\n"));
}

function missing(folder: string, name: string): never {
  throw new Error(`${folder}/${name}: missing. Name a model folder that has it.`);
}
