/** How uncertain an encoder is of words. @module */

import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import type { UncertaintyModel } from "../mask/strategies/entropy.ts";
import { askInBatches } from "./batches.ts";
import { openMaskedLM } from "./encoder_model.ts";
import { logSumExp } from "./likely_pieces.ts";
import { Sheet, type SheetWindow } from "./sheet.ts";

/** A model that holds memory until it is closed. */
export interface OpenUncertainty extends UncertaintyModel {
  close(): Promise<void>;
}

/** Every so many words one is hidden at a time: the others are what the model sees. */
const APART = 8;

/** Most tokens given to the model at once. */
const TOKENS = 1024;

/**
 * Opens an encoder that says of each word how uncertain it is of what stands there: the entropy, in nats, of its prediction of one
 * piece in place of the word, while the words around are seen. Every eighth word is hidden at a time, so that a letter takes eight
 * passes.
 *
 * @throws {Error} when there is no such model, or it has no mask
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { mask } from "../mask/mask.ts";
 * import { wordEntropies } from "../mask/strategies/entropy.ts";
 * import { openUncertainty } from "./uncertainty.ts";
 * import { equal } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyModel(`${models}/tiny`, { pieces: ["mild", "pain", "."], positions: 16 });
 * const letters = [{ id: "a", text: "Mild pain.", spans: [], meta: {} }];
 * const model = await openUncertainty("tiny", { models });
 * const entropies = await wordEntropies(letters, model);
 * const [masked] = mask(letters, { strategy: "entropy", ratio: 0.5, seed: 42, entropies });
 * equal(masked?.masked.length, 1);
 * await model.close();
 * ```
 */
export async function openUncertainty(name: string, options: ModelOptions = {}): Promise<OpenUncertainty> {
  const { threads } = options;
  const model = await openMaskedLM(await findModel(name, options), threads === undefined ? {} : { threads });
  return {
    name: model.name,
    async entropies(letter, words) {
      const windows: SheetWindow[] = [];
      for (let first = 0; first < Math.min(APART, words.length); first++) {
        const masked = words.flatMap((_, index) => index % APART === first ? [index] : []);
        const sheet = new Sheet({ letter, words, masked }, model);
        windows.push(...sheet.chunks().map((chunk) => sheet.window(chunk)));
      }
      const found = new Array<number>(words.length).fill(NaN);
      const answers = await askInBatches(windows, { model: model.name, tokens: TOKENS }, async (batch) => {
        const scores = await model.scores(batch);
        return scores.map((rows) => rows.map(entropyOf));
      });
      for (const [i, window] of windows.entries()) {
        for (const [at, word] of window.words.entries()) found[word] = answers[i]?.[at] ?? NaN;
      }
      return found;
    },
    close: () => model.close(),
  };
}

/** Of the probabilities that scores stand for. */
function entropyOf(scores: Float32Array): number {
  const sum = logSumExp(scores);
  let entropy = 0;
  for (let id = 0; id < scores.length; id++) {
    const log = (scores[id] ?? -Infinity) - sum;
    if (log > -60) entropy -= Math.exp(log) * log; // less adds nothing
  }
  return entropy;
}
