/** The matching inside BERTScore: every token takes its most similar token of the other text. @module */

import { GraphBuilder } from "../onnx/builder.ts";
import { Session, type SessionOptions } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type PrecisionRecallF1, precisionRecallF1 } from "./precision_recall_f1.ts";

/** A text's token embeddings, and how much each token counts. */
export interface WeightedTokens {
  /** (tokens, hidden), row-major; of any length, cosine normalises. */
  readonly embeddings: Float32Array;
  readonly hidden: number;
  /** One non-negative weight a token: 0 for special tokens, else 1 or an inverse document frequency. */
  readonly weights: readonly number[] | Float64Array;
  /** Whether every row has length 1 already. */
  readonly unit?: true;
}

/** Matches pair after pair; holds a session of the runtime until it is closed. */
export interface GreedyMatcher {
  /** @throws {Error} when the hidden sizes differ, a length does not fit, or an embedding is zero or not finite. */
  match(reference: WeightedTokens, candidate: WeightedTokens): Promise<PrecisionRecallF1>;
  close(): Promise<void>;
}

/**
 * BERTScore of a candidate against a reference: precision is the weighted mean, over the candidate's tokens, of the
 * greatest cosine similarity to any reference token; recall the same with the roles changed; F1 their harmonic mean.
 * Equal to `bert_score.utils.greedy_cos_idf` 0.3.13 on one unpadded pair. As there, special tokens can be matched but
 * carry no weight of their own, and a text whose tokens all weigh nothing (an empty one) scores 0. F1 is 0 where
 * precision and recall do not sum to something positive.
 *
 * The similarities are matrix products in float32, which run on all cores; only the greatest leave the runtime.
 *
 * Source: Zhang et al., "BERTScore: evaluating text generation with BERT", ICLR 2020.
 *
 * @example
 * ```ts
 * import { openGreedyMatcher } from "./greedy_matching.ts";
 * import { equal } from "node:assert/strict";
 * const matcher = await openGreedyMatcher();
 * const reference = { embeddings: Float32Array.of(1, 0, 0, 2), hidden: 2, weights: [1, 1] };
 * const candidate = { embeddings: Float32Array.of(3, 0), hidden: 2, weights: [1] };
 * const { precision, recall } = await matcher.match(reference, candidate);
 * equal(precision, 1);
 * equal(recall, 0.5);
 * await matcher.close();
 * ```
 */
export async function openGreedyMatcher(options: SessionOptions = {}): Promise<GreedyMatcher> {
  const b = new GraphBuilder("greedy-matching");
  const candidate = b.input("candidate", "float32", ["candidate tokens", "hidden"]);
  const reference = b.input("reference", "float32", ["reference tokens", "hidden"]);
  const similarity = b.dense(candidate, reference); // (candidate tokens, reference tokens)
  const greatest = (axis: number) =>
    b.one("ReduceMax", [similarity, b.ints([axis])], { keepdims: { int: 0 } });
  const graph = b.graph([b.named("of candidate", greatest(1)), b.named("of reference", greatest(0))]);
  const session = await Session.open(graph, options);
  return {
    async match(reference, candidate) {
      if (reference.hidden !== candidate.hidden) {
        throw new Error(
          `embeddings: reference has ${reference.hidden} dimensions, candidate ${candidate.hidden}. Use one encoder for both.`,
        );
      }
      if ([reference, candidate].some(({ weights }) => weights.every((weight: number) => weight === 0))) {
        return precisionRecallF1(0, 0);
      }
      const [ofCandidate, ofReference] = [emptyBest(candidate), emptyBest(reference)];
      const [rows, columns] = [blocksOf(unitRows(candidate)), blocksOf(unitRows(reference))];
      for (const { first: row, tensor: candidate } of rows) {
        for (const { first: column, tensor: reference } of columns) {
          const best = await session.run({ candidate, reference });
          raise(ofCandidate, row, best["of candidate"]);
          raise(ofReference, column, best["of reference"]);
        }
      }
      return precisionRecallF1(
        weightedMean(ofCandidate, candidate.weights),
        weightedMean(ofReference, reference.weights),
      );
    },
    close: () => session.close(),
  };
}

/** The rows scaled to length 1. */
function unitRows({ embeddings, hidden, weights, unit }: WeightedTokens): Tensor<"float32"> {
  const tokens = weights.length;
  if (embeddings.length !== tokens * hidden) {
    throw new Error(
      `embeddings: ${embeddings.length} numbers for ${tokens} weights × ${hidden} dimensions. Give one weight a token.`,
    );
  }
  if (unit) return { dtype: "float32", shape: [tokens, hidden], data: embeddings };
  const rows = new Float32Array(tokens * hidden);
  for (let row = 0; row < tokens; row++) {
    const values = embeddings.subarray(row * hidden, (row + 1) * hidden);
    let squares = 0;
    for (const value of values) squares += value * value;
    if (!(squares > 0 && squares < Infinity)) {
      throw new Error(
        `embeddings: token ${row} has squared length ${squares}; cosine needs a finite, non-zero vector.`,
      );
    }
    const scale = 1 / Math.sqrt(squares);
    values.forEach((value, k) => rows[row * hidden + k] = value * scale);
  }
  return { dtype: "float32", shape: [tokens, hidden], data: rows };
}

const emptyBest = ({ weights }: WeightedTokens) => new Float32Array(weights.length).fill(-Infinity);

/** Rows of a block: the similarities of two blocks take 64 MB, however long the texts are. */
const BLOCK = 4096;

function blocksOf({ shape: [tokens = 0, hidden = 0], data }: Tensor<"float32">) {
  return Array.from({ length: Math.ceil(tokens / BLOCK) }, (_, i) => {
    const [first, end] = [i * BLOCK, Math.min(tokens, (i + 1) * BLOCK)];
    const rows = data.subarray(first * hidden, end * hidden);
    return { first, tensor: { dtype: "float32", shape: [end - first, hidden], data: rows } as const };
  });
}

/** Raises the greatest similarities so far, from a place on, to those of a block. */
function raise(best: Float32Array, from: number, found: Tensor | undefined): void {
  if (!(found?.data instanceof Float32Array)) throw new Error("greedy matching: the runtime gave no numbers");
  found.data.forEach((value, i) => {
    if (!(value <= (best[from + i] ?? 0))) best[from + i] = value; // NaN stays
  });
}

function weightedMean(values: Float32Array, weights: WeightedTokens["weights"]): number {
  let [total, weight] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] ?? 0;
    if (w === 0) continue;
    total += w * (values[i] ?? NaN);
    weight += w;
  }
  if (Number.isFinite(total)) return total / weight;
  throw new Error("embeddings: some are not finite. The model's weights are damaged, or too large for int8.");
}
