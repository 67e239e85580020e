/** Going on with the training of a causal language model, on letters. @module */

import type { Decoder } from "../architectures/architecture.ts";
import { checkWhole } from "../check_whole.ts";
import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import { saveModel } from "../checkpoint/model.ts";
import { copyTokenizer } from "../checkpoint/tokenizer_files.ts";
import type { Letter } from "../corpus/letter.ts";
import { progress } from "../progress.ts";
import { hasRole } from "../tokenizers/special_tokens.ts";
import { CausalLM } from "../train/causal_lm.ts";
import { denseLayers } from "../train/lora/dense_layers.ts";
import { lora, type LoraOptions } from "../train/lora/lora.ts";
import { mergeAdapter } from "../train/lora/merge.ts";
import { openStart, type Start } from "../train/run/start.ts";
import { allOf } from "../train/run/write_model.ts";
import { train } from "../train/trainer.ts";

/** Low-rank adaptation; defaults are those of Vakili et al. 2025. */
export interface CausalLora {
  /** Default 8. */
  readonly rank?: number;
  /** Default 32. */
  readonly alpha?: number;
  /** The layers that are adapted, by the ends of their names. Default the one that makes queries, keys and values. */
  readonly targets?: readonly string[];
  /** What the frozen dense layers are held in while the adapter is trained. Default float32. */
  readonly base?: "float32" | "int8" | "int4";
}

/** How a causal language model is adapted to letters. */
export interface CausalAdaptation {
  /** The decoder to start from: a folder of the models folder by its name, or a folder by its path. */
  readonly model: string;
  /** How often each piece of the letters is seen, about. */
  readonly epochs: number;
  /** Ends the training, however much an epoch is. Left out: epochs alone decide. */
  readonly mostSteps?: number;
  /** Decides the order of the text and what drops out. */
  readonly seed: number;
  /** At its peak, after the first tenth of the steps; then it falls to 0. Default 5e-4, which suits small decoders and adapters. */
  readonly learningRate?: number;
  /** Windows a step, fewer where the letters have no more. Default 8. */
  readonly batch?: number;
  /** Pieces a window, fewer where the letters have no more. Default 256, or as many as the model takes. */
  readonly length?: number;
  /** Trains a low-rank adapter, which is then worked into the weights. Left out: all of the model is trained. */
  readonly lora?: CausalLora;
}

/** Fewer pieces than that teach nothing. */
const LEAST = 16;
const BLOCK = 32;

/**
 * Trains a causal language model further on letters (plain language modelling, as Vakili et al. 2025 adapt theirs), and writes the model
 * folder, from which `CausalSampler` samples. The letters are joined, each ended by the piece that ends texts, so that the model
 * learns where letters begin and end. The same letters, options and number of threads give the same weights.
 *
 * @param folder where the new model is written, in float16
 * @throws {Error} where there is no such decoder, it has no piece that ends texts, an option cannot be, or the letters have fewer than 16
 * pieces
 *
 * @example
 * ```ts
 * import { fingerprint } from "../checkpoint/fingerprint.ts";
 * import { tinyGpt2 } from "../fill/causal/tiny_gpt2.ts";
 * import { adaptCausal } from "./adapt_causal.ts";
 * import { notEqual } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyGpt2(`${models}/tiny`);
 * const letters = ["a", "b"].map((id) => ({ id, text: "No fever was seen today. ".repeat(9), spans: [], meta: {} }));
 * await adaptCausal(letters, { model: "tiny", epochs: 1, batch: 1, seed: 42 }, `${models}/adapted`, { models });
 * notEqual(await fingerprint(`${models}/adapted`), await fingerprint(`${models}/tiny`));
 * ```
 */
export async function adaptCausal(
  letters: readonly Letter[],
  options: CausalAdaptation,
  folder: string,
  { models, threads }: ModelOptions = {},
): Promise<void> {
  const { model: name, epochs, mostSteps = Infinity, seed, learningRate = 5e-4 } = options;
  if (!(epochs > 0)) throw new Error(`epochs ${epochs}: choose a number above 0.`);
  if (mostSteps !== Infinity) checkWhole("mostSteps", mostSteps);
  const source = await findModel(name, models === undefined ? {} : { models });
  const start = await openStart(source, { kind: "language-model" }, seed);
  const { tokenizer } = start;
  const decoder = decoderOf(start, source);
  if (!hasRole(tokenizer.special, "eos")) {
    throw new Error(`${source}: no end-of-text: the tokenizer names no piece that ends texts. Name another.`);
  }
  const documents = letters.map(({ text }) => tokenizer.encode(text));
  const batch = shapeOf(documents, Math.min(decoder.positions, tokenizer.maxLength), options);
  const task = new CausalLM(decoder, documents, tokenizer.special.eos, { batch, seed });
  const steps = Math.min(mostSteps, Math.max(1, Math.round(epochs * task.batchesPerEpoch)));
  const low = options.lora && await adapterOf(start, options.lora, seed);
  const parameters = low?.parameters ?? await allOf(start.weights);
  const bar = progress(`adapt ${name}`, steps, { unit: "steps" });
  const how = {
    ...{ steps, learningRate, warmUp: 0.1, dropout: seed },
    ...low && { base: low.base },
    ...threads !== undefined && { threads },
  };
  try {
    for await (const { step, loss } of train(parameters, task, how)) {
      bar.update(step, `loss ${loss.toFixed(3)}`);
    }
  } finally {
    await bar.done();
  }
  const whole = low ? await allOf(mergeAdapter(start, { ...low.options, tensors: parameters })) : parameters;
  await copyTokenizer(source, folder);
  await saveModel({ ...start, parameters: whole }, folder, "float16");
}

function decoderOf({ architecture }: Start, folder: string): Decoder {
  if (architecture.kind === "decoder") return architecture;
  throw new Error(
    `${folder}: ${architecture.modelType} is of the kind ${architecture.kind}, wanted is one of the kind decoder. ` +
      "Name another folder.",
  );
}

/** Windows a batch and pieces a window: as asked for, or what little text gives. */
function shapeOf(
  documents: readonly (readonly number[])[],
  longest: number,
  { batch = 8, length = Math.min(256, longest) }: CausalAdaptation,
): [windows: number, length: number] {
  checkWhole("batch", batch);
  checkWhole("length", length);
  if (length > longest) throw new Error(`length ${length}: the model takes ${longest} pieces. Choose fewer.`);
  const pieces = documents.reduce((sum, document) => sum + document.length + 1, 0);
  if (pieces < LEAST) {
    throw new Error(
      `${documents.length} letters of ${pieces} pieces in all: too little to adapt to. Give ${LEAST} or more.`,
    );
  }
  // An epoch begins up to a window behind the text's beginning, and the last window is followed by a piece.
  const fits = Math.min(length, Math.floor((pieces - 1) / 2));
  return [Math.min(batch, Math.floor((pieces - 1) / fits) - 1), fits];
}

/** What makes queries, keys and values: GPT-2's name, BLOOM's, and that of models that make them apart. */
const ATTENTION = [["c_attn"], ["query_key_value"], ["q_proj", "k_proj", "v_proj"]] as const;

async function adapterOf(start: Start, given: CausalLora, seed: number) {
  const { rank = 8, alpha = 32, base = "float32" } = given;
  const names = new Set(
    denseLayers(start.architecture, start.head).map(({ name }) => name.split(".").at(-1)),
  );
  const targets = given.targets ?? ATTENTION.find((some) => some.every((name) => names.has(name)));
  if (!targets) throw new Error(`lora: name targets among the layers: ${[...names].join(", ")}.`);
  const bits = base === "int4" ? 4 : 8;
  const options: LoraOptions = {
    ...{ rank, alpha, targets, seed },
    ...base !== "float32" && { base: { bits, blockSize: BLOCK } },
  };
  return await lora(start, options);
}
