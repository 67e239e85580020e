/** The matching inside BERTScore: every token takes its most similar token of the other text. @module */

import { type PrecisionRecallF1, precisionRecallF1 } from "./precision_recall_f1.ts";

/** A text's token embeddings, and how much each token counts. */
export interface WeightedTokens {
  /** (tokens, hidden), row-major; of any length, cosine normalises. */
  readonly embeddings: Float32Array;
  readonly hidden: number;
  /** One non-negative weight a token: 0 for special tokens, else 1 or an inverse document frequency. */
  readonly weights: readonly number[] | Float64Array;
}

/** Rows of the candidate and of the reference that one pass of the inner loop holds in registers. */
const [TILE_ROWS, TILE_COLUMNS] = [3, 2];
/** Reference rows that stay in the processor's cache while all candidate rows pass by; a multiple of TILE_COLUMNS. */
const PANEL = 48;

/**
 * BERTScore of a candidate against a reference: precision is the weighted mean, over the candidate's tokens, of the
 * greatest cosine similarity to any reference token; recall the same with the roles changed; F1 their harmonic mean.
 * Equal to `bert_score.utils.greedy_cos_idf` 0.3.13 on one unpadded pair. As there, special tokens can be matched but
 * carry no weight of their own, and a text whose tokens all weigh nothing (an empty one) scores 0. F1 is 0 where
 * precision and recall do not sum to something positive. Sums are in double precision.
 *
 * Source: Zhang et al., "BERTScore: evaluating text generation with BERT", ICLR 2020.
 *
 * @throws {Error} when the hidden sizes differ, a length does not fit, or an embedding is zero or not finite.
 *
 * @example
 * ```ts
 * import { greedyMatching } from "./greedy_matching.ts";
 * import { equal } from "node:assert/strict";
 * const reference = { embeddings: Float32Array.of(1, 0, 0, 2), hidden: 2, weights: [1, 1] };
 * const candidate = { embeddings: Float32Array.of(3, 0), hidden: 2, weights: [1] };
 * const { precision, recall } = greedyMatching(reference, candidate);
 * equal(precision, 1);
 * equal(recall, 0.5);
 * ```
 */
export function greedyMatching(reference: WeightedTokens, candidate: WeightedTokens): PrecisionRecallF1 {
  if (reference.hidden !== candidate.hidden) {
    throw new Error(
      `embeddings: reference has ${reference.hidden} dimensions, candidate ${candidate.hidden}. Use one encoder for both.`,
    );
  }
  if ([reference, candidate].some(({ weights }) => weights.every((weight: number) => weight === 0))) {
    return precisionRecallF1(0, 0);
  }
  const best = bestSimilarities(unitRows(candidate, TILE_ROWS), unitRows(reference, PANEL), reference.hidden);
  return precisionRecallF1(
    weightedMean(best.ofRows, candidate.weights),
    weightedMean(best.ofColumns, reference.weights),
  );
}

/**
 * The rows scaled to length 1, in double precision, and the last row repeated until their number is a multiple of
 * `multiple`: a repeated row changes no maximum, so the matrix product needs no special case for its edges.
 */
function unitRows({ embeddings, hidden, weights }: WeightedTokens, multiple: number): Float64Array {
  const tokens = weights.length;
  if (embeddings.length !== tokens * hidden) {
    throw new Error(
      `embeddings: ${embeddings.length} numbers for ${tokens} weights × ${hidden} dimensions. Give one weight a token.`,
    );
  }
  const padded = Math.ceil(tokens / multiple) * multiple;
  const rows = new Float64Array(padded * hidden);
  for (let row = 0; row < padded; row++) {
    const from = Math.min(row, tokens - 1) * hidden;
    const values = embeddings.subarray(from, from + hidden);
    let squares = 0;
    for (const value of values) squares += value * value;
    if (!(squares > 0 && squares < Infinity)) {
      throw new Error(
        `embeddings: token ${row} has squared length ${squares}; cosine needs a finite, non-zero vector.`,
      );
    }
    const scale = 1 / Math.sqrt(squares);
    const to = row * hidden;
    values.forEach((value, k) => rows[to + k] = value * scale);
  }
  return rows;
}

/**
 * The greatest entry of every row and of every column of a · bᵀ, which is never held as a whole.
 * a: (n, hidden), n a multiple of TILE_ROWS; b: (m, hidden), m a multiple of PANEL.
 */
function bestSimilarities(a: Float64Array, b: Float64Array, hidden: number) {
  const [n, m] = [a.length / hidden, b.length / hidden];
  const ofRows = new Float64Array(n).fill(-Infinity);
  const ofColumns = new Float64Array(m).fill(-Infinity);
  for (let panel = 0; panel < m; panel += PANEL) {
    for (let i = 0; i < n; i += TILE_ROWS) {
      const a0 = i * hidden, a1 = a0 + hidden, a2 = a1 + hidden;
      let row0 = -Infinity, row1 = -Infinity, row2 = -Infinity;
      for (let j = panel; j < panel + PANEL; j += TILE_COLUMNS) {
        const b0 = j * hidden, b1 = b0 + hidden;
        let s00 = 0, s01 = 0, s10 = 0, s11 = 0, s20 = 0, s21 = 0;
        for (let k = 0; k < hidden; k++) {
          // Row numbers are below n and m, and k below hidden, so every read is inside its array.
          const y0 = b[b0 + k]!, y1 = b[b1 + k]!;
          const x0 = a[a0 + k]!, x1 = a[a1 + k]!, x2 = a[a2 + k]!;
          s00 += x0 * y0;
          s01 += x0 * y1;
          s10 += x1 * y0;
          s11 += x1 * y1;
          s20 += x2 * y0;
          s21 += x2 * y1;
        }
        row0 = Math.max(row0, s00, s01);
        row1 = Math.max(row1, s10, s11);
        row2 = Math.max(row2, s20, s21);
        // j + 1 < panel + PANEL ≤ m
        ofColumns[j] = Math.max(ofColumns[j]!, s00, s10, s20);
        ofColumns[j + 1] = Math.max(ofColumns[j + 1]!, s01, s11, s21);
      }
      // i + 2 < n
      ofRows[i] = Math.max(ofRows[i]!, row0);
      ofRows[i + 1] = Math.max(ofRows[i + 1]!, row1);
      ofRows[i + 2] = Math.max(ofRows[i + 2]!, row2);
    }
  }
  return { ofRows, ofColumns };
}

/** Values past the last weight belong to repeated rows. */
function weightedMean(values: Float64Array, weights: WeightedTokens["weights"]): number {
  let [total, weight] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] ?? 0;
    total += w * (values[i] ?? 0);
    weight += w;
  }
  return total / weight;
}
