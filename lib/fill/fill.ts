/** From masked letters to synthetic ones. @module */

import { checkWhole } from "../check_whole.ts";
import type { Letter } from "../corpus/letter.ts";
import type { MaskedLetter } from "../mask/mask.ts";
import { maskedLetter } from "../mask/rewrite.ts";
import { knownName } from "../nearest_name.ts";
import { progress } from "../progress.ts";
import { applyFills } from "./apply_fills.ts";
import type { Fill } from "./filler.ts";
import { type FillerOptions, isBaseline, type OpenFiller, openFiller } from "./models.ts";
import { postProcess } from "./post/post_process.ts";
import { openInWorkers } from "./workers.ts";
import { type PostStepName, postStepNames, postSteps } from "./post/steps.ts";

/** A synthetic letter that knows where it came from. Its spans are at the offsets of its own text. */
export interface FilledLetter extends Letter {
  readonly masked: MaskedLetter;
  /** One for each masked word, in order. */
  readonly fills: readonly Fill[];
  /** How long the model took to write them; where `timed` was asked for. */
  readonly seconds?: number;
}

/** What fills, how, and how it is run. */
export interface FillOptions extends FillerOptions {
  /** A baseline, a folder in the models folder, or a folder's path. */
  readonly model: string;
  /** Copies of the model that fill side by side and share the threads; not for baselines. Left out: 1. */
  readonly workers?: number;
  /** What is done to fills after the model has written them. Left out: nothing. */
  readonly post?: readonly PostStepName[];
  /** The model that fills what was left, for the step `left-over`; left out: the letter's own most frequent word does. */
  readonly leftModel?: string;
  /** A corpus whose words are spelt right, for the step `spelling`; left out: the embedded letters. */
  readonly wordList?: string;
  /**
   * Fills each letter by itself and tells the seconds that it took: what `inference-time` scores. It is slower, and of what is told the
   * seconds are not the same in every run.
   */
  readonly timed?: boolean;
}

/** How letters are filled as they come. */
export interface StreamOptions extends FillOptions {
  /** How many letters are read before they are filled together. Left out: 64. */
  readonly lettersAtOnce?: number;
}

/**
 * Writes the blanks of masked letters with a model; shows a progress bar. Baselines learn from the letters given here, on
 * other folds than a letter's own. With an encoder and `candidates: 5`, every fill says what else could have stood there, how
 * likely it was, and why what was written was chosen.
 *
 * @throws {Error} when the model is unknown or damaged, and as the model's filler does
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { fill } from "./fill.ts";
 * import { equal } from "node:assert/strict";
 * const corpus = ["Plan was made.", "She was well. He was well."].map((text, i) => (
 *   { id: `${i}`, text, spans: [], meta: { fold: `${i}` } }
 * ));
 * const [first] = await fill(mask(corpus, { strategy: "random", ratio: 1, seed: 42 }), { model: "trigram" });
 * equal(first?.text, "She was well.");
 * ```
 */
export async function fill(masked: readonly MaskedLetter[], options: FillOptions): Promise<FilledLetter[]> {
  const writer = await openWriter(masked.map(({ letter }) => letter), options);
  const bar = progress(`fill ${options.model}`, masked.length, { unit: "letters" });
  try {
    return await writeFilled(masked, writer, options, (done) => bar.update(done));
  } finally {
    await bar.done();
    await writer.close();
  }
}

/**
 * Writes the blanks of masked letters as they come, in their order, in memory that does not grow with their number. The fills
 * are those of {@linkcode fill}.
 *
 * @throws {Error} as {@linkcode fill} does; when the model is a baseline, which learns from all letters; and when
 * `lettersAtOnce` is no positive whole number
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { mask } from "../mask/mask.ts";
 * import { fillOf } from "./fill.ts";
 * import { deepEqual } from "node:assert/strict";
 * const model = `${await Deno.makeTempDir()}/tiny`;
 * await tinyModel(model, { pieces: ["well", "."], positions: 16 });
 * const letters = ["Is ill.", "He coughs."].map((text, i) => ({ id: `${i}`, text, spans: [], meta: {} }));
 * const masked = mask(letters, { strategy: "random", ratio: 1, seed: 42 });
 * const texts = await Array.fromAsync(fillOf(masked, { model }), ({ text }) => text);
 * deepEqual(texts, ["Well well.", "Well well."]);
 * ```
 */
export async function* fillOf(
  masked: AsyncIterable<MaskedLetter> | Iterable<MaskedLetter>,
  options: StreamOptions,
): AsyncGenerator<FilledLetter> {
  const { lettersAtOnce = 64, model } = options;
  checkWhole("lettersAtOnce", lettersAtOnce);
  if (isBaseline(model)) {
    throw new Error(
      `${model} learns from all letters, which a stream does not have. Use fill(), or name an encoder.`,
    );
  }
  const writer = await openWriter([], options);
  try {
    for await (const group of groupsOf(masked, lettersAtOnce)) {
      yield* await writeFilled(group, writer, options);
    }
  } finally {
    await writer.close();
  }
}

async function* groupsOf<T>(items: AsyncIterable<T> | Iterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const item of items) {
    if (group.push(item) < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/**
 * The synthetic letters of masked letters and their fills, in the same order.
 *
 * @throws {Error} when the fills are not exactly one for each masked word
 *
 * @example
 * ```ts
 * import { filledLetters } from "./fill.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(filledLetters([], []), []);
 * ```
 */
export function filledLetters(
  masked: readonly MaskedLetter[],
  fills: readonly (readonly Fill[])[],
): FilledLetter[] {
  return masked.map((one, i) => ({ ...applyFills(one, fills[i] ?? []), masked: one, fills: fills[i] ?? [] }));
}

/**
 * The synthetic letters that an open model makes of masked ones, in the same order.
 *
 * @param progress told how many letters are done
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { openWriter, writeFilled } from "./fill.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "He was well.", spans: [], meta: { fold: "1" } };
 * const others = [{ ...letter, id: "b", meta: { fold: "2" } }];
 * const writer = await openWriter(others, { model: "frequent-word" });
 * const masked = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
 * const [filled] = await writeFilled(masked, writer, { timed: true });
 * equal(filled?.seconds !== undefined && filled.seconds > 0, true);
 * await writer.close();
 * ```
 */
export async function writeFilled(
  masked: readonly MaskedLetter[],
  writer: OpenFiller,
  { timed = false }: Pick<FillOptions, "timed">,
  progress?: (done: number) => void,
): Promise<FilledLetter[]> {
  if (!timed) return filledLetters(masked, await writer.fill(masked, progress));
  const filled: FilledLetter[] = [];
  for (const one of masked) {
    const start = performance.now();
    const letters = filledLetters([one], await writer.fill([one]));
    const seconds = (performance.now() - start) / 1000;
    filled.push(...letters.map((letter) => ({ ...letter, seconds })));
    progress?.(filled.length);
  }
  return filled;
}

/**
 * The letters as a reader of the blanks sees them, with `[MASK]` for each masked word: what every model must improve on.
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { unfilled } from "./fill.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "He was well.", spans: [], meta: {} };
 * const [text] = unfilled(mask([letter], { strategy: "random", ratio: 1, seed: 42 }));
 * equal(text?.text, "[MASK] [MASK] [MASK].");
 * ```
 */
export function unfilled(masked: readonly MaskedLetter[]): Letter[] {
  return masked.map((one) => maskedLetter(one, "[MASK]"));
}

/**
 * Opens a model whose fills go through post-processing.
 *
 * @param corpus what a baseline is trained on
 * @throws {Error} as {@linkcode openFiller} does, and when a step of post-processing is unknown
 *
 * @example
 * ```ts
 * import { openWriter } from "./fill.ts";
 * import { equal } from "node:assert/strict";
 * const writer = await openWriter([], { model: "trigram", post: ["case"] });
 * equal(writer.name, "trigram");
 * await writer.close();
 * ```
 */
export async function openWriter(corpus: readonly Letter[], options: FillOptions): Promise<OpenFiller> {
  const { post = [], leftModel, wordList, workers = 1, timed: _, ...how } = options;
  const { model, models, threads } = how;
  for (const name of post) knownName("step of post-processing", name, postStepNames);
  if (workers !== 1 && isBaseline(model)) {
    throw new Error(`${model} has one way of filling: leave out workers, or name an encoder.`);
  }
  const filler = workers === 1
    ? await openFiller(model, corpus, how)
    : await openInWorkers(model, workers, how);
  try {
    const run = { ...(models !== undefined && { models }), ...(threads !== undefined && { threads }) };
    const other = leftModel === undefined || !post.includes("left-over")
      ? undefined
      : await openFiller(leftModel, corpus, run);
    const sources = { ...(other && { filler: other }), ...(wordList !== undefined && { words: wordList }) };
    const steps = await postSteps(post, sources);
    return {
      name: filler.name,
      async fill(masked, progress) {
        const fills = await filler.fill(masked, progress);
        if (steps.length === 0) return fills;
        return await postProcess(masked.map((masked, i) => ({ masked, fills: fills[i] ?? [] })), steps);
      },
      async close() {
        await filler.close();
        await other?.close();
      },
    };
  } catch (error) {
    await filler.close();
    throw error;
  }
}
