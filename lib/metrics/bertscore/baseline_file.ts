/** Files of BERTScore's baselines, as bert_score has them. @module */

import { writeFile } from "../../write_file.ts";
import { bertscoreBaseline } from "../bertscore_baseline.ts";
import { openTokenEncoder, type TokenEncoderOptions } from "../encoder_embeddings.ts";
import type { PrecisionRecallF1 } from "../precision_recall_f1.ts";

const HEADER = "LAYER,P,R,F";

/**
 * The baseline of a layer in a file of bert_score's (`rescale_baseline/en/roberta-large.tsv`): a line `LAYER,P,R,F`, then a
 * line a layer, the embeddings being 0.
 *
 * @throws {Error} in one line, with file and line, where it is missing, has other columns, a value that is no number below 1,
 * or no such layer
 *
 * @example
 * ```ts
 * import { readBaseline } from "./baseline_file.ts";
 * import { equal } from "node:assert/strict";
 * const file = await Deno.makeTempFile();
 * await Deno.writeTextFile(file, "LAYER,P,R,F\n0,0.31,0.32,0.3\n1,0.4,0.4,0.39\n");
 * equal((await readBaseline(file, 1)).f1, 0.39);
 * ```
 */
export async function readBaseline(file: string, layer: number): Promise<PrecisionRecallF1> {
  const lines = (await textOf(file)).split(/\r?\n/);
  if (lines[0]?.replace(/^\ufeff/, "").trim() !== HEADER) {
    throw new Error(`${file}:1: "${lines[0]}" is not ${HEADER}. Name a baseline file of bert_score.`);
  }
  const rows = lines.map((line, i) => ({ at: `${file}:${i + 1}`, line })).slice(1)
    .filter(({ line }) => line.trim() !== "");
  for (const { at, line } of rows) {
    const cells = line.split(",").map((cell) => cell.trim() === "" ? NaN : Number(cell));
    const [number, precision = NaN, recall = NaN, f1 = NaN] = cells;
    if (cells.length !== 4 || !Number.isInteger(number) || ![precision, recall, f1].every((x) => x < 1)) {
      throw new Error(`${at}: "${line}" is not a layer and three numbers below 1. Correct the line.`);
    }
    if (number === layer) return { precision, recall, f1 };
  }
  throw new Error(
    `${file}: no layer ${layer} among ${rows.length}. Name the file of the encoder's own model.`,
  );
}

async function textOf(file: string): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`${file}: no such baseline file. Name one, or make one with bertscoreBaselineFile().`, {
      cause: error,
    });
  }
}

/**
 * Measures an own model's baseline at the given layers, and writes it as bert_score reads it (its `baseline_path`), where
 * the layers are all that the model has. Kept as `bertscore_baseline.tsv` in the model's folder, it is found there.
 *
 * @param texts some like those to be scored, sentences rather than letters, at least two that differ
 * @param options `layers`, and those of the measurement and of the encoder
 * @throws {Error} as `openTokenEncoder()` and `bertscoreBaseline()` do
 *
 * @example
 * ```ts
 * import { tinyModel } from "../../checkpoint/tiny_model.ts";
 * import { bertscoreBaselineFile, readBaseline } from "./baseline_file.ts";
 * import { ok } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(folder, { pieces: ["fever", "cough"], positions: 16 });
 * await bertscoreBaselineFile(folder, ["fever", "cough"], `${folder}/bertscore_baseline.tsv`, { layers: [0, 1], pairs: 4 });
 * ok((await readBaseline(`${folder}/bertscore_baseline.tsv`, 1)).f1 < 1);
 * ```
 */
export async function bertscoreBaselineFile(
  folder: string,
  texts: readonly string[],
  file: string,
  options: Omit<TokenEncoderOptions, "layer"> & {
    readonly layers: readonly number[];
    readonly pairs?: number;
    readonly seed?: number | string;
  },
): Promise<void> {
  const { layers, pairs, seed, ...how } = options;
  const lines = [HEADER];
  for (const layer of layers) {
    const encoder = await openTokenEncoder(folder, { ...how, layer });
    try {
      const measure = { ...pairs !== undefined && { pairs }, ...seed !== undefined && { seed } };
      const { precision, recall, f1 } = await bertscoreBaseline(encoder, texts, measure);
      lines.push([layer, ...[precision, recall, f1].map((x) => x.toFixed(8))].join(","));
    } finally {
      await encoder.close();
    }
  }
  await writeFile(file, `${lines.join("\n")}\n`);
}
