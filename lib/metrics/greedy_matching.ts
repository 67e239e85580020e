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
 * The similarities are one matrix product in float32, which runs on all cores; only the greatest leave the runtime.
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
      const best = await session.run({ candidate: unitRows(candidate), reference: unitRows(reference) });
      return precisionRecallF1(
        weightedMean(best["of candidate"], candidate.weights),
        weightedMean(best["of reference"], reference.weights),
      );
    },
    close: () => session.close(),
  };
}

/** The rows scaled to length 1. */
function unitRows({ embeddings, hidden, weights }: WeightedTokens): Tensor<"float32"> {
  const tokens = weights.length;
  if (embeddings.length !== tokens * hidden) {
    throw new Error(
      `embeddings: ${embeddings.length} numbers for ${tokens} weights × ${hidden} dimensions. Give one weight a token.`,
    );
  }
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

function weightedMean(values: Tensor | undefined, weights: WeightedTokens["weights"]): number {
  let [total, weight] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i] ?? 0;
    total += w * Number(values?.data[i] ?? NaN);
    weight += w;
  }
  return total / weight;
}
