/** From a recipe to a job: texts, a model to start from, what of it is trained, and the task. @module */

import type { Architecture } from "../../architectures/architecture.ts";
import type { Head } from "../../architectures/heads.ts";
import { encoded, type LoadedTexts } from "../jobs/documents.ts";
import type { Job, Subject } from "../jobs/job.ts";
import { maskedLMJob } from "../jobs/masked_lm_job.ts";
import { causalLMJob, spanInfillingJob } from "../jobs/running_text_job.ts";
import { tokenClassificationJob } from "../jobs/token_classification_job.ts";
import { wordInfillingJob } from "../jobs/word_infilling_job.ts";
import type { LabelledWords } from "../labelled_pieces.ts";
import { type Adapted, lora } from "../lora/lora.ts";
import type { Recipe } from "../recipe.ts";
import { readLabelled } from "../texts/read_labelled.ts";
import { readTexts } from "../texts/read_texts.ts";
import type { TextSource } from "../texts/source.ts";
import type { TextCount } from "../training_log.ts";
import {
  type Start,
  startFromCheckpoint,
  startFromScratch,
  startGpt2FromScratch,
  startT5FromScratch,
} from "./start.ts";
import { allOf } from "./write_model.ts";

/** Where a recipe's files are. */
export interface RecipeFolders {
  /** The folder that text sources are relative to. */
  readonly corpora: string;
  /** The folder that a starting checkpoint is relative to. */
  readonly checkpoints: string;
  /** A folder for what a model from scratch needs before it is trained. */
  readonly work: string;
}

/** A job with all that it takes. */
export interface Prepared {
  readonly job: Job;
  readonly start: Start;
  readonly subject: Subject;
  readonly adapted: Adapted | undefined;
  readonly texts: TextCount[];
  readonly validation: TextCount[];
}

/** @throws Error in one line where a text or the starting checkpoint is missing or not the one that the recipe names */
export async function prepare(recipe: Recipe, seed: number, folders: RecipeFolders): Promise<Prepared> {
  const { corpora, checkpoints, work } = folders;
  if (recipe.task === "token-classification") {
    const { labels } = recipe;
    const read = async (sources: typeof recipe.texts) =>
      await Promise.all(sources.map((source) => readLabelled(source, corpora)));
    const [texts, validation] = [await read(recipe.texts), await read(recipe.validation)];
    const head: Head = { kind: "token-classification", labels: labels.length };
    const start = await startFromCheckpoint(recipe.start, checkpoints, head, seed, labels);
    const { subject, adapted } = await subjectOf(recipe, start, seed);
    const encoder = ofKind(start.architecture, "encoder", recipe);
    const job = tokenClassificationJob(recipe, subject, encoder, start.tokenizer, texts, validation, seed);
    return {
      ...{ job, start, subject, adapted },
      texts: labelledCounts(recipe.texts, texts, job.pieces.texts),
      validation: labelledCounts(recipe.validation, validation, job.pieces.validation),
    };
  }
  const [texts, validation] = [
    await readAll(recipe.texts, corpora),
    await readAll(recipe.validation, corpora),
  ];
  const start = recipe.start.kind === "checkpoint"
    ? await startFromCheckpoint(recipe.start, checkpoints, { kind: "language-model" }, seed)
    : "decoderLayers" in recipe.start
    ? await startT5FromScratch(recipe.start, asOftenAsTrained(texts), work, seed)
    : recipe.task === "causal-lm"
    ? await startGpt2FromScratch(recipe.start, asOftenAsTrained(texts), work, seed)
    : await startFromScratch(recipe.start, recipe.batch[1], texts.flatMap(({ texts }) => texts), work, seed);
  const { subject, adapted } = await subjectOf(recipe, start, seed);
  const { architecture, tokenizer } = start;
  const documents = [encoded(texts, tokenizer), encoded(validation, tokenizer)] as const;
  const job = recipe.task === "masked-lm"
    ? maskedLMJob(recipe, subject, ofKind(architecture, "encoder", recipe), tokenizer, ...documents, seed)
    : recipe.task === "causal-lm"
    ? causalLMJob(recipe, subject, ofKind(architecture, "decoder", recipe), tokenizer, ...documents, seed)
    : (recipe.spans === "words" ? wordInfillingJob : spanInfillingJob)(
      recipe,
      subject,
      ofKind(architecture, "encoder-decoder", recipe),
      tokenizer,
      ...documents,
      seed,
    );
  return {
    ...{ job, start, subject, adapted },
    texts: textCounts(texts, job.pieces.texts),
    validation: textCounts(validation, job.pieces.validation),
  };
}

/** What is trained: an adapter where the recipe has one, otherwise the whole model. */
async function subjectOf({ lora: options, device }: Recipe, start: Start, seed: number) {
  const on = device ? { device } : {};
  if (!options) return { subject: { parameters: await allOf(start.weights), ...on }, adapted: undefined };
  const { rank, alpha, dropout, targets, base, blockSize } = options;
  const adapted = await lora(start, {
    ...{ rank, alpha, dropout, targets, seed },
    ...(start.head.kind === "token-classification" && { modulesToSave: ["classifier"] }),
    ...(base !== "float32" && { base: { bits: base === "int4" ? 4 : 8, blockSize } }),
  });
  return { subject: { parameters: adapted.parameters, base: adapted.base, ...on }, adapted };
}

function ofKind<K extends Architecture["kind"]>(
  architecture: Architecture,
  kind: K,
  { task, start }: Recipe,
): Extract<Architecture, { kind: K }> {
  if (isOfKind(architecture, kind)) return architecture;
  const where = start.kind === "checkpoint" ? start.folder : "the recipe";
  throw new Error(
    `${where}: ${architecture.modelType} is of the kind ${architecture.kind}, ${task} wants the kind ${kind}. ` +
      "Name another checkpoint.",
  );
}

function isOfKind<K extends Architecture["kind"]>(
  architecture: Architecture,
  kind: K,
): architecture is Extract<Architecture, { kind: K }> {
  return architecture.kind === kind;
}

/** The texts of all sources, those of a source of weight w about w times. */
function asOftenAsTrained(loaded: readonly LoadedTexts[]): string[] {
  return loaded.flatMap(({ source: { weight }, texts }) => {
    return Array.from({ length: Math.max(1, Math.round(weight)) }, () => texts).flat();
  });
}

async function readAll(sources: readonly TextSource[], corpora: string): Promise<LoadedTexts[]> {
  const loaded: LoadedTexts[] = [];
  for (const source of sources) loaded.push({ source, texts: await readTexts(source, corpora) });
  return loaded;
}

function textCounts(loaded: readonly LoadedTexts[], pieces: readonly number[]): TextCount[] {
  return loaded.map(({ source: { corpus, file, licence, from, weight }, texts }, i) => ({
    ...{ corpus, file, licence, from, weight, texts: texts.length },
    characters: texts.reduce((sum, { length }) => sum + length, 0),
    pieces: pieces[i] ?? 0,
  }));
}

function labelledCounts(
  sources: readonly Omit<TextCount, "texts" | "characters" | "pieces" | "weight">[],
  sentences: readonly (readonly LabelledWords[])[],
  pieces: readonly number[],
): TextCount[] {
  return sources.map(({ corpus, file, licence, from }, i) => {
    const own = sentences[i] ?? [];
    const characters = own.reduce((sum, { words }) => sum + words.join(" ").length, 0);
    return { corpus, file, licence, from, weight: 1, texts: own.length, characters, pieces: pieces[i] ?? 0 };
  });
}
