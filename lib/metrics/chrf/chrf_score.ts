/** From counts of n-grams to chrF. @module */

/** What a text counts towards chrF, by order: characters' n-grams from 1 up, then words'. Counts of texts add up. */
export interface ChrfCounts {
  readonly candidate: readonly number[];
  readonly reference: readonly number[];
  readonly matches: readonly number[];
}

/**
 * chrF of counts, 0 to 100: the F-score of the mean precision and the mean recall over the orders that both texts have
 * n-grams of, recall counting `beta`² times as much. Equal to sacrebleu 2.6.0's `CHRF._compute_f_score`.
 *
 * @example
 * ```ts
 * import { chrfScore } from "./chrf_score.ts";
 * import { equal } from "node:assert/strict";
 * equal(chrfScore({ candidate: [4, 3], reference: [2, 1], matches: [2, 1] }, 1).toFixed(2), "58.82");
 * ```
 */
export function chrfScore({ candidate, reference, matches }: ChrfCounts, beta: number): number {
  let [precision, recall, orders] = [0, 0, 0];
  for (const [i, count] of matches.entries()) {
    const [ofCandidate, ofReference] = [candidate[i] ?? 0, reference[i] ?? 0];
    if (ofCandidate === 0 || ofReference === 0) continue;
    precision += count / ofCandidate;
    recall += count / ofReference;
    orders++;
  }
  if (precision + recall === 0) return 0;
  precision /= orders;
  recall /= orders;
  const factor = beta ** 2;
  return 100 * ((1 + factor) * precision * recall / (factor * precision + recall));
}

/**
 * The counts of several texts together, as corpus chrF takes them.
 *
 * @example
 * ```ts
 * import { sumOfChrfCounts } from "./chrf_score.ts";
 * import { deepEqual } from "node:assert/strict";
 * const counts = { candidate: [2], reference: [3], matches: [1] };
 * deepEqual(sumOfChrfCounts([counts, counts]), { candidate: [4], reference: [6], matches: [2] });
 * ```
 */
export function sumOfChrfCounts(all: readonly ChrfCounts[]): ChrfCounts {
  const sum = (part: keyof ChrfCounts) =>
    (all[0]?.[part] ?? []).map((_, i) => all.reduce((sum, counts) => sum + (counts[part][i] ?? 0), 0));
  return { candidate: sum("candidate"), reference: sum("reference"), matches: sum("matches") };
}
