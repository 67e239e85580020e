/** Finding entities in letters with a token classifier. @module */

import { tokenClassificationGraph } from "../architectures/inference.ts";
import type { Encoder } from "../architectures/architecture.ts";
import { padded } from "../checkpoint/batch.ts";
import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import { type Model, openEncoder, saveModel } from "../checkpoint/model.ts";
import { copyTokenizer } from "../checkpoint/tokenizer_files.ts";
import { readConfig } from "../checkpoint/config.ts";
import type { Letter, Span } from "../corpus/letter.ts";
import { inEightBits } from "../fill/in_eight_bits.ts";
import { Session, type SessionOptions } from "../onnx/session.ts";
import { progress } from "../progress.ts";
import { type Word, words } from "../text/words.ts";
import { z } from "zod";
import { type Crf, marginals, readCrf, writeCrf } from "./crf.ts";
import { overlappingWindows } from "./overlapping_windows.ts";
import { type TaggerWindow, taggerWindows } from "./tagger_windows.ts";
import { windowBatches } from "./window_batches.ts";
import { bestTags } from "./best_tags.ts";
import { schemeOf, spansOf, type TaggerScheme, wrongTag } from "./word_tags.ts";

/** Letters whose windows are put into batches together. */
const LETTERS = 64;

/** How letters are tagged. */
export interface TagOptions {
  /** The share of a window's pieces that the next window of a long letter has too. Default 0: windows of whole sentences. */
  readonly overlap?: number;
  /** Whether progress is shown. Default true. */
  readonly shown?: boolean;
}

/** How a tagger computes. */
export interface TaggerOptions {
  /** Whether products are of whole numbers: twice as fast, and not quite the same. Default false. */
  readonly int8?: boolean;
}

/** What a tagger says of a text, word by word. */
export interface WordScores {
  /** All words of the text. */
  readonly words: readonly Word[];
  /** ln p of every tag at every word, row after row in the order of {@linkcode Tagger.tags}. */
  readonly scores: Float32Array;
  /** 1 for each word that the model saw, 0 for those that none of its pieces stands for. */
  readonly seen: Uint8Array;
  /** The likeliest tags of the words that were seen, where the model scores transitions; else the scores say it. */
  readonly best?: readonly string[];
}

const Labelled = z.looseObject({ id2label: z.record(z.string(), z.string()) });

/** A token classifier that tags letters. It holds memory until it is closed. */
export class Tagger {
  /** What it finds, sorted. */
  readonly labels: readonly string[];
  /** In the order of the head's rows. */
  readonly tags: readonly string[];
  readonly scheme: TaggerScheme;
  /** The model's name. */
  readonly name: string;
  readonly #model: Model<Encoder>;
  readonly #source: string;
  readonly #session: Session;
  /** Scores of transitions, where the tagger was trained with them. */
  readonly #crf: Crf | undefined;

  private constructor(
    model: Model<Encoder>,
    source: string,
    tags: readonly string[],
    session: Session,
    crf: Crf | undefined,
  ) {
    this.labels = [...new Set(tags.filter((tag) => tag !== "O").map((tag) => tag.slice(2)))].sort();
    this.#model = model;
    this.#source = source;
    this.tags = tags;
    this.scheme = schemeOf(tags);
    this.name = model.name;
    this.#session = session;
    this.#crf = crf;
  }

  /**
   * A tagger of a model with a token-classification head.
   *
   * @param source the folder that the tokenizer's files are in
   * @param tags of the scheme IOB2 or BILOU, in the order of the head's rows
   * @param options.crf scores of transitions, which decide beside the head's
   */
  static async of(
    model: Model<Encoder>,
    source: string,
    tags: readonly string[],
    { crf, int8 = false, ...options }: SessionOptions & TaggerOptions & { readonly crf?: Crf | undefined } =
      {},
  ): Promise<Tagger> {
    const graph = tokenClassificationGraph(model.architecture, model.parameters, tags.length);
    const session = await Session.open(int8 ? await inEightBits(graph) : graph, options);
    return new Tagger(model, source, tags, session, crf);
  }

  /**
   * The letters with the spans that the model finds, in place of any that they had. Offsets are those of the text as it is.
   *
   * @example See {@linkcode trainTagger} of train_tagger.ts.
   */
  async tag<L extends Letter>(
    letters: readonly L[],
    options: TagOptions = {},
  ): Promise<(Omit<L, "spans"> & { spans: Span[] })[]> {
    const bar = options.shown === false
      ? undefined
      : progress(`tag with ${this.name}`, letters.length, { unit: "letters" });
    const tagged: (Omit<L, "spans"> & { spans: Span[] })[] = [];
    try {
      for (let first = 0; first < letters.length; first += LETTERS) {
        const some = letters.slice(first, first + LETTERS);
        const said = await this.scores(some.map(({ text }) => text), options);
        for (const [i, letter] of some.entries()) {
          const one = said[i];
          tagged.push({ ...letter, spans: one ? spansIn(one, this.tags) : [] });
        }
        bar?.update(tagged.length);
      }
    } finally {
      await bar?.done();
    }
    return tagged;
  }

  /** What the model says of texts, all their windows in batches of similar length. */
  async scores(texts: readonly string[], { overlap = 0 }: TagOptions = {}): Promise<WordScores[]> {
    const { tokenizer, maxLength } = this.#model;
    const count = this.tags.length;
    const said = texts.map((text) => {
      const found = words(text);
      return {
        words: found,
        scores: new Float32Array(found.length * count),
        seen: new Uint8Array(found.length),
      };
    });
    const windows = texts.flatMap((text, of) => {
      const found = said[of]?.words ?? [];
      const own = overlap > 0
        ? overlappingWindows(text, found, tokenizer, maxLength, overlap)
        : taggerWindows(text, found, tokenizer, maxLength);
      return own.map((window) => ({ ...window, of }));
    });
    for (const batch of windowBatches(windows.map(({ ids }) => ids.length))) {
      const some = batch.flatMap((place) => windows[place] ?? []);
      for (const [i, rows] of (await this.#scores(some)).entries()) {
        const window = some[i];
        const text = said[window?.of ?? -1];
        if (!window || !text) continue;
        for (const [row, { word }] of window.words.entries()) {
          const own = rows.subarray(row * count, (row + 1) * count);
          text.scores.set(logSoftmax(own), word * count);
          text.seen[word] = 1;
        }
      }
    }
    return this.#crf ? said.map((one) => inSequence(one, this.tags, this.#crf)) : said;
  }

  /**
   * Writes a model folder that Python's `from_pretrained` and {@linkcode openTagger} open.
   *
   * @throws {Error} one line, when a file can't be written
   */
  async save(folder: string, dtype: "float16" | "float32" = "float32"): Promise<void> {
    const id2label = Object.fromEntries(this.tags.entries());
    const label2id = Object.fromEntries(this.tags.map((tag, id) => [tag, id]));
    await copyTokenizer(this.#source, folder);
    await saveModel(
      { ...this.#model, config: { ...this.#model.config, id2label, label2id } },
      folder,
      dtype,
    );
    if (this.#crf) await writeCrf(folder, this.#crf);
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** For each window the scores of every tag at its words. */
  async #scores(windows: readonly TaggerWindow[]): Promise<Float32Array[]> {
    const inputs = padded(windows.map(({ ids }) => ids), this.#model.tokenizer.special.pad);
    const { logits } = await this.#session.run(inputs);
    const scores = logits?.data;
    if (!(scores instanceof Float32Array)) throw new Error("the tagger's graph gave no logits.");
    const [, longest = 0, tags = 0] = logits?.shape ?? [];
    return windows.map(({ words }, row) => {
      const chosen = new Float32Array(words.length * tags);
      for (const [i, { at }] of words.entries()) {
        const from = (row * longest + at) * tags;
        chosen.set(scores.subarray(from, from + tags), i * tags);
      }
      return chosen;
    });
  }
}

/** The spans of the best sequence of tags that the scheme allows. */
export function spansIn({ words, scores, seen, best }: WordScores, tags: readonly string[]): Span[] {
  const known = words.filter((_, word) => seen[word] === 1);
  if (known.length === 0) return [];
  return spansOf(best ?? bestTags(rowsOf(scores, seen, tags.length), tags), known, schemeOf(tags));
}

/** With transitions: the likeliest sequence, and p of every tag over all sequences. */
function inSequence(said: WordScores, tags: readonly string[], crf: Crf | undefined): WordScores {
  const rows = rowsOf(said.scores, said.seen, tags.length);
  if (!crf || rows.length === 0) return said;
  const best = bestTags(rows, tags, crf);
  const own = marginals(rows, crf, tags);
  const scores = new Float32Array(said.scores.length);
  let row = 0;
  for (const [word, known] of said.seen.entries()) {
    if (known === 1) scores.set(own.subarray(row * tags.length, ++row * tags.length), word * tags.length);
  }
  return { ...said, scores, best };
}

/** The rows of the words that were seen. */
export function rowsOf(scores: Float32Array, seen: Uint8Array, count: number): Float32Array {
  if (!seen.includes(0)) return scores;
  const rows: number[] = [];
  for (const [word, known] of seen.entries()) {
    if (known === 1) rows.push(...scores.subarray(word * count, (word + 1) * count));
  }
  return Float32Array.from(rows);
}

function logSoftmax(logits: Float32Array): Float32Array {
  let most = -Infinity;
  for (const x of logits) if (x > most) most = x;
  let sum = 0;
  for (const x of logits) sum += Math.exp(x - most);
  const shift = most + Math.log(sum);
  return logits.map((x) => x - shift);
}

/**
 * Opens the folder of a token classifier for tagging, by its name in the models folder or by its path.
 *
 * @throws {Error} where there is no such folder, its files do not fit each other, or its labels are no tags of IOB2 or BILOU
 *
 * @example See {@linkcode trainTagger} of train_tagger.ts.
 */
export async function openTagger(name: string, options: ModelOptions & TaggerOptions = {}): Promise<Tagger> {
  const folder = await findModel(name, options);
  const { config } = await readConfig(folder);
  const { id2label = {} } = Labelled.safeParse(config).data ?? {};
  const tags = Object.keys(id2label).map((_, id) => id2label[id] ?? "");
  const wrong = wrongTag(tags);
  if (tags.length === 0 || wrong !== undefined) {
    throw new Error(
      `${folder}/config.json: id2label ${
        tags.length === 0 ? "is missing" : `has "${wrong}"`
      }; a tagger has tags of IOB2 there (O, B-DRUG, I-DRUG) or of BILOU (L-DRUG and U-DRUG, too). Name another folder.`,
    );
  }
  const model = await openEncoder(folder, { kind: "token-classification", labels: tags.length });
  const crf = await readCrf(folder, tags.length);
  const { threads, int8 = false } = options;
  return await Tagger.of(model, folder, tags, { crf, int8, ...threads !== undefined && { threads } });
}
