/** The files of a tokenizer that a new model folder takes along. @module */

import { readFile } from "../read_file.ts";
import type { Blueprint } from "../tokenizers/blueprint.ts";
import { readSettings } from "../tokenizers/folder/config_files.ts";
import { readBlueprint } from "../tokenizers/folder/read_blueprint.ts";
import { writeFiles } from "../write_file.ts";

/** Those that transformers.js, Python's transformers or this project look for. */
const NAMES = [
  ...["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"],
  ...["vocab.txt", "vocab.json", "merges.txt", "spiece.model", "sentencepiece.bpe.model", "tokenizer.model"],
  ...["generation_config.json", "chat_template.jinja"],
] as const;

/** What Python's `tokenizers` wants to be told, by the type of a part; older files leave it to the tokenizer's class. */
const SAID: Readonly<Record<string, object>> = {
  WordPiece: { continuing_subword_prefix: "##", max_input_chars_per_word: 100 },
  BPE: {
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
  },
  ByteLevel: { add_prefix_space: true, trim_offsets: true, use_regex: true },
};
const MODELS = new Set(["WordPiece", "BPE", "Unigram"]);

/**
 * The contents of a folder's tokenizer files by name, as they are, but for truncation and padding to a fixed length, which
 * are taken out of `tokenizer.json`: whoever encodes decides on these. Where there are only older files (`vocab.txt`,
 * `vocab.json` with `merges.txt`, a SentencePiece model), a `tokenizer.json` that cuts texts in the same way is added, as
 * transformers.js wants it, and a `tokenizer_config.json` where that is missing too. BioGPT's and GPT-SW3's tokenizers have
 * no such form: their files stay as they are.
 *
 * @param maxLength the longest input that the model is made for from now on; left out: as before
 * @throws Error in one line where there is no tokenizer or a file is half-written
 *
 * @example
 * ```ts
 * import { tinyModel } from "./tiny_model.ts";
 * import { tokenizerFiles } from "./tokenizer_files.ts";
 * import { ok } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * await Deno.remove(`${folder}/tokenizer.json`);
 * ok("tokenizer.json" in await tokenizerFiles(folder));
 * ```
 */
export async function tokenizerFiles(
  folder: string,
  maxLength?: number,
): Promise<Record<string, string | Uint8Array>> {
  const blueprint = await readBlueprint(folder);
  const files: Record<string, string | Uint8Array> = {};
  for (const name of NAMES) {
    const bytes = await ifThere(`${folder}/${name}`);
    if (bytes === undefined) continue;
    const changes = name === "tokenizer.json"
      ? { truncation: null, padding: null }
      : name === "tokenizer_config.json" && maxLength !== undefined
      ? { model_max_length: maxLength }
      : undefined;
    files[name] = changes ? changed(bytes, changes, `${folder}/${name}`) : bytes;
  }
  const { type } = blueprint.model;
  if (!files["tokenizer.json"] && typeof type === "string" && MODELS.has(type)) {
    files["tokenizer.json"] = asTokenizerJson(blueprint);
    files["tokenizer_config.json"] ??= await asTokenizerConfig(folder, blueprint, maxLength);
  }
  return files;
}

/** Copies these files to another folder. */
export async function copyTokenizer(from: string, to: string, maxLength?: number): Promise<void> {
  const files = Object.entries(await tokenizerFiles(from, maxLength));
  await writeFiles(Object.fromEntries(files.map(([name, content]) => [`${to}/${name}`, content])));
}

async function ifThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && error.cause instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function changed(bytes: Uint8Array, changes: object, path: string): string {
  try {
    return `${JSON.stringify({ ...JSON.parse(new TextDecoder().decode(bytes)), ...changes })}\n`;
  } catch (error) {
    throw new Error(`${path}: not JSON, ${bytes.length} bytes: half-written? Fetch or write it again.`, {
      cause: error,
    });
  }
}

function asTokenizerJson(blueprint: Blueprint): string {
  const { added_tokens, normalizer, pre_tokenizer, post_processor, decoder, model } = blueprint;
  const said = (part: unknown) =>
    typeof part === "object" && part !== null && "type" in part
      ? { ...SAID[String(part.type)], ...part }
      : part ?? null;
  return `${
    JSON.stringify({
      ...{ version: "1.0", truncation: null, padding: null, added_tokens },
      ...{ normalizer: said(normalizer), pre_tokenizer: said(pre_tokenizer) },
      ...{ post_processor: said(post_processor), decoder: said(decoder), model: said(model) },
    })
  }\n`;
}

async function asTokenizerConfig(folder: string, { roles }: Blueprint, maxLength?: number): Promise<string> {
  const { family } = await readSettings(folder);
  const tokens = Object.entries(roles).map(([role, token]) => [`${role}_token`, token]);
  return `${
    JSON.stringify({
      tokenizer_class: family?.classes[0] ?? "PreTrainedTokenizerFast",
      ...Object.fromEntries(tokens),
      ...(maxLength !== undefined && { model_max_length: maxLength }),
    })
  }\n`;
}
