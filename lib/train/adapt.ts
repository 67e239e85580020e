/** Going on with the training of an encoder, on letters. @module */

import { checkWhole } from "../check_whole.ts";
import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import { openEncoder, saveModel } from "../checkpoint/model.ts";
import { copyTokenizer } from "../checkpoint/tokenizer_files.ts";
import type { Letter } from "../corpus/letter.ts";
import { progress } from "../progress.ts";
import { MaskedLM } from "./masked_lm.ts";
import { train } from "./trainer.ts";

/** How an encoder is adapted to letters. */
export interface AdaptOptions {
  /** The encoder to start from: a folder of the models folder by its name, or a folder by its path. */
  readonly model: string;
  readonly steps: number;
  /** Decides which words are asked for, and the order of the text. */
  readonly seed: number;
  /** At its peak, after the first tenth of the steps; then it falls to 0. Left out: 5e-4, which suits small encoders. */
  readonly learningRate?: number;
  /** Windows a step. Left out: 8. */
  readonly batch?: number;
  /** Pieces a window, special ones included. Left out: 128, or as many as the model takes. */
  readonly length?: number;
  /** The share of the pieces that the model is asked for. Left out: 0.15. */
  readonly share?: number;
}

/**
 * Trains an encoder further to restore hidden words of the letters (masked language modelling, whole words; domain adaptation as
 * in S. Gururangan et al., "Don't stop pretraining", ACL 2020), and writes the model folder, which `fill()` takes. The same
 * letters, options and number of threads give the same weights.
 *
 * @param folder where the new model is written, in float16
 * @throws {Error} where there is no such encoder, an option cannot be, or the letters are shorter than one batch
 *
 * @example
 * ```ts
 * import { fingerprint } from "../checkpoint/fingerprint.ts";
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { adapt } from "./adapt.ts";
 * import { notEqual } from "node:assert/strict";
 * const models = await Deno.makeTempDir();
 * await tinyModel(`${models}/tiny`, { pieces: ["on", "aspirin", "today", "."], positions: 16, layers: 1 });
 * const letters = ["a", "b"].map((id) => ({ id, text: "On aspirin today. ".repeat(9), spans: [], meta: {} }));
 * await adapt(letters, { model: "tiny", steps: 2, batch: 1, seed: 42 }, `${models}/adapted`, { models });
 * notEqual(await fingerprint(`${models}/adapted`), await fingerprint(`${models}/tiny`));
 * ```
 */
export async function adapt(
  letters: readonly Letter[],
  options: AdaptOptions,
  folder: string,
  { models, threads }: ModelOptions = {},
): Promise<void> {
  const { model: name, steps, seed, learningRate = 5e-4, batch = 8, share = 0.15 } = options;
  checkWhole("steps", steps, 1);
  checkWhole("batch", batch, 1);
  const source = await findModel(name, models === undefined ? {} : { models });
  const model = await openEncoder(source, { kind: "language-model" });
  const { architecture, parameters, tokenizer, maxLength } = model;
  const length = options.length ?? Math.min(128, maxLength);
  checkWhole("length", length, 3);
  if (length > maxLength) {
    throw new Error(`length ${length}: ${name} takes ${maxLength} pieces. Choose fewer.`);
  }
  if (!(share > 0 && share < 1)) {
    throw new Error(`share ${share} is not between 0 and 1. Choose one that is.`);
  }
  const documents = letters.map(({ text }) => tokenizer.encode(text));
  const continues = (piece: number) => !tokenizer.surface(piece).begins;
  const task = new MaskedLM(architecture, documents, tokenizer.special, {
    ...{ batch: [batch, length], share, seed, continues },
  });
  const bar = progress(`adapt ${name}`, steps, { unit: "steps" });
  try {
    const session = threads === undefined ? {} : { threads };
    for await (
      const { step, loss } of train(parameters, task, { steps, learningRate, warmUp: 0.1, ...session })
    ) {
      bar.update(step, `loss ${loss.toFixed(3)}`);
    }
  } finally {
    await bar.done();
  }
  await copyTokenizer(source, folder);
  await saveModel(model, folder, "float16");
}
