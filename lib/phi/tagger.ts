/** The trained finder of identifying data: a token classifier whose probabilities are calibrated. @module */

import { z } from "zod";
import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import { readJson } from "../checkpoint/read_json.ts";
import { openTagger, type Tagger } from "../ner/tagger.ts";
import { isFile } from "../look.ts";
import { tempered } from "./calibration.ts";
import { OperatingPoint } from "./operating_point.ts";
import { LabelMap } from "./surrogate/label_sets.ts";
import { isPhiKind, type PhiKind } from "./labels.ts";
import type { TagKinds, WordProbabilities } from "./word_probabilities.ts";

/** What finds: rules, the tagger, or both. */
export const FINDERS = ["rules", "tagger", "both"] as const;

/** See {@linkcode FINDERS}. */
export type FinderSort = typeof FINDERS[number];

/** `calibration.json` of a model's folder: how its probabilities and the rules are to be taken. */
export const Calibration = z.strictObject({
  /** What it was measured on. */
  letters: z.strictObject({ what: z.string(), count: z.int(), identifying: z.int() }),
  temperature: z.number().positive(),
  /** Expected calibration error of "identifies", in 100 bins of as many words each: of the scores as they are, and as they are taken. */
  error: z.strictObject({ before: z.number(), after: z.number() }),
  /** By rule, the share of what it finds that identifies. */
  rules: z.record(z.string(), z.number().min(0).max(1)),
  curves: z.strictObject({
    rules: z.array(OperatingPoint),
    tagger: z.array(OperatingPoint),
    both: z.array(OperatingPoint),
  }),
});

/** See {@linkcode Calibration}. */
export type Calibration = z.infer<typeof Calibration>;

/** What an earlier de-identification took out: nobody is there, and in no text that taggers learn from stands the like. */
const BLANK = /_{2,}/g;

const OVERLAP = 0.15; // of a window's pieces that the next one has too

/** A token classifier that reads texts for identifying data. It holds memory until it is closed. */
export class PhiTagger implements AsyncDisposable {
  /** The model's name. */
  readonly name: string;
  readonly kinds: TagKinds;
  readonly #tagger: Tagger;
  /** None for a model that was not calibrated. */
  readonly calibration: Calibration | undefined;

  private constructor(tagger: Tagger, calibration: Calibration | undefined) {
    this.name = tagger.name;
    this.#tagger = tagger;
    this.calibration = calibration;
    this.kinds = { tags: tagger.tags, kinds: tagger.tags.map(kindOfTag) };
  }

  /**
   * Opens a model folder with `calibration.json` beside it, by its name in the models folder or its path.
   *
   * @throws {Error} where there is no such folder, its files don't fit each other, or it has a label without mapping
   */
  static async open(name: string, options: ModelOptions = {}): Promise<PhiTagger> {
    const folder = await findModel(name, options);
    const path = `${folder}/calibration.json`;
    const calibration = await isFile(path) ? await readJson(path, Calibration) : undefined;
    const tagger = await openTagger(name, { ...options, int8: true }); // calibrated so, too
    try {
      return new PhiTagger(tagger, calibration);
    } catch (error) {
      await tagger.close();
      throw error;
    }
  }

  /** ln p of every tag at every word, as the model gives them; words that it did not see are `O`. A blank (`___`) is read as dashes. */
  async scores(texts: readonly string[]): Promise<WordProbabilities[]> {
    const count = this.kinds.tags.length;
    const dashed = texts.map((text) => text.replace(BLANK, (blank) => "-".repeat(blank.length)));
    return (await this.#tagger.scores(dashed, { overlap: OVERLAP })).map(({ words, scores, seen }, i) => {
      for (const [word, known] of seen.entries()) {
        if (known === 1) continue;
        scores.fill(-30, word * count, (word + 1) * count);
        scores[word * count + this.kinds.tags.indexOf("O")] = 0;
      }
      const text = texts[i] ?? "";
      return {
        words: words.map(({ start, end }) => ({ start, end, text: text.slice(start, end) })),
        rows: scores,
      };
    });
  }

  /** p of every tag at every word, calibrated where the model is. */
  async read(texts: readonly string[]): Promise<WordProbabilities[]> {
    const { calibration, kinds } = this;
    const temperature = calibration?.temperature ?? 1;
    return (await this.scores(texts)).map(({ words, rows }) => ({
      words,
      rows: tempered(rows, kinds.tags.length, temperature),
    }));
  }

  async close(): Promise<void> {
    await this.#tagger.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

const labels = new LabelMap();

function kindOfTag(tag: string): PhiKind | undefined {
  const kind = tag === "O" ? undefined : labels.meaning(tag.slice(2))?.kind;
  return typeof kind === "string" && isPhiKind(kind) ? kind : undefined;
}
