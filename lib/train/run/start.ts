/** Where a recipe's model comes from. @module */

import type { Architecture } from "../../architectures/architecture.ts";
import { type Head, modelParameters } from "../../architectures/heads.ts";
import { type Config, readConfig } from "../../checkpoint/config.ts";
import { storedNames } from "../../checkpoint/stored_name.ts";
import { openWeights, type Weights } from "../../checkpoint/weights.ts";
import type { Tensor } from "../../onnx/tensor.ts";
import { inMemory, type LazyTensor, type TensorSource } from "../../onnx/tensor_source.ts";
import { Tokenizer } from "../../tokenizers/tokenizer.ts";
import { CASED_BERT, countWords, UNCASED_BERT } from "../../tokenizers/train/count_words.ts";
import { trainWordPiece } from "../../tokenizers/train/train_wordpiece.ts";
import { BYTE_LEVEL, trainBpe } from "../../tokenizers/train/train_bpe.ts";
import { CAUSAL_BPE_TOKENS, UNIGRAM_TOKENS } from "../../tokenizers/train/special_tokens.ts";
import { LOWER_CASE_WORDS, trainUnigram } from "../../tokenizers/train/train_unigram.ts";
import { writeBpe } from "../../tokenizers/train/write_bpe.ts";
import { writeUnigram } from "../../tokenizers/train/write_unigram.ts";
import { writeWordPiece } from "../../tokenizers/train/write_word_piece.ts";
import { writeFile } from "../../write_file.ts";
import { initialize } from "../initialize.ts";
import { initializeT5 } from "../initialize_t5.ts";
import { verify } from "../read_verified.ts";
import type { Checkpoint, Scratch, ScratchGpt2, ScratchT5 } from "../recipe.ts";

/** A model before training; its weights are read when they are asked for. */
export interface Start {
  readonly config: Config;
  readonly architecture: Architecture;
  readonly head: Head;
  readonly tokenizer: Tokenizer;
  readonly weights: TensorSource;
  /** The folder that has the tokenizer's files. */
  readonly folder: string;
}

/**
 * A checkpoint with the head that a task needs: its own, or a new one where it has none.
 *
 * @param labels of a token classifier, in the order of their ids; a checkpoint that has such a head must have the same
 * @throws Error in one line, with file, tensor and expectation, where the checkpoint is not the one that the recipe names, is of
 * another kind, lacks a tensor, or was made for other labels
 */
export async function startFromCheckpoint(
  start: Checkpoint,
  checkpoints: string,
  head: Head,
  seed: number,
  labels: readonly string[] = [],
): Promise<Start> {
  const folder = `${checkpoints}/${start.folder}`;
  await verify(`${folder}/${start.file}`, start);
  return await openStart(folder, head, seed, labels);
}

/**
 * A model folder as a start, whatever its weights are; otherwise as {@linkcode startFromCheckpoint}.
 *
 * @throws Error as that does
 */
export async function openStart(
  folder: string,
  head: Head,
  seed: number,
  labels: readonly string[] = [],
): Promise<Start> {
  const { config, architecture } = await readConfig(folder);
  const weights = await openWeights(folder);
  const own = modelParameters(architecture, { kind: "none" });
  const shapes = modelParameters(architecture, head);
  const isNew = (name: string) => !own.has(name);
  if (labels.length > 0 && [...shapes.keys()].some((name) => isNew(name) && weights.has(name))) {
    sameLabels(`${folder}/config.json`, config, labels);
  }
  const nameOf = storedNames(weights, architecture);
  const source = new Map<string, LazyTensor>();
  for (const [name, shape] of shapes) {
    const stored = nameOf(name, shape);
    if (stored === undefined && !isNew(name)) {
      throw new Error(
        `${
          weights.files[0]
        }: no tensor ${name}. Name the folder of a ${architecture.modelType} with all its layers.`,
      );
    }
    source.set(
      name,
      stored === undefined ? inMemory(initialize(name, shape, seed)) : lazy(weights, stored, shape),
    );
  }
  return { config, architecture, head, tokenizer: await Tokenizer.open(folder), weights: source, folder };
}

/**
 * A BERT of random weights, with a WordPiece vocabulary of the texts.
 *
 * @param maxLength pieces of the longest text that it is trained on
 * @param folder where the tokenizer's files and `config.json` are written
 */
export async function startFromScratch(
  start: Scratch,
  maxLength: number,
  texts: readonly string[],
  folder: string,
  seed: number,
): Promise<Start> {
  const { cased = false } = start;
  const words = countWords(texts, cased ? CASED_BERT : UNCASED_BERT);
  const pieces = trainWordPiece(words, { size: start.vocabulary });
  await writeWordPiece(folder, pieces, Math.min(start.positions, maxLength), { cased });
  const sizes = {
    model_type: "bert",
    vocab_size: pieces.length,
    hidden_size: start.hidden,
    num_hidden_layers: start.layers,
    num_attention_heads: start.heads,
    intermediate_size: start.intermediate,
    max_position_embeddings: start.positions,
  };
  return await startOf(folder, sizes, (name, shape) => initialize(name, shape, seed, start.spread));
}

/**
 * A GPT-2 of random weights, with a byte-level vocabulary of the texts.
 *
 * @param folder where the tokenizer's files and `config.json` are written
 */
export async function startGpt2FromScratch(
  start: ScratchGpt2,
  texts: readonly string[],
  folder: string,
  seed: number,
): Promise<Start> {
  const words = countWords(texts, { ...BYTE_LEVEL, special: CAUSAL_BPE_TOKENS });
  const bpe = trainBpe(words, { size: start.vocabulary, special: CAUSAL_BPE_TOKENS });
  await writeBpe(folder, bpe, start.positions);
  const sizes = {
    ...{ model_type: "gpt2", vocab_size: bpe.pieces.length, n_embd: start.hidden, n_layer: start.layers },
    ...{ n_head: start.heads, n_inner: start.intermediate, n_positions: start.positions },
    ...{ bos_token_id: 0, eos_token_id: 0 }, // the one token that the vocabulary begins with
  };
  return await startOf(folder, sizes, (name, shape) => initialize(name, shape, seed, start.spread));
}

/** T5's sentinels. */
const SENTINELS = 100;

/**
 * A T5 of random weights, with a unigram vocabulary of the texts.
 *
 * @param texts each as often as it is trained on
 * @param folder where the tokenizer's files and `config.json` are written
 */
export async function startT5FromScratch(
  start: ScratchT5,
  texts: readonly string[],
  folder: string,
  seed: number,
): Promise<Start> {
  const words = countWords(texts, { ...LOWER_CASE_WORDS, special: [] });
  const size = start.vocabulary - SENTINELS;
  const pieces = trainUnigram(words, { size, special: UNIGRAM_TOKENS, wholeWords: true });
  await writeUnigram(folder, pieces, {
    ...{ maxLength: start.positions, sentinels: SENTINELS, splitting: LOWER_CASE_WORDS },
  });
  const sizes = {
    ...{ model_type: "t5", is_encoder_decoder: true, vocab_size: pieces.length + SENTINELS },
    ...{ d_model: start.hidden, d_kv: start.headSize, d_ff: start.intermediate, num_heads: start.heads },
    ...{ num_layers: start.layers, num_decoder_layers: start.decoderLayers, n_positions: start.positions },
    ...{ feed_forward_proj: "relu", dropout_rate: 0.1, layer_norm_epsilon: 1e-6 },
    ...{ relative_attention_num_buckets: 32, relative_attention_max_distance: 128 },
    ...{ tie_word_embeddings: true, pad_token_id: 0, eos_token_id: 1, decoder_start_token_id: 0 },
  };
  return await startOf(folder, sizes, (name, shape) => initializeT5(name, shape, seed, start));
}

/** Writes a configuration beside a tokenizer's files, and gives the language model that they describe, with new weights. */
async function startOf(
  folder: string,
  sizes: Config,
  made: (name: string, shape: readonly number[]) => Tensor<"float32">,
): Promise<Start> {
  await writeFile(`${folder}/config.json`, `${JSON.stringify(sizes, undefined, 2)}\n`);
  const { config, architecture } = await readConfig(folder);
  const head = { kind: "language-model" } as const;
  const shapes = modelParameters(architecture, head);
  const weights = new Map([...shapes].map(([name, shape]) => [name, inMemory(made(name, shape))]));
  return { config, architecture, head, tokenizer: await Tokenizer.open(folder), weights, folder };
}

/** The labels of a checkpoint's own head must be the recipe's: its columns mean them. */
function sameLabels(path: string, { id2label }: Config, labels: readonly string[]): void {
  const known = typeof id2label === "object" && id2label !== null ? Object.entries(id2label) : [];
  const names = known.sort(([a], [b]) => Number(a) - Number(b)).map(([, name]) => String(name));
  if (`${names}` === `${labels}` && names.length === labels.length) return;
  throw new Error(
    `${path}: id2label is ${names.join(", ")}, the recipe's labels are ${
      labels.join(", ")
    }: the label set changed. ` +
      "Name the checkpoint's labels in their order, or start from a model without a token classifier.",
  );
}

function lazy(weights: Weights, stored: string, shape: readonly number[]): LazyTensor<"float32"> {
  const { file } = weights.type(stored);
  return {
    dtype: "float32",
    shape,
    async *pieces() {
      for await (const piece of weights.pieces(stored)) yield float32(piece, `${file}: ${stored}`);
    },
  };
}

function float32(piece: Tensor["data"], where: string): Float32Array {
  if (piece instanceof Float32Array) return piece;
  if (piece instanceof Float16Array || piece instanceof Float64Array) return Float32Array.from(piece);
  throw new Error(`${where}: holds whole numbers, not weights. Name the folder of a model.`);
}
