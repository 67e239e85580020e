/** A training run as a file: everything that decides the model. @module */

import { z } from "zod";
import { decode } from "../decode.ts";
import { DEVICES } from "../onnx/device.ts";
import { readFile } from "../read_file.ts";
import { SCHEDULES } from "./schedule.ts";
import { LabelledSource, Sha256, TextSource } from "./texts/source.ts";

const share = z.number().positive().max(1);
const count = z.int().positive();

/** A model folder of the hub to start from. */
const Checkpoint = z.strictObject({
  kind: z.literal("checkpoint"),
  /** Below the folder of checkpoints. A head that it lacks is made new. */
  folder: z.string().min(1),
  /** Its file of weights, or the index of several. */
  file: z.string().min(1).default("model.safetensors"),
  /** Of that file. */
  sha256: Sha256,
  /** Where anyone gets it. */
  from: z.string().min(1),
  licence: z.string().min(1),
});

/** A BERT of random weights. */
const Scratch = z.strictObject({
  kind: z.literal("scratch"),
  /** Pieces of the WordPiece vocabulary that is trained on the texts. */
  vocabulary: z.int().min(100),
  /** Whether pieces keep their case and their accents. */
  cased: z.boolean().optional(),
  layers: count,
  hidden: count,
  heads: count,
  intermediate: count,
  positions: z.int().min(8),
  /** Standard deviation of the first weights. */
  spread: z.number().positive().default(0.02),
});

/** A GPT-2 of random weights. */
const ScratchGpt2 = z.strictObject({
  kind: z.literal("scratch"),
  /** Pieces of the byte-level vocabulary that is trained on the texts. */
  vocabulary: z.int().min(300),
  layers: count,
  hidden: count,
  heads: count,
  intermediate: count,
  positions: z.int().min(8),
  /** Standard deviation of the first weights. */
  spread: z.number().positive().default(0.02),
});

/** A T5 of random weights. */
const ScratchT5 = z.strictObject({
  kind: z.literal("scratch"),
  /** Pieces of the unigram vocabulary that is trained on the texts, in lower case; 100 sentinels included. */
  vocabulary: z.int().min(200),
  /** Of the encoder. */
  layers: count,
  decoderLayers: count,
  hidden: count,
  heads: count,
  /** Columns of a head. */
  headSize: count,
  intermediate: count,
  /** The longest text that the model is made for, in pieces: what the tokenizer's files say. */
  positions: z.int().min(8),
});

/** Low-rank adaptation, by PEFT's names where it has them. */
const Lora = z.strictObject({
  rank: count,
  alpha: z.number().positive(),
  dropout: z.number().min(0).lt(1).default(0),
  /** The layers that are adapted, by the ends of their names. */
  targets: z.array(z.string().min(1)).min(1),
  /** What the frozen dense layers are held in. */
  base: z.enum(["float32", "int8", "int4"]).default("float32"),
  /** Numbers that share a scale, where they are held in blocks. */
  blockSize: z.literal([16, 32, 64, 128, 256]).default(32),
  /** Writes a whole model, the adapter worked in, and not the adapter alone. */
  merge: z.boolean().default(false),
});

const title = {
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "not lower-case words joined by hyphens"),
  /** A sentence for the card. */
  description: z.string().min(1),
  /** Of the texts, by its ISO 639-1 code, for the card. Left out: English. */
  language: z.enum(["en", "es", "sv"]).optional(),
};

/** What all recipes have. */
const common = {
  /** Of everything that chance decides. */
  seed: z.int().optional(),
  /** In place of `seed`: a run for each, and the mean of what they come to. */
  seeds: z.array(z.int()).min(2).optional(),
  /** Texts a batch, and pieces a text; the longest one's where they differ in length. */
  batch: z.tuple([count, z.int().min(4)]),
  /** Batches a step. */
  accumulate: count.default(1),
  steps: count,
  learningRate: z.number().positive(),
  /** The share of the steps over which the learning rate rises. */
  warmUp: z.number().min(0).lt(1).default(0.06),
  schedule: z.enum(SCHEDULES).default("linear"),
  weightDecay: z.number().min(0).default(0.01),
  clipNorm: z.number().positive().default(1),
  /** Whether a parameter's steps are in proportion to its size. */
  relativeSteps: z.boolean().default(false),
  /** Whether elements drop out, with the probabilities of the model's configuration. */
  dropout: z.boolean().default(false),
  /** Steps from one measurement to the next. */
  validateEvery: count.default(100),
  /** Ends the run when so many measurements in a row are no better than the best, whose weights are then taken. */
  earlyStopping: z.strictObject({ patience: count }).optional(),
  lora: Lora.optional(),
  /** Part of the recipe, because sums are taken in another order with other numbers of threads. */
  threads: count.default(2),
  /** What computes; the processor where it is left out. Part of the recipe for the same reason. */
  device: z.enum(DEVICES).optional(),
  /** What the weights are written in. */
  weights: z.enum(["float16", "float32"]).default("float16"),
};

/** Recipes that learn from running text. */
const onTexts = {
  ...common,
  /** What is trained on. */
  texts: z.array(TextSource).min(1),
  /** What is measured on; never trained on. */
  validation: z.array(TextSource).min(1),
};

const MaskedLMRecipe = z.strictObject({
  ...title,
  task: z.literal("masked-lm"),
  ...onTexts,
  start: z.discriminatedUnion("kind", [Checkpoint, Scratch]),
  /** The first steps, with windows of their own: short ones, for a model that starts from random weights. */
  stages: z.array(z.strictObject({ batch: z.tuple([count, z.int().min(4)]), steps: count })).default([]),
  /** The share of pieces that the loss asks for. */
  share: share.default(0.15),
  /** Whether all pieces of a word are asked for together. */
  wholeWords: z.boolean().default(false),
});

const CausalLMRecipe = z.strictObject({
  ...title,
  task: z.literal("causal-lm"),
  ...onTexts,
  start: z.discriminatedUnion("kind", [Checkpoint, ScratchGpt2]),
});

const SpanInfillingRecipe = z.strictObject({
  ...title,
  task: z.literal("span-infilling"),
  ...onTexts,
  start: z.discriminatedUnion("kind", [Checkpoint, ScratchT5]),
  /** The first steps, with windows and a share of their own. */
  stages: z.array(
    z.strictObject({ batch: z.tuple([count, z.int().min(4)]), steps: count, share: share.lt(1) }),
  ).default([]),
  /** What is put aside: spans of pieces, as T5 was trained, or words of letters, each by itself, as letters are masked. */
  spans: z.enum(["pieces", "words"]).default("pieces"),
  /** How many sentinels words are put behind: no text may have more blanks. All of a folder's where spans are of pieces. */
  sentinels: z.int().min(1).max(100).default(100),
  /** The share of pieces, or of words, that are put aside. */
  share: share.lt(1).default(0.15),
  /** Pieces a span, on average. */
  meanSpan: z.number().min(1).default(3),
});

const TokenClassificationRecipe = z.strictObject({
  ...title,
  task: z.literal("token-classification"),
  ...common,
  start: Checkpoint,
  /** What is trained on. */
  texts: z.array(LabelledSource).min(1),
  /** What is measured on; never trained on. */
  validation: z.array(LabelledSource).min(1),
  /** All labels, in the order of their ids. */
  labels: z.array(z.string().min(1)).min(2),
  /** How much a label counts in the loss; 1 for those left out. */
  labelWeights: z.record(z.string(), z.number().positive()).default({}),
});

/** A recipe; {@linkcode https://zod.dev | zod} schema. Defaults are filled in, so that what is saved hides nothing. */
export const Recipe = z.discriminatedUnion("task", [
  MaskedLMRecipe,
  CausalLMRecipe,
  SpanInfillingRecipe,
  TokenClassificationRecipe,
]).check(({ value, issues }) => {
  const refuse = (path: string[], message: string) =>
    issues.push({ code: "custom", input: value, path, message });
  if ((value.seed === undefined) === (value.seeds === undefined)) {
    refuse(["seed"], "give either a seed or several seeds");
  }
  if (value.seeds && new Set(value.seeds).size < value.seeds.length) refuse(["seeds"], "a seed comes twice");
  if (value.lora && value.start.kind === "scratch") {
    refuse(["lora"], "there is nothing to adapt: start from a checkpoint");
  }
  if (value.task === "masked-lm" || value.task === "span-infilling") {
    const first = value.stages.reduce((sum, { steps }) => sum + steps, 0);
    if (first >= value.steps) refuse(["stages"], `they take ${first} steps, all of the run's`);
  }
  if (value.task !== "token-classification") return;
  if (new Set(value.labels).size < value.labels.length) refuse(["labels"], "a label comes twice");
  const unknown = Object.keys(value.labelWeights).find((label) => !value.labels.includes(label));
  if (unknown !== undefined) refuse(["labelWeights"], `"${unknown}" is not among the labels`);
});

/** A recipe with its defaults. */
export type Recipe = z.infer<typeof Recipe>;
/** A recipe of one task. */
export type RecipeOf<Task extends Recipe["task"]> = Extract<Recipe, { task: Task }>;
/** A checkpoint that a recipe starts from. */
export type Checkpoint = z.infer<typeof Checkpoint>;
/** An encoder that a recipe begins without a checkpoint. */
export type Scratch = z.infer<typeof Scratch>;
/** A decoder that a recipe begins without a checkpoint. */
export type ScratchGpt2 = z.infer<typeof ScratchGpt2>;
/** An encoder-decoder that a recipe begins without a checkpoint. */
export type ScratchT5 = z.infer<typeof ScratchT5>;

/**
 * Reads a recipe.
 *
 * @throws Error in one line, with the file, the field and what is expected there, where it is missing, not JSON, or not a
 * recipe; keys that no recipe has are refused by name
 */
export async function readRecipe(path: string): Promise<Recipe> {
  let content: unknown;
  try {
    content = JSON.parse(decode(await readFile(path, "Name the JSON file of a recipe"), path));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${path}: not JSON: ${error.message}`);
    throw error;
  }
  const parsed = Recipe.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${path}: ${issue?.path.join(".") || "recipe"}: ${issue?.message}`);
}
