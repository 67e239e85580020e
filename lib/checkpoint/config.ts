/** The `config.json` of a model folder. @module */

import { z } from "zod";
import type { Architecture } from "../architectures/architecture.ts";
import { families } from "../architectures/families.ts";
import { writeFile } from "../write_file.ts";
import { checkJson, readJson } from "./read_json.ts";

const Json = z.record(z.string(), z.unknown());
const Typed = z.looseObject({ model_type: z.string() });

/** The keys of a `config.json`, as the hub's checkpoints have them; those that no architecture reads are kept. */
export type Config = Readonly<Record<string, unknown>>;

/**
 * Reads `config.json` and the architecture that it describes. A key that is left out and has a default in Python's
 * configuration has it here too; sizes must be there.
 *
 * @throws Error in one line, with file, key and value, where the file is missing or half-written, its `model_type` unknown, or a
 * value does not fit
 *
 * @example
 * ```ts
 * import { readConfig, writeConfig } from "./config.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const sizes = { vocab_size: 8192, hidden_size: 256, num_hidden_layers: 4, num_attention_heads: 4 };
 * await writeConfig(folder, {
 *   model_type: "bert", ...sizes, intermediate_size: 1024, max_position_embeddings: 512,
 * });
 * const { config, architecture } = await readConfig(folder);
 * equal(config["hidden_size"], architecture.hidden);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function readConfig(folder: string): Promise<{ config: Config; architecture: Architecture }> {
  const path = `${folder}/config.json`;
  const { model_type: type } = await readJson(path, Typed);
  const family = families.get(type);
  if (!family) {
    throw new Error(`${path}: model_type is "${type}". Known are ${[...families.keys()].join(", ")}.`);
  }
  const config = await readJson(path, Json);
  return { config, architecture: checkJson(path, config, () => family(config)) };
}

/**
 * Writes `config.json`, beside and then renamed, keys in the order of their names.
 *
 * @example See {@linkcode readConfig}.
 */
export async function writeConfig(folder: string, config: Config): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(config).sort(([a], [b]) => a < b ? -1 : 1));
  await writeFile(`${folder}/config.json`, `${JSON.stringify(sorted, undefined, 2)}\n`);
}
