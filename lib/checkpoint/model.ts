/** A model folder in the hub's layout, as one value. @module */

import type { Architecture, Decoder, Encoder, EncoderDecoder } from "../architectures/architecture.ts";
import { type Head, modelParameters } from "../architectures/heads.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Config, readConfig, writeConfig } from "./config.ts";
import { writeSafetensors } from "./safetensors.ts";
import { storedNames } from "./stored_name.ts";
import { Tokenizer } from "../tokenizers/tokenizer.ts";
import { openWeights } from "./weights.ts";

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

/**
 * Opens a model folder with the head that is wanted; tensors of other heads are left in the file. Weights may be in any of
 * the files that {@linkcode openWeights} reads, under any of the names that {@linkcode storedNames} knows.
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
  const weights = await openWeights(folder);
  const nameOf = storedNames(weights, architecture);
  const parameters = new Map<string, Tensor<"float32">>();
  for (const [name, shape] of modelParameters(architecture, head)) {
    const stored = nameOf(name, shape);
    const tensor = stored === undefined ? options.missing?.(name, shape) : await weights.float32(stored);
    if (!tensor) {
      throw new Error(
        `${weights.files[0]}: no tensor ${name}. Name the folder of a ${config["model_type"]} with ${
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
  return await openOfKind("encoder", folder, head, options);
}

/**
 * Opens the folder of a decoder, as {@linkcode openModel} does.
 *
 * @throws Error also where the folder holds another kind of model
 */
export async function openDecoder(
  folder: string,
  head: Head,
  options: OpenOptions = {},
): Promise<Model<Decoder>> {
  return await openOfKind("decoder", folder, head, options);
}

/**
 * Opens the folder of an encoder-decoder, as {@linkcode openModel} does.
 *
 * @throws Error also where the folder holds another kind of model
 */
export async function openEncoderDecoder(
  folder: string,
  head: Head,
  options: OpenOptions = {},
): Promise<Model<EncoderDecoder>> {
  return await openOfKind("encoder-decoder", folder, head, options);
}

async function openOfKind<K extends Architecture["kind"]>(
  kind: K,
  folder: string,
  head: Head,
  options: OpenOptions,
): Promise<Model<Extract<Architecture, { kind: K }>>> {
  const { architecture } = await readConfig(folder); // asked before memory is spent on the weights
  if (isOfKind(kind, architecture)) return { ...await openModel(folder, head, options), architecture };
  throw new Error(
    `${folder}: ${architecture.modelType} is of the kind ${architecture.kind}, wanted is one of the kind ${kind}. Name another folder.`,
  );
}

function isOfKind<K extends Architecture["kind"]>(
  kind: K,
  architecture: Architecture,
): architecture is Extract<Architecture, { kind: K }> {
  return architecture.kind === kind;
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
 * import { openModel, saveModel } from "./model.ts";
 * import { copyTokenizer } from "./tokenizer_files.ts";
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

function baseName(folder: string): string {
  return folder.replace(/[/\\]+$/, "").split(/[/\\]/).at(-1) ?? folder;
}
