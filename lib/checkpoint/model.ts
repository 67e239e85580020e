/** A model folder in the hub's layout, as one value. @module */

import { maskedLMParameters } from "../architectures/parameters.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type BertConfig, readConfig, writeConfig } from "./config.ts";
import { float32 } from "./float.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { Tokenizer } from "./tokenizer.ts";

/** A masked language model: what a folder with `config.json`, `tokenizer.json` and `model.safetensors` holds. */
export interface Model {
  /** The folder's name. */
  readonly name: string;
  readonly config: BertConfig;
  readonly tokenizer: Tokenizer;
  /**
   * The longest input in pieces, special ones included: what the tokenizer's configuration says the model was made for, at
   * most the model's positions. Beyond it, positions are there but untrained.
   */
  readonly maxLength: number;
  /** In float32, by the names of `BertForMaskedLM`. */
  readonly parameters: Map<string, Tensor<"float32">>;
}

export interface OpenOptions {
  /** Makes a parameter that the checkpoint lacks, such as a new head. Left out: a missing parameter is an error. */
  readonly missing?: (name: string, shape: readonly number[]) => Tensor<"float32">;
}

/** The files of a tokenizer in the hub's layout; the first is needed, the others help other programs. */
export const TOKENIZER_FILES = [
  "tokenizer.json",
  "tokenizer_config.json",
  "special_tokens_map.json",
  "vocab.txt",
] as const;

/**
 * Opens a model folder. A checkpoint of the bare encoder (`BertModel`, names without `bert.`) is read as well.
 *
 * @throws Error in one line, with file and tensor, where the folder is missing, half-written, or its files do not fit
 * each other
 *
 * @example
 * ```ts
 * import { tinyModel } from "./tiny_model.ts";
 * import { openModel } from "./model.ts";
 * import { equal } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * equal((await openModel(folder)).name, "tiny");
 * ```
 */
export async function openModel(folder: string, options: OpenOptions = {}): Promise<Model> {
  const config = await readConfig(folder);
  const tokenizer = await Tokenizer.open(folder);
  const path = `${folder}/model.safetensors`;
  const { tensors } = await readSafetensors(path);
  const parameters = new Map<string, Tensor<"float32">>();
  for (const [name, shape] of maskedLMParameters(config)) {
    const stored = tensors.get(name) ?? tensors.get(name.replace(/^bert\./, ""));
    if (stored && `${stored.shape}` !== `${shape}`) {
      throw new Error(
        `${path}: ${name} is [${stored.shape}], config.json asks for [${shape}]. Put the files of one model together.`,
      );
    }
    const tensor = stored ? float32(stored, name) : options.missing?.(name, shape);
    if (!tensor) {
      throw new Error(`${path}: no tensor ${name}. Name the folder of a BERT with a masked-LM head.`);
    }
    parameters.set(name, tensor);
  }
  const maxLength = Math.min(config.max_position_embeddings, tokenizer.maxLength);
  return { name: baseName(folder), config, tokenizer, maxLength, parameters };
}

/**
 * Writes `config.json` and `model.safetensors` (weights last, so that a folder with weights is a whole one). The
 * tokenizer's files are the caller's: {@linkcode copyTokenizer}, or a newly trained one.
 *
 * @throws Error naming the tensor where a value overflows float16
 *
 * @example
 * ```ts
 * import { tinyModel } from "./tiny_model.ts";
 * import { copyTokenizer, openModel, saveModel } from "./model.ts";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(`${folder}/a`, { pieces: ["fever"], positions: 16 });
 * await copyTokenizer(`${folder}/a`, `${folder}/b`);
 * await saveModel(await openModel(`${folder}/a`), `${folder}/b`, "float32");
 * ```
 */
export async function saveModel(
  model: Pick<Model, "config" | "parameters">,
  folder: string,
  dtype: "float16" | "float32",
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await writeConfig(folder, { ...model.config, architectures: ["BertForMaskedLM"], torch_dtype: dtype });
  await writeSafetensors(`${folder}/model.safetensors`, model.parameters, { dtype });
}

/**
 * Copies the tokenizer's files that are there, with truncation and padding to a fixed length taken out.
 *
 * @param maxLength the longest input that the model is made for from now on
 */
export async function copyTokenizer(from: string, to: string, maxLength?: number): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for (const name of TOKENIZER_FILES) {
    const text = await Deno.readTextFile(`${from}/${name}`).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    });
    if (text === undefined) continue;
    const changes = name === "tokenizer.json"
      ? { truncation: null, padding: null }
      : name === "tokenizer_config.json" && maxLength !== undefined
      ? { model_max_length: maxLength }
      : undefined;
    const content = changes ? `${JSON.stringify({ ...JSON.parse(text), ...changes })}\n` : text;
    await Deno.writeTextFile(`${to}/${name}`, content);
  }
}

function baseName(folder: string): string {
  return folder.replace(/[/\\]+$/, "").split(/[/\\]/).at(-1) ?? folder;
}
