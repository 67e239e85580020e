/** A model folder in the hub's layout, as one value. @module */

import type { Architecture, Encoder } from "../architectures/architecture.ts";
import { type Head, modelParameters } from "../architectures/heads.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Config, readConfig, writeConfig } from "./config.ts";
import { float32 } from "./float.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { Tokenizer } from "./tokenizer.ts";

/** A model: what a folder with `config.json`, a tokenizer and weights holds. */
export interface Model<A extends Architecture = Architecture> {
  /** The folder's name. */
  readonly name: string;
  readonly config: Config;
  readonly architecture: A;
  readonly head: Head;
  readonly tokenizer: Tokenizer;
  /**
   * The longest input in pieces, special ones included: what the tokenizer's configuration says the model was made for, at
   * most the model's positions. Beyond it, positions are there but untrained.
   */
  readonly maxLength: number;
  /** In float32, by the names of the hub's checkpoints. */
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
 * Opens a model folder with the head that is wanted; tensors of other heads are left in the file. A checkpoint of the bare
 * architecture (names without its prefix) is read as well.
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
 * equal((await openModel(folder, { kind: "language-model" })).name, "tiny");
 * ```
 */
export async function openModel(folder: string, head: Head, options: OpenOptions = {}): Promise<Model> {
  const { config, architecture } = await readConfig(folder);
  const tokenizer = await Tokenizer.open(folder);
  const path = `${folder}/model.safetensors`;
  const { tensors } = await readSafetensors(path);
  const { prefix } = architecture;
  const parameters = new Map<string, Tensor<"float32">>();
  for (const [name, shape] of modelParameters(architecture, head)) {
    const stored = tensors.get(name) ??
      (name.startsWith(prefix) ? tensors.get(name.slice(prefix.length)) : undefined);
    if (stored && `${stored.shape}` !== `${shape}`) {
      throw new Error(
        `${path}: ${name} is [${stored.shape}], config.json asks for [${shape}]. Put the files of one model together.`,
      );
    }
    const tensor = stored ? float32(stored, name) : options.missing?.(name, shape);
    if (!tensor) {
      throw new Error(
        `${path}: no tensor ${name}. Name the folder of a ${config["model_type"]} with ${
          head.kind === "none" ? "all its layers" : `a ${head.kind} head`
        }.`,
      );
    }
    parameters.set(name, tensor);
  }
  const maxLength = Math.min(architecture.positions, tokenizer.maxLength);
  return { name: baseName(folder), config, architecture, head, tokenizer, maxLength, parameters };
}

/**
 * Opens the folder of an encoder, as {@linkcode openModel} does.
 *
 * @throws Error also where the folder holds another kind of model
 */
export async function openEncoder(
  folder: string,
  head: Head,
  options: OpenOptions = {},
): Promise<Model<Encoder>> {
  const model = await openModel(folder, head, options);
  return { ...model, architecture: model.architecture };
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
 * await saveModel(await openModel(`${folder}/a`, { kind: "language-model" }), `${folder}/b`, "float32");
 * ```
 */
export async function saveModel(
  model: Pick<Model, "config" | "architecture" | "head" | "parameters">,
  folder: string,
  dtype: "float16" | "float32",
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const architectures = [model.architecture.className(model.head)];
  await writeConfig(folder, { ...model.config, architectures, torch_dtype: dtype });
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
