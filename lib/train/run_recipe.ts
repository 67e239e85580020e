/** From a recipe to a model folder. @module */

import { writeFile } from "../write_file.ts";
import { readConfig } from "../checkpoint/config.ts";
import { float16, float32 } from "../checkpoint/float.ts";
import { copyTokenizer, type Model, openEncoder, saveModel } from "../checkpoint/model.ts";
import { Tokenizer } from "../checkpoint/tokenizer.ts";
import type { Encoder } from "../architectures/architecture.ts";
import { modelParameters } from "../architectures/heads.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { card, type TextCount, type TrainingLog } from "./card.ts";
import { initialize } from "./initialize.ts";
import { MaskedAccuracy, type MaskedAccuracyResult } from "./masked_accuracy.ts";
import { MaskedLM } from "./masked_lm.ts";
import { readVerified } from "./read_verified.ts";
import type { Recipe } from "./recipe.ts";
import { readTexts } from "./texts/read_texts.ts";
import type { TextSource } from "./texts/source.ts";
import { train } from "./trainer.ts";
import { countWords } from "./wordpiece/count_words.ts";
import { trainWordPiece } from "./wordpiece/train_wordpiece.ts";
import { writeTokenizer } from "./wordpiece/write_tokenizer.ts";

/** Where a recipe's files are, and who is told how far the run is. */
export interface RunOptions {
  /** The folder that text sources are relative to. */
  readonly corpora: string;
  /** The folder that a starting checkpoint is relative to. */
  readonly checkpoints: string;
  readonly onStep?: (step: number, steps: number, note: string) => void;
  /** Ends the run after the step that is going on. */
  readonly signal?: AbortSignal;
}

const HEAD = { kind: "language-model" } as const;

/** Masks of five seeds, because one set of some thousand pieces says little about the second decimal. */
const FINAL_SEEDS = [1, 2, 3, 4, 5] as const;

/**
 * Trains what a recipe says and writes a model folder: configuration, tokenizer, weights, the recipe with its defaults
 * (`recipe.json`), what was measured on the way (`training.json`) and a card (`README.md`). The weights are written
 * last; an interrupted run leaves no folder that looks whole.
 *
 * The accuracy in the card is that of the weights as written (rounded to float16 where the recipe says so).
 *
 * @throws Error in one line where a text or the starting checkpoint is missing or is not the one the recipe names, or
 * the run was stopped
 */
export async function runRecipe(recipe: Recipe, out: string, options: RunOptions): Promise<TrainingLog> {
  const started = performance.now();
  const texts = await readAll(recipe.texts, options.corpora);
  const validation = await readAll(recipe.validation, options.corpora);
  await Deno.mkdir(out, { recursive: true });
  const model = await startOf(recipe, out, texts, options.checkpoints);
  const { architecture, tokenizer, parameters } = model;
  const [windows, length] = recipe.batch;
  const encoded = texts.map(({ texts }) => texts.map((text) => tokenizer.encode(text)));
  const held = validation.flatMap(({ texts }) => texts.map((text) => tokenizer.encode(text)));
  const task = new MaskedLM(architecture, weighted(encoded, recipe.texts), tokenizer.special, {
    batch: [windows, length],
    share: recipe.share,
    seed: recipe.seed,
  });

  const measureOpen = (seed: number) =>
    MaskedAccuracy.open(architecture, held, tokenizer.special, {
      share: 0.15,
      length,
      seed,
      threads: recipe.threads,
    });
  const gauge = await measureOpen(0);
  const curve: TrainingLog["curve"][number][] = [];
  let [sum, count] = [0, 0];
  for await (const { step, loss, learningRate } of train(parameters, task, recipe)) {
    sum += loss;
    count++;
    if (step % recipe.validateEvery === 0 || step === recipe.steps) {
      const { accuracy, loss: validationLoss } = await gauge.measure(parameters);
      curve.push({ step, loss: sum / count, learningRate, validationLoss, validationAccuracy: accuracy });
      [sum, count] = [0, 0];
    }
    const last = curve.at(-1);
    const heldOut = last
      ? `, held-out accuracy ${(100 * last.validationAccuracy).toFixed(1)}% at ${last.step}`
      : "";
    if (options.signal?.aborted && step < recipe.steps) {
      throw new Error(
        `stopped at step ${step} of ${recipe.steps}: ${out} holds no model. Run again to start anew.`,
      );
    }
    options.onStep?.(step, recipe.steps, `loss ${loss.toFixed(3)}${heldOut}`);
  }
  await gauge.close();

  const written = recipe.weights === "float16" ? rounded(parameters) : parameters;
  const final: MaskedAccuracyResult[] = [];
  for (const seed of FINAL_SEEDS) {
    const measure = await measureOpen(seed);
    final.push(await measure.measure(written));
    await measure.close();
  }
  const counts = (sources: readonly Loaded[], pieces: (i: number) => number): TextCount[] =>
    sources.map(({ source, texts }, i) => ({
      corpus: source.corpus,
      file: source.file,
      licence: source.licence,
      from: source.from,
      weight: source.weight,
      texts: texts.length,
      characters: texts.reduce((sum, { length }) => sum + length, 0),
      pieces: pieces(i),
    }));
  const log: TrainingLog = {
    parameters: [...parameters.values()].reduce((sum, { data }) => sum + data.length, 0),
    texts: counts(texts, (i) => (encoded[i] ?? []).reduce((sum, { length }) => sum + length, 0)),
    validation: counts(validation, () => held.reduce((sum, { length }) => sum + length, 0)),
    batchesPerEpoch: task.batchesPerEpoch,
    curve,
    final: {
      seeds: [...FINAL_SEEDS],
      share: 0.15,
      accuracies: final.map(({ accuracy }) => accuracy),
      ...meanOf(final),
    },
    seconds: Math.round((performance.now() - started) / 1000),
  };
  await writeFile(`${out}/recipe.json`, `${JSON.stringify(recipe, undefined, 2)}\n`);
  await writeFile(`${out}/training.json`, `${JSON.stringify(log, undefined, 2)}\n`);
  await writeFile(`${out}/README.md`, card(recipe, log, architecture));
  await saveModel(model, out, recipe.weights);
  return log;
}

interface Loaded {
  readonly source: TextSource;
  readonly texts: readonly string[];
}

async function readAll(sources: readonly TextSource[], corpora: string): Promise<Loaded[]> {
  const loaded: Loaded[] = [];
  for (const source of sources) loaded.push({ source, texts: await readTexts(source, corpora) });
  return loaded;
}

/** The model before training, its tokenizer written to the folder that will hold it. */
async function startOf(
  recipe: Recipe,
  out: string,
  texts: readonly Loaded[],
  checkpoints: string,
): Promise<Model<Encoder>> {
  const { start, seed } = recipe;
  const spread = start.kind === "scratch" ? start.spread : undefined;
  const fresh = (name: string, shape: readonly number[]) => initialize(name, shape, seed, spread);
  if (start.kind === "checkpoint") {
    const folder = `${checkpoints}/${start.folder}`;
    await readVerified(`${folder}/model.safetensors`, start);
    await copyTokenizer(folder, out, recipe.batch[1]);
    return { ...await openEncoder(folder, HEAD, { missing: fresh }), name: recipe.name };
  }
  const words = countWords(texts.flatMap(({ texts }) => texts));
  const pieces = trainWordPiece(words, { size: start.vocabulary });
  await writeTokenizer(out, pieces, Math.min(start.positions, recipe.batch[1]));
  const sizes = {
    model_type: "bert",
    vocab_size: pieces.length,
    hidden_size: start.hidden,
    num_hidden_layers: start.layers,
    num_attention_heads: start.heads,
    intermediate_size: start.intermediate,
    max_position_embeddings: start.positions,
  };
  await writeFile(`${out}/config.json`, `${JSON.stringify(sizes, undefined, 2)}\n`);
  const { config, architecture } = await readConfig(out);
  const parameters = new Map(
    [...modelParameters(architecture, HEAD)].map(([name, shape]) => [name, fresh(name, shape)]),
  );
  return {
    name: recipe.name,
    config,
    architecture,
    head: HEAD,
    tokenizer: await Tokenizer.open(out),
    maxLength: recipe.batch[1],
    parameters,
  };
}

/** Documents of all sources, those of a source with weight w given w times (the fraction by its first documents). */
function weighted(encoded: readonly (readonly number[][])[], sources: readonly TextSource[]): number[][] {
  return encoded.flatMap((documents, i) => {
    const weight = sources[i]?.weight ?? 1;
    const whole = Array.from({ length: Math.floor(weight) }, () => documents).flat();
    return [...whole, ...documents.slice(0, Math.round((weight % 1) * documents.length))];
  });
}

function rounded(parameters: ReadonlyMap<string, Tensor<"float32">>): Map<string, Tensor<"float32">> {
  return new Map([...parameters].map(([name, tensor]) => [name, float32(float16(tensor, name), name)]));
}

function meanOf(results: readonly MaskedAccuracyResult[]) {
  const mean = (of: (result: MaskedAccuracyResult) => number) =>
    results.reduce((sum, result) => sum + of(result), 0) / results.length;
  return {
    accuracy: mean(({ accuracy }) => accuracy),
    loss: mean(({ loss }) => loss),
    hidden: mean(({ hidden }) => hidden),
  };
}
