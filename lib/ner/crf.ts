/** A linear-chain conditional random field over tags (Lafferty, McCallum & Pereira 2001). @module */

import { isFile } from "../look.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { readSafetensors, writeSafetensors } from "../checkpoint/safetensors.ts";
import { CRF_FILE } from "../checkpoint/folder_files.ts";
import { tagOrder } from "./tag_order.ts";

/** Scores of sequences beside those of their tags; tags by their places in the set. */
export interface Crf {
  /** `between[before * tags + tag]`, in nats. */
  readonly between: Float32Array;
  /** Of the tag that a text begins with. */
  readonly first: Float32Array;
  /** Of the tag that it ends with. */
  readonly last: Float32Array;
}

/** What its parts are called in the file, which are PyTorch-crf's names. */
const NAMES = { between: "transitions", first: "start_transitions", last: "end_transitions" } as const;

/**
 * ln p of every tag at every word, over all sequences that the scheme allows (the forward–backward algorithm: Rabiner 1989, section III;
 * sums are scaled at each word, in float64).
 *
 * @param scores of every tag at every word, row after row; any constant may be added to a row
 * @throws {Error} where the scheme's sequences have no probability left
 *
 * @example
 * ```ts
 * import { marginals } from "./crf.ts";
 * import { ok } from "node:assert/strict";
 * const crf = { between: new Float32Array(9), first: new Float32Array(3), last: new Float32Array(3) };
 * const rows = marginals(Float32Array.of(0, 0, 9, 0, 0, 0), crf, ["O", "B-X", "I-X"]);
 * ok(rows[2] === -Infinity); // no text begins with I-X
 * ok(Math.abs((rows[0] ?? 0) - Math.log(2 / 5)) < 1e-6); // O O, O B, of five sequences
 * ```
 */
export function marginals(scores: Float32Array, crf: Crf, tags: readonly string[]): Float32Array {
  const count = tags.length;
  const length = scores.length / count;
  const { follows, first, last } = tagOrder(tags);
  const factors = Float64Array.from(scores);
  for (let word = 0; word < length; word++) {
    const row = factors.subarray(word * count, (word + 1) * count);
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
    row.forEach((x, tag) => row[tag] = Math.exp(x - most));
  }
  const between = Float64Array.from(crf.between, Math.exp);
  const [ahead, behind] = [new Float64Array(scores.length), new Float64Array(scores.length)];
  const row = (of: Float64Array, word: number) => of.subarray(word * count, (word + 1) * count);
  for (const tag of first) ahead[tag] = Math.exp(crf.first[tag] ?? 0) * (factors[tag] ?? 0);
  if (length > 0) scale(row(ahead, 0));
  for (let word = 1; word < length; word++) {
    const [now, past] = [row(ahead, word), row(ahead, word - 1)];
    for (const [tag, allowed] of follows.entries()) {
      let sum = 0;
      for (const before of allowed) sum += (past[before] ?? 0) * (between[before * count + tag] ?? 0);
      now[tag] = sum * (factors[word * count + tag] ?? 0);
    }
    scale(now);
  }
  for (const tag of last) behind[(length - 1) * count + tag] = Math.exp(crf.last[tag] ?? 0);
  for (let word = length - 2; word >= 0; word--) {
    const [now, next] = [row(behind, word), row(behind, word + 1)];
    for (const [tag, allowed] of follows.entries()) {
      const weight = (factors[(word + 1) * count + tag] ?? 0) * (next[tag] ?? 0);
      for (const before of allowed) {
        now[before] = (now[before] ?? 0) + weight * (between[before * count + tag] ?? 0);
      }
    }
    scale(now);
  }
  const found = new Float32Array(scores.length);
  for (let word = 0; word < length; word++) {
    const both = row(ahead, word).map((x, tag) => x * (behind[word * count + tag] ?? 0));
    scale(both);
    both.forEach((p, tag) => found[word * count + tag] = Math.log(p));
  }
  return found;
}

/** Makes numbers that are not negative sum up to 1. */
function scale(row: Float64Array): void {
  const sum = row.reduce((a, b) => a + b, 0);
  if (!(sum > 0 && sum < Infinity)) {
    throw new Error(`the tags' scores sum up to ${sum}. Train the tagger anew.`);
  }
  row.forEach((x, i) => row[i] = x / sum);
}

/**
 * The layer that lies beside a tagger's weights; `undefined` where there is none.
 *
 * @throws {Error} naming the file where it is not one for so many tags
 */
export async function readCrf(folder: string, tags: number): Promise<Crf | undefined> {
  const path = `${folder}/${CRF_FILE}`;
  if (!await isFile(path)) return undefined;
  const { tensors } = await readSafetensors(path);
  const part = (name: string, shape: readonly number[]) => {
    const { data, shape: is } = tensors.get(name) ?? {};
    if (data instanceof Float32Array && `${is}` === `${shape}`) return data;
    throw new Error(`${path}: no ${name} of [${shape}], which ${tags} tags have. Train the tagger anew.`);
  };
  return {
    between: part(NAMES.between, [tags, tags]),
    first: part(NAMES.first, [tags]),
    last: part(NAMES.last, [tags]),
  };
}

/** Writes the layer beside a tagger's weights, where Python's `from_pretrained` does not look. */
export async function writeCrf(folder: string, { between, first, last }: Crf): Promise<void> {
  const tags = first.length;
  const part = (data: Float32Array, shape: readonly number[]): Tensor => ({ dtype: "float32", shape, data });
  await writeSafetensors(
    `${folder}/${CRF_FILE}`,
    new Map([
      [NAMES.between, part(between, [tags, tags])],
      [NAMES.first, part(first, [tags])],
      [NAMES.last, part(last, [tags])],
    ]),
  );
}
