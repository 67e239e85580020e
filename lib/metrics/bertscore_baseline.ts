/** The BERTScore of texts that have nothing to do with one another. @module */

import { random } from "../random.ts";
import { bertscorePairs } from "./bertscore.ts";
import type { InverseDocumentFrequency } from "./inverse_document_frequency.ts";
import type { PrecisionRecallF1 } from "./precision_recall_f1.ts";
import type { TokenEncoder } from "./token_encoder.ts";

/**
 * The mean precision, recall and F1 of random pairs of different texts: what rescaling subtracts. bert_score ships such
 * means for known models, over pairs of Common Crawl sentences; for any other model or kind of text they are measured.
 *
 * @param texts Texts like those to be scored, all distinct.
 * @param options `pairs`: how many to draw (default 1,000); `seed` of the draw; `idf` as in the scoring.
 * @throws {Error} when there are fewer than two distinct texts.
 *
 * @example
 * ```ts
 * import { bertscoreBaseline } from "./bertscore_baseline.ts";
 * import { equal } from "node:assert/strict";
 * const flat = {
 *   signature: "flat",
 *   specialIds: [],
 *   encode: (texts: readonly string[]) =>
 *     Promise.resolve(texts.map(() => ({ ids: Int32Array.of(1), embeddings: Float32Array.of(1, 0), hidden: 2 }))),
 * };
 * equal((await bertscoreBaseline(flat, ["one", "two"], { pairs: 5 })).f1, 1);
 * ```
 */
export async function bertscoreBaseline(
  encoder: TokenEncoder,
  texts: readonly string[],
  options: {
    readonly pairs?: number;
    readonly seed?: number | string;
    readonly idf?: InverseDocumentFrequency;
  } = {},
): Promise<PrecisionRecallF1> {
  const { pairs = 1000, seed = 42, idf } = options;
  const distinct = [...new Set(texts)];
  if (distinct.length < 2) {
    throw new Error(`baseline: got ${distinct.length} distinct texts. Give at least 2.`);
  }
  const rng = random(`${seed}/bertscore-baseline`);
  const drawn = Array.from({ length: pairs }, () => {
    const first = rng.below(distinct.length);
    const second = (first + 1 + rng.below(distinct.length - 1)) % distinct.length;
    return [distinct[first] ?? "", distinct[second] ?? ""] as const;
  });
  const scores = await bertscorePairs(
    encoder,
    drawn.map(([reference]) => reference),
    drawn.map(([, candidate]) => candidate),
    idf === undefined ? {} : { idf },
  );
  const mean = (of: (score: PrecisionRecallF1) => number) =>
    scores.reduce((sum, s) => sum + of(s), 0) / scores.length;
  return { precision: mean((s) => s.precision), recall: mean((s) => s.recall), f1: mean((s) => s.f1) };
}
