/** Finding entities in letters with a token classifier. @module */

import { tokenClassificationGraph } from "../architectures/inference.ts";
import type { Encoder } from "../architectures/architecture.ts";
import { padded } from "../checkpoint/batch.ts";
import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import { type Model, openEncoder, saveModel } from "../checkpoint/model.ts";
import { copyTokenizer } from "../checkpoint/tokenizer_files.ts";
import { readConfig } from "../checkpoint/config.ts";
import type { Letter, Span } from "../corpus/letter.ts";
import { Session, type SessionOptions } from "../onnx/session.ts";
import { progress } from "../progress.ts";
import { words } from "../text/words.ts";
import { z } from "zod";
import { type TaggerWindow, taggerWindows } from "./tagger_windows.ts";
import { bestTags, spansOf } from "./word_tags.ts";

/** Windows that go through the model at once. */
const ROWS = 16;

const Labelled = z.looseObject({ id2label: z.record(z.string(), z.string()) });

/** A token classifier that tags letters. It holds memory until it is closed. */
export class Tagger {
  /** What it finds, sorted. */
  readonly labels: readonly string[];
  readonly #model: Model<Encoder>;
  readonly #source: string;
  readonly #tags: readonly string[];
  readonly #session: Session;

  private constructor(model: Model<Encoder>, source: string, tags: readonly string[], session: Session) {
    this.labels = tags.filter((tag) => tag.startsWith("B-")).map((tag) => tag.slice(2)).sort();
    this.#model = model;
    this.#source = source;
    this.#tags = tags;
    this.#session = session;
  }

  /**
   * A tagger of a model with a token-classification head.
   *
   * @param source the folder that the tokenizer's files are in
   * @param tags of the scheme IOB2, in the order of the head's rows
   */
  static async of(
    model: Model<Encoder>,
    source: string,
    tags: readonly string[],
    options: SessionOptions = {},
  ): Promise<Tagger> {
    const graph = tokenClassificationGraph(model.architecture, model.parameters, tags.length);
    return new Tagger(model, source, tags, await Session.open(graph, options));
  }

  /**
   * The letters with the spans that the model finds, in place of any that they had. Offsets are those of the text as it is.
   *
   * @example See {@linkcode trainTagger} of train_tagger.ts.
   */
  async tag<L extends Letter>(letters: readonly L[]): Promise<(Omit<L, "spans"> & { spans: Span[] })[]> {
    const bar = progress(`tag with ${this.#model.name}`, letters.length, { unit: "letters" });
    const tagged: (Omit<L, "spans"> & { spans: Span[] })[] = [];
    try {
      for (const letter of letters) {
        tagged.push({ ...letter, spans: await this.#spans(letter.text) });
        bar.update(tagged.length);
      }
    } finally {
      await bar.done();
    }
    return tagged;
  }

  /**
   * Writes a model folder that Python's `from_pretrained` and {@linkcode openTagger} open.
   *
   * @throws {Error} one line, when a file can't be written
   */
  async save(folder: string, dtype: "float16" | "float32" = "float32"): Promise<void> {
    const id2label = Object.fromEntries(this.#tags.entries());
    const label2id = Object.fromEntries(this.#tags.map((tag, id) => [tag, id]));
    await copyTokenizer(this.#source, folder);
    await saveModel(
      { ...this.#model, config: { ...this.#model.config, id2label, label2id } },
      folder,
      dtype,
    );
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #spans(text: string): Promise<Span[]> {
    const found = words(text);
    const { tokenizer, maxLength } = this.#model;
    const windows = taggerWindows(text, found, tokenizer, maxLength);
    const scores: Float32Array[] = [];
    for (let first = 0; first < windows.length; first += ROWS) {
      scores.push(...await this.#scores(windows.slice(first, first + ROWS)));
    }
    const seen = windows.flatMap((window) => window.words.map(({ word }) => found[word]!)); // windows are of these words
    const rows = new Float32Array(seen.length * this.#tags.length);
    let at = 0;
    for (const row of scores) {
      rows.set(row, at);
      at += row.length;
    }
    return seen.length === 0 ? [] : spansOf(bestTags(rows, this.#tags), seen);
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

/**
 * Opens the folder of a token classifier for tagging, by its name in the models folder or by its path.
 *
 * @throws {Error} where there is no such folder, its files do not fit each other, or its labels are no tags of IOB2
 *
 * @example See {@linkcode trainTagger} of train_tagger.ts.
 */
export async function openTagger(name: string, options: ModelOptions = {}): Promise<Tagger> {
  const folder = await findModel(name, options);
  const { config } = await readConfig(folder);
  const { id2label = {} } = Labelled.safeParse(config).data ?? {};
  const tags = Object.keys(id2label).map((_, id) => id2label[id] ?? "");
  const wrong = tags.find((tag) => !/^(?:O|[BI]-.+)$/.test(tag));
  if (tags.length === 0 || wrong !== undefined) {
    throw new Error(
      `${folder}/config.json: id2label ${
        tags.length === 0 ? "is missing" : `has "${wrong}"`
      }; a tagger has tags of IOB2 there: O, B-DRUG, I-DRUG. Name another folder.`,
    );
  }
  const model = await openEncoder(folder, { kind: "token-classification", labels: tags.length });
  const { threads } = options;
  return await Tagger.of(model, folder, tags, threads === undefined ? {} : { threads });
}
