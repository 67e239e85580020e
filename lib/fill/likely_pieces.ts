/** The likeliest pieces of a row of scores. @module */

import type { LikelyPiece } from "./masked_language_model.ts";

/**
 * The pieces with the greatest scores, with their probabilities among all pieces, likeliest first; of equals the smaller ids.
 *
 * @param allowed 1 at the pieces that may come; left out: all
 *
 * @example
 * ```ts
 * import { likelyPieces } from "./likely_pieces.ts";
 * import { deepEqual } from "node:assert/strict";
 * const scores = Float32Array.of(Math.log(1), Math.log(6), Math.log(3));
 * deepEqual(likelyPieces(scores, 2, Uint8Array.of(1, 0, 1)).map(({ id, probability }) => [id, probability.toFixed(2)]), [
 *   [2, "0.30"],
 *   [0, "0.10"],
 * ]);
 * ```
 */
export function likelyPieces(scores: Float32Array, count: number, allowed?: Uint8Array): LikelyPiece[] {
  const best: { id: number; score: number }[] = [];
  let least = -Infinity; // the score that one more must be above once there are enough
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id] ?? -Infinity;
    if (score <= least || (allowed !== undefined && allowed[id] !== 1)) continue;
    let at = best.length;
    while (at > 0 && (best[at - 1]?.score ?? Infinity) < score) at--;
    best.splice(at, 0, { id, score });
    if (best.length > count) best.pop();
    if (best.length === count) least = best.at(-1)?.score ?? -Infinity;
  }
  const sum = logSumExp(scores);
  return best.map(({ id, score }) => ({ id, probability: Math.exp(score - sum) }));
}

/**
 * The logarithm of the sum of the powers of e.
 *
 * @example
 * ```ts
 * import { logSumExp } from "./likely_pieces.ts";
 * import { ok } from "node:assert/strict";
 * ok(Math.abs(logSumExp(Float32Array.of(0, 0)) - Math.log(2)) < 1e-12);
 * ```
 */
export function logSumExp(scores: Float32Array): number {
  let greatest = -Infinity;
  for (const score of scores) if (score > greatest) greatest = score;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += Math.exp((scores[i] ?? -Infinity) - greatest);
  return greatest + Math.log(sum);
}
