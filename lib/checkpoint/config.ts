/** The `config.json` of a model folder. @module */

import { z } from "zod";
import { writeFile } from "../write_file.ts";
import { readJson } from "./read_json.ts";

const size = z.int("not a whole number above 0").positive("not a whole number above 0");
const probability = z.number().min(0).max(1);

const Bert = z.looseObject({
  model_type: z.literal("bert"),
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  intermediate_size: size,
  max_position_embeddings: size,
  type_vocab_size: size.default(2),
  layer_norm_eps: z.number().positive().default(1e-12),
  hidden_act: z.literal("gelu", "known is gelu").default("gelu"),
  pad_token_id: z.int().nonnegative().nullable().default(0),
  hidden_dropout_prob: probability.default(0.1),
  attention_probs_dropout_prob: probability.default(0.1),
}).refine((config) => config.hidden_size % config.num_attention_heads === 0, {
  path: ["hidden_size"],
  message: "not a multiple of num_attention_heads",
});

const KNOWN = { bert: Bert } as const;
const Typed = z.looseObject({ model_type: z.string() });

/** The configuration of a BERT, in the hub's own keys; keys that are not named here are kept. */
export type BertConfig = z.infer<typeof Bert>;

/**
 * Reads and checks `config.json`. Where a key is left out that has a default in Python's `BertConfig` (`type_vocab_size`,
 * `layer_norm_eps`, `hidden_act`, `pad_token_id`, dropout), it has that default; sizes must be there.
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
 * await Deno.writeTextFile(
 *   `${folder}/config.json`,
 *   JSON.stringify({ model_type: "bert", ...sizes, intermediate_size: 1024, max_position_embeddings: 512 }),
 * );
 * const config = await readConfig(folder);
 * equal(config.hidden_act, "gelu");
 * await writeConfig(folder, { ...config, architectures: ["BertForMaskedLM"] });
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function readConfig(folder: string): Promise<BertConfig> {
  const path = `${folder}/config.json`;
  const { model_type } = await readJson(path, Typed);
  if (!Object.hasOwn(KNOWN, model_type)) {
    throw new Error(`${path}: model_type is "${model_type}". Known are ${Object.keys(KNOWN).join(", ")}.`);
  }
  return await readJson(path, Bert);
}

/**
 * Writes `config.json`, beside and then renamed, keys in the order of their names.
 *
 * @example See {@linkcode readConfig}.
 */
export async function writeConfig(folder: string, config: BertConfig): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(config).sort(([a], [b]) => a < b ? -1 : 1));
  await writeFile(`${folder}/config.json`, `${JSON.stringify(sorted, undefined, 2)}\n`);
}
