/** How much a language model gives away of canaries that were planted in its training text. @module */

import { bootstrapInterval } from "../stats/bootstrap_interval.ts";

/** The exposure of one canary. */
export interface Exposure {
  /** log2 of the number of candidates less log2 of the rank: 0 for the last, the most there is for the first. */
  readonly exposure: number;
  /** 1 for the canary with the least loss of all; candidates of the same loss share the mean of their ranks. */
  readonly rank: number;
  /** How many candidates there are, the canary counted among them. */
  readonly candidates: number;
  /** rank / candidates: the chance of such a rank, or a better one, for a canary that the model never saw. */
  readonly p: number;
}

/**
 * The exposure of a canary: how early it comes among candidates of the same form, by the model's loss of each. The canary is one of the
 * candidates, so the most is log2(others + 1), and a canary ranked first has exactly that. With a random sample of the
 * candidates in place of all of them it is a lower bound for a canary that beats the whole sample.
 *
 * Source: N. Carlini et al., "The Secret Sharer", USENIX Security 2019, section 4.2.
 *
 * @param loss the model's loss (or perplexity) of the canary
 * @param others the losses of the candidates that were not planted
 * @throws {Error} when there is no other candidate, or a loss is not finite
 *
 * @example
 * ```ts
 * import { exposure } from "./exposure.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(exposure(0.5, [2, 1, 3]), { exposure: 2, rank: 1, candidates: 4, p: 0.25 });
 * ```
 */
export function exposure(loss: number, others: ArrayLike<number>): Exposure {
  if (others.length === 0) {
    throw new Error("exposure: no other candidate. Give losses of secrets that were not planted.");
  }
  if (!Number.isFinite(loss)) throw new Error(`exposure: the canary's loss is ${loss}. Give a number.`);
  let [less, equal] = [0, 0];
  for (let i = 0; i < others.length; i++) {
    const other = others[i] ?? NaN;
    if (!Number.isFinite(other)) {
      throw new Error(`exposure: the loss of candidate ${i} is ${other}. Give a number.`);
    }
    if (other < loss) less++;
    if (other === loss) equal++;
  }
  const [rank, candidates] = [1 + less + equal / 2, others.length + 1];
  return { exposure: Math.log2(candidates / rank), rank, candidates, p: rank / candidates };
}

/** The exposure of several canaries. */
export interface Exposures {
  readonly signature: string;
  readonly canaries: readonly Exposure[];
  readonly mean: number;
  /** Ends of the 95% bootstrap interval (BCa) over canaries; null for fewer than two. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The exposure of each of several canaries among the same candidates, and their mean. A canary's rivals are the candidates
 * that were not planted, never the other canaries.
 *
 * @throws {Error} when there is no canary, and as {@linkcode exposure} does
 *
 * @example
 * ```ts
 * import { exposures } from "./exposure.ts";
 * import { equal } from "node:assert/strict";
 * equal(exposures([0.5, 2.5], [2, 1, 3]).mean, (2 + Math.log2(4 / 3)) / 2);
 * ```
 */
export function exposures(losses: readonly number[], others: ArrayLike<number>): Exposures {
  if (losses.length === 0) throw new Error("exposure: no canary. Give the loss of at least one.");
  const canaries = losses.map((loss) => exposure(loss, others));
  const values = canaries.map((canary) => canary.exposure);
  const { mean, low, high } = values.length > 1
    ? bootstrapInterval(values)
    : { mean: values[0] ?? NaN, low: null, high: null };
  return {
    signature: `exposure|candidates:${others.length + 1}|ties:mean-rank|v1`,
    canaries,
    mean,
    low,
    high,
  };
}
