/** BERTScore: similarity of meaning, by the contextual embeddings of a language model. @module */

import { openGreedyMatcher, type WeightedTokens } from "./greedy_matching.ts";
import type { InverseDocumentFrequency } from "./inverse_document_frequency.ts";
import type { PrecisionRecallF1 } from "./precision_recall_f1.ts";
import type { EncodedText, TokenEncoder } from "./token_encoder.ts";

/** How BERTScore weighs tokens and scales its result. */
export interface BertscoreOptions {
  /** Weights of the tokens; without it every token but the special ones weighs 1. */
  readonly idf?: InverseDocumentFrequency;
  /**
   * The BERTScore of unrelated texts under the same encoder. With it, each number x becomes (x − baseline) / (1 − baseline),
   * which spreads the narrow range of raw scores; the ranking stays.
   */
  readonly baseline?: PrecisionRecallF1;
}

/** Code units of the texts handed to the encoder at a time: enough to find many of one length, few enough to hold. */
const UNITS_A_CALL = 200_000;

/**
 * What a BERTScore was computed with.
 *
 * @example
 * ```ts
 * import { bertscoreSignature } from "./bertscore.ts";
 * import { equal } from "node:assert/strict";
 * equal(bertscoreSignature("minilm|layer:5"), "bertscore|encoder:minilm|layer:5|idf:no|rescaled:no|v1");
 * ```
 */
export function bertscoreSignature(
  encoder: string,
  { idf, baseline }: {
    readonly idf?: Pick<InverseDocumentFrequency, "documents">;
    readonly baseline?: PrecisionRecallF1;
  } = {},
): string {
  const rescaled = baseline === undefined ? "no" : `${baseline.precision}/${baseline.recall}/${baseline.f1}`;
  return `bertscore|encoder:${encoder}|idf:${idf?.documents ?? "no"}|rescaled:${rescaled}|v1`;
}

/**
 * BERTScore of each candidate against the reference at the same place, equal to bert_score 0.3.13 on unpadded pairs.
 * Each distinct text is encoded once, and held only until the last pair that needs it.
 *
 * Where bert_score differs, and why: in a batch it pads, and a similarity below 0 becomes 0 for the shorter texts of the
 * batch; with idf it gives NaN for a text whose tokens are all in every reference, which is 0 here; under transformers 5 it
 * computes in the precision in which the weights are stored, with float16 off by some 1e-4, and fails on an empty text.
 *
 * @throws {Error} when the lists differ in length, or the encoder gives another number of texts than it was asked for.
 *
 * @example
 * ```ts
 * import { bertscorePairs } from "./bertscore.ts";
 * import { equal } from "node:assert/strict";
 * const letters = {
 *   signature: "letters",
 *   specialIds: [0],
 *   encode: (texts: readonly string[]) =>
 *     Promise.resolve(texts.map((text) => {
 *       const ids = Int32Array.from(text, (c) => c === " " ? 0 : 1 + c.charCodeAt(0) % 2);
 *       const embeddings = Float32Array.from([...ids].flatMap((id) => [1, id]));
 *       return { ids, embeddings, hidden: 2 };
 *     })),
 * };
 * const [same] = await bertscorePairs(letters, [" ab "], [" ba "]);
 * equal(same?.f1.toFixed(6), "1.000000");
 * ```
 */
export async function bertscorePairs(
  encoder: TokenEncoder,
  references: readonly string[],
  candidates: readonly string[],
  options: BertscoreOptions = {},
): Promise<PrecisionRecallF1[]> {
  if (references.length !== candidates.length) {
    throw new Error(
      `bertscore: ${references.length} references for ${candidates.length} candidates. Pair them one to one.`,
    );
  }
  const lastUse = new Map<string, number>();
  references.forEach((text, i) => lastUse.set(text, i));
  candidates.forEach((text, i) => lastUse.set(text, Math.max(i, lastUse.get(text) ?? 0)));

  const special = new Set(encoder.specialIds);
  const queue = distinctInOrder(references, candidates);
  const held = new Map<string, WeightedTokens>();
  const tokensOf = async (text: string): Promise<WeightedTokens> => {
    for (let tokens = held.get(text);; tokens = held.get(text)) {
      if (tokens !== undefined) return tokens;
      const texts = nextOf(queue);
      const encoded = texts.length > 0 ? await encoder.encode(texts) : [];
      if (encoded.length !== texts.length || texts.length === 0) {
        throw new Error(
          `encoder ${encoder.signature}: gave ${encoded.length} texts for ${texts.length}. Give one a text.`,
        );
      }
      encoded.forEach((one, i) => held.set(texts[i] ?? "", weighted(one, special, options.idf)));
    }
  };

  const scores: PrecisionRecallF1[] = [];
  const matcher = await openGreedyMatcher();
  try {
    for (const [i, reference] of references.entries()) {
      const candidate = candidates[i] ?? "";
      const score = await matcher.match(await tokensOf(reference), await tokensOf(candidate));
      scores.push(options.baseline === undefined ? score : rescaled(score, options.baseline));
      for (const text of [reference, candidate]) if (lastUse.get(text) === i) held.delete(text);
    }
  } finally {
    await matcher.close();
  }
  return scores;
}

/** Every text once, in the order in which the pairs first need it. */
function distinctInOrder(references: readonly string[], candidates: readonly string[]): string[] {
  return [...new Set(references.flatMap((reference, i) => [reference, candidates[i] ?? ""]))];
}

/** Takes the next texts, of about as many code units as are handed to the encoder. */
function nextOf(queue: string[]): string[] {
  let [count, units] = [0, 0];
  while (count < queue.length && units < UNITS_A_CALL) units += queue[count++]?.length ?? 0;
  return queue.splice(0, count);
}

function weighted(
  text: EncodedText,
  special: ReadonlySet<number>,
  idf?: InverseDocumentFrequency,
): WeightedTokens {
  const weights = Float64Array.from(text.ids, (id) => {
    if (special.has(id)) return 0;
    return idf === undefined ? 1 : idf.weights.get(id) ?? idf.unseen;
  });
  const { embeddings, hidden, unit } = text;
  return { embeddings, hidden, weights, ...unit && { unit } };
}

function rescaled(score: PrecisionRecallF1, baseline: PrecisionRecallF1): PrecisionRecallF1 {
  const scale = (x: number, b: number) => (x - b) / (1 - b);
  return {
    precision: scale(score.precision, baseline.precision),
    recall: scale(score.recall, baseline.recall),
    f1: scale(score.f1, baseline.f1),
  };
}
