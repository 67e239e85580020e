/** Fine-tuning a model folder to tag the entities of letters. @module */

import { checkWhole } from "../check_whole.ts";
import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import { openEncoder } from "../checkpoint/model.ts";
import type { Letter } from "../corpus/letter.ts";
import { progress } from "../progress.ts";
import { words } from "../text/words.ts";
import { IGNORED } from "../train/cross_entropy.ts";
import { initialize } from "../train/initialize.ts";
import type { LabelledPieces } from "../train/labelled_pieces.ts";
import { LENGTHS } from "../train/length_buckets.ts";
import { TokenClassification } from "../train/token_classification.ts";
import { fit } from "../train/fit.ts";
import { train } from "../train/trainer.ts";
import type { Crf } from "./crf.ts";
import { crfOf, CrfTagging } from "./crf_training.ts";
import { goldOf, spanF1 } from "./span_f1.ts";
import { tagWeights } from "./tag_weights.ts";
import { Tagger } from "./tagger.ts";
import { type PieceTokenizer, taggerWindows } from "./tagger_windows.ts";
import { type TaggerScheme, tagsFor, wordTags } from "./word_tags.ts";

export interface TaggerTraining extends ModelOptions {
  /** The encoder to start from: a folder of the models folder by its name, or a folder by its path. */
  readonly model: string;
  readonly steps: number;
  /** Decides the new head, the order of batches and what drops out. */
  readonly seed: number;
  /** Windows a step; a letter has several. Default 8. */
  readonly batch?: number;
  /** At its peak, after the first tenth of the steps; then it falls to 0. Default 5e-4, which suits small encoders. */
  readonly learningRate?: number;
  /** What is learnt to be found. Left out: every label that the letters have. */
  readonly labels?: readonly string[];
  /** How spans are written as tags. Default IOB2. */
  readonly scheme?: TaggerScheme;
  /**
   * Whether a linear-chain conditional random field over the tags is trained with the encoder: the loss is of whole sequences, and
   * transitions decide beside the words' scores (Lample et al. 2016). Default false: tags are learnt word by word.
   */
  readonly crf?: boolean;
  /**
   * How much words count, by label, `O` being a label; those that are not named count 1. Balanced: all labels weigh the same
   * together (words / (labels · words of the label)). Left out: all words count alike.
   */
  readonly classWeights?: "balanced" | Readonly<Record<string, number>>;
  /** Letters on which spans are scored now and then; training ends where they get no better, with the weights of the best time. */
  readonly dev?: readonly Letter[];
  /** How many scores in a row may be no better than the best before training ends. Default 3. */
  readonly patience?: number;
  /** Steps from one score to the next. Default those that see each window once. */
  readonly scoreEvery?: number;
}

/**
 * Fine-tunes an encoder to tag letters: a new head over its last layer, all weights trained, tags of IOB2 on the first piece
 * of each word (Devlin et al. 2019, section 5.3). With `dev`, strict span F1 on those letters decides when it ends. The same letters, options and number of threads give the same weights.
 *
 * @param letters with gold spans that do not overlap
 * @throws {Error} where there is no such model, the letters have no spans, one is empty, spans overlap, or an option cannot be
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { openTagger } from "./tagger.ts";
 * import { trainTagger } from "./train_tagger.ts";
 * import { deepEqual } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyModel(`${models}/tiny`, { pieces: ["on", "aspirin", "today", "."], positions: 16, layers: 1 });
 * const text = "On aspirin today.";
 * const letter = { id: "a", text, spans: [{ start: 3, end: 10, label: "DRUG" }], meta: {} };
 * const options = { model: "tiny", models, steps: 40, learningRate: 0.02, batch: 1, seed: 42 };
 * await using tagger = await trainTagger([letter], options);
 * deepEqual((await tagger.tag([{ ...letter, spans: [] }]))[0]?.spans, letter.spans);
 *
 * await tagger.save(`${models}/tagger`); // a folder that Python's from_pretrained opens, too
 * await using opened = await openTagger("tagger", { models });
 * deepEqual((await opened.tag([letter]))[0]?.spans, letter.spans);
 * ```
 */
export async function trainTagger(letters: readonly Letter[], options: TaggerTraining): Promise<Tagger> {
  const { model: name, steps, seed, batch = 8, learningRate = 5e-4, threads } = options;
  const { patience = 1, scoreEvery = 1 } = options;
  for (const [option, value] of Object.entries({ steps, batch, patience, scoreEvery })) {
    checkWhole(option, value);
  }
  const wanted = new Set(
    options.labels ?? letters.flatMap(({ spans }) => spans.map(({ label }) => label)),
  );
  checkLetters(letters, "to learn from");
  const dev = options.dev && goldOf(options.dev, wanted, options.labels !== undefined);
  checkLetters(dev ?? [], "to score on");
  if (dev && !dev.some(({ spans }) => spans.length > 0)) {
    throw new Error(`${dev.length} letters to score on have no span. Give some that have.`);
  }
  const { scheme = "iob2", crf = false } = options;
  if (crf && options.classWeights !== undefined) {
    throw new Error("classWeights with crf: sequences have no weights of labels. Leave one of them out.");
  }
  const tags = tagsFor(wanted, scheme);
  const folder = await findModel(name, options);
  const model = await openEncoder(folder, { kind: "token-classification", labels: tags.length }, {
    missing: (parameter, shape) => initialize(parameter, shape, seed),
  });
  const { architecture, parameters, tokenizer, maxLength } = model;
  const windows = letters.flatMap((letter) => {
    const spans = letter.spans.filter(({ label }) => wanted.has(label));
    return labelledWindows({ ...letter, spans }, tokenizer, tags, maxLength, scheme);
  });
  if (!letters.some(({ spans }) => spans.some(({ label }) => wanted.has(label)))) {
    throw new Error(`no spans${options.labels ? ` of ${[...wanted].join(", ")}` : ""} to learn from.`);
  }
  const tagged = (layer: Crf | undefined) => Tagger.of(model, folder, tags, { ...session, crf: layer });
  const session = threads === undefined ? {} : { threads };
  const lengths = [...LENGTHS.filter((length) => length < maxLength), maxLength];
  const settings = {
    ...{ labels: tags.length, batch, seed, pad: tokenizer.special.pad, lengths },
    ...options.classWeights !== undefined && { weights: tagWeights(windows, tags, options.classWeights) },
  };
  const sequences = crf ? new CrfTagging(architecture, windows, tags, settings) : undefined;
  const task = sequences ?? new TokenClassification(architecture, windows, settings);
  const trained = new Map([...parameters, ...sequences?.parameters() ?? []]);
  const layer = () => sequences && crfOf(trained);
  const bar = progress(`train ${name}`, steps, { unit: "steps" });
  const how = { steps, learningRate, warmUp: 0.1, dropout: seed, ...session };
  try {
    if (dev) {
      const { patience = 3, scoreEvery = task.batchesPerEpoch } = options;
      await fit(trained, task, {
        ...{ ...how, measureEvery: scoreEvery, early: { metric: "f1", better: "higher", patience } },
        async measure() {
          await using tagger = await tagged(layer());
          return { f1: spanF1(dev, await tagger.tag(dev, { shown: false })) };
        },
        onStep: ({ step, loss }, last) =>
          bar.update(step, `loss ${loss.toFixed(3)}${last ? `, span F1 ${last["f1"]?.toFixed(3)}` : ""}`),
      });
    } else {
      for await (const { step, loss } of train(trained, task, how)) {
        bar.update(step, `loss ${loss.toFixed(3)}`);
      }
    }
  } finally {
    await bar.done();
  }
  return await tagged(layer());
}

function labelledWindows(
  letter: Letter,
  tokenizer: PieceTokenizer,
  tags: readonly string[],
  longest: number,
  scheme: TaggerScheme,
): LabelledPieces[] {
  const found = words(letter.text);
  const windows = taggerWindows(letter.text, found, tokenizer, longest);
  const seen = windows.flatMap(({ words }) => words.flatMap(({ word }) => found[word] ?? []));
  const wanted = wordTags(letter, seen, scheme); // of what has pieces, so that each tag has the one before it
  let next = 0;
  return windows.map(({ ids, words }) => {
    const labels = ids.map(() => IGNORED);
    for (const { at } of words) labels[at] = tags.indexOf(wanted[next++] ?? "O");
    return { ids, labels };
  });
}

function checkLetters(letters: readonly Letter[], what: string): void {
  const empty = letters.find(({ text }) => text.trim() === "");
  if (empty) throw new Error(`letter ${empty.id} is empty: nothing ${what}. Remove it.`);
}
