/** The files of a tokenizer that a converted folder takes along. @module */

import { readFile } from "../read_file.ts";

/** Those that transformers.js or Python's transformers look for; the first is needed. */
const NAMES = [
  "tokenizer.json",
  ...["tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "generation_config.json"],
  ...["vocab.txt", "vocab.json", "merges.txt", "spiece.model", "chat_template.jinja"],
] as const;

/**
 * The contents of a folder's tokenizer files by name, as they are, but for truncation and padding to a fixed length, which
 * are taken out of `tokenizer.json`: whoever encodes decides on these.
 *
 * @throws Error in one line where `tokenizer.json` is missing or half-written
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { tokenizerFiles } from "./tokenizer_files.ts";
 * import { ok } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * ok("tokenizer_config.json" in await tokenizerFiles(folder));
 * ```
 */
export async function tokenizerFiles(folder: string): Promise<Record<string, string | Uint8Array>> {
  const files: Record<string, string | Uint8Array> = {};
  for (const name of NAMES) {
    const path = `${folder}/${name}`;
    try {
      const bytes = await readFile(path, "Name a model folder that has it");
      files[name] = name === "tokenizer.json" ? withoutLengths(bytes, path) : bytes;
    } catch (error) {
      const absent = error instanceof Error && error.cause instanceof Deno.errors.NotFound;
      if (!absent || name === "tokenizer.json") throw error;
    }
  }
  return files;
}

function withoutLengths(bytes: Uint8Array, path: string): string {
  try {
    return `${
      JSON.stringify({ ...JSON.parse(new TextDecoder().decode(bytes)), truncation: null, padding: null })
    }\n`;
  } catch (error) {
    throw new Error(`${path}: not JSON, ${bytes.length} bytes: half-written? Fetch or write it again.`, {
      cause: error,
    });
  }
}
