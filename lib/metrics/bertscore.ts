/** BERTScore: similarity of meaning, by the contextual embeddings of a language model. @module */

import { openGreedyMatcher, type WeightedTokens } from "./greedy_matching.ts";
import type { InverseDocumentFrequency } from "./inverse_document_frequency.ts";
import { type Metric, type Pair, referencesOf, type Resources, valuesOfTriples } from "./metric.ts";
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

/** Texts handed to the encoder at a time: enough for it to batch, few enough to hold. */
const TEXTS_A_CALL = 16;

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
export function bertscoreSignature(encoder: string, { idf, baseline }: BertscoreOptions = {}): string {
  const rescaled = baseline === undefined ? "no" : `${baseline.precision}/${baseline.recall}/${baseline.f1}`;
  return `bertscore|encoder:${encoder}|idf:${
    idf === undefined ? "no" : idf.documents
  }|rescaled:${rescaled}|v1`;
}

/**
 * BERTScore of each candidate against the reference at the same place, equal to bert_score 0.3.13 on unpadded pairs.
 * Each distinct text is encoded once, and held only until the last pair that needs it.
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
      const texts = queue.splice(0, TEXTS_A_CALL);
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

function weighted(
  text: EncodedText,
  special: ReadonlySet<number>,
  idf?: InverseDocumentFrequency,
): WeightedTokens {
  const weights = Float64Array.from(text.ids, (id) => {
    if (special.has(id)) return 0;
    return idf === undefined ? 1 : idf.weights.get(id) ?? idf.unseen;
  });
  return { embeddings: text.embeddings, hidden: text.hidden, weights };
}

function rescaled(score: PrecisionRecallF1, baseline: PrecisionRecallF1): PrecisionRecallF1 {
  const scale = (x: number, b: number) => (x - b) / (1 - b);
  return {
    precision: scale(score.precision, baseline.precision),
    recall: scale(score.recall, baseline.recall),
    f1: scale(score.f1, baseline.f1),
  };
}

/**
 * BERTScore as a metric, named `bertscore-rescaled` where there is a baseline. With several references each of the three
 * numbers is its greatest, as in bert_score.
 *
 * @example
 * ```ts
 * import { bertscoreMetric } from "./bertscore.ts";
 * import { equal } from "node:assert/strict";
 * equal(bertscoreMetric().name, "bertscore");
 * ```
 */
export function bertscoreMetric(options: BertscoreOptions = {}): Metric {
  return {
    name: options.baseline === undefined ? "bertscore" : "bertscore-rescaled",
    title: options.baseline === undefined ? "BERTScore" : "BERTScore, rescaled",
    higherIsBetter: true,
    needsEncoder: true,
    range: options.baseline === undefined ? [-1, 1] : [-Infinity, 1],
    signature: (resources) => bertscoreSignature(encoderOf(resources).signature, options),
    async score(pairs, resources) {
      const flat = pairs.flatMap((pair) => referencesOf(pair).map((reference) => ({ pair, reference })));
      const scores = await bertscorePairs(
        encoderOf(resources),
        flat.map(({ reference }) => reference),
        flat.map(({ pair }) => pair.candidate),
        options,
      );
      const best = new Map<Pair, PrecisionRecallF1>();
      flat.forEach(({ pair }, i) => {
        const score = scores[i];
        if (score !== undefined) best.set(pair, greatest(score, best.get(pair)));
      });
      return valuesOfTriples(pairs.map((pair) => {
        const score = best.get(pair);
        if (score === undefined) {
          throw new Error(`bertscore: letter ${pair.id} has 0 references. Give at least one.`);
        }
        return score;
      }));
    },
  };
}

function encoderOf({ encoder }: Resources): TokenEncoder {
  if (encoder === undefined) {
    throw new Error("bertscore: needs a token encoder, got none. Pass resources { encoder }.");
  }
  return encoder;
}

function greatest(a: PrecisionRecallF1, b: PrecisionRecallF1 = a): PrecisionRecallF1 {
  return {
    precision: Math.max(a.precision, b.precision),
    recall: Math.max(a.recall, b.recall),
    f1: Math.max(a.f1, b.f1),
  };
}
