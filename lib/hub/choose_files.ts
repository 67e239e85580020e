/** Which files of a model are worth fetching. @module */

import { TOKENIZER_SETTINGS, VOCABULARY_FILES } from "../checkpoint/folder_files.ts";
import { preferredWeights } from "../checkpoint/weight_files.ts";
import { HubError } from "./hub_error.ts";
import type { HubFile } from "./hub_listing.ts";

const NAMES = new Set<string>([
  "config.json",
  "generation_config.json",
  "tokenizer.json",
  "chat_template.jinja",
  ...VOCABULARY_FILES,
  ...TOKENIZER_SETTINGS,
]);
const PAPERS = /^(README\.md|(LICEN[CS]E|NOTICE|COPYING|USE_POLICY|MODEL_CARD)[\w.-]*)$/i;

/**
 * The files that make a model folder here: configuration, tokenizer, model card and licence, and the weights in the first of
 * the forms that `openWeights()` prefers. Other forms of the same weights stay where they are.
 *
 * @param readIndex gives the names of the shards that an index names
 * @throws {HubError} in one line where the model has no configuration, no weights in a form that is read here, or not all shards
 *
 * @example
 * ```ts
 * import { chooseFiles } from "./choose_files.ts";
 * import { deepEqual } from "node:assert/strict";
 * const hash = { algorithm: "git-sha1", hex: "0".repeat(40) } as const;
 * const files = ["config.json", "pytorch_model.bin", "model.safetensors", "onnx/model.onnx"].map((path) => ({ path, size: 1, hash }));
 * const chosen = await chooseFiles("a/b", files, () => Promise.resolve([]));
 * deepEqual(chosen.map(({ path }) => path), ["config.json", "model.safetensors"]);
 * ```
 */
export async function chooseFiles(
  model: string,
  files: readonly HubFile[],
  readIndex: (file: HubFile) => Promise<readonly string[]>,
): Promise<HubFile[]> {
  const byName = new Map(files.filter(({ path }) => !path.includes("/")).map((file) => [file.path, file]));
  const get = (name: string) => {
    const file = byName.get(name);
    if (file) return file;
    throw new HubError(`${model} has no file ${name}. Choose another model, or another revision.`);
  };
  get("config.json");
  const first = preferredWeights(byName.keys());
  if (first === undefined) {
    const others = [...byName.keys()].filter((name) => /\.(h5|msgpack|gguf|onnx|pt|ckpt)$/.test(name)).join(
      ", ",
    );
    throw new HubError(
      `${model} has neither model.safetensors nor pytorch_model.bin${others && `, but ${others}`}. ` +
        "Choose another model, or another revision.",
    );
  }
  const shards = first.endsWith(".json") ? await readIndex(get(first)) : [];
  const weights = [first, ...shards].map(get);
  const others = [...byName.values()].filter(({ path }) => NAMES.has(path) || PAPERS.test(path));
  return [...others.sort((a, b) => a.path < b.path ? -1 : 1), ...weights]; // what is small comes first
}
