/** Which of a mask's likely words is written. @module */

import { draw, type Sampling } from "../generate/sampling.ts";
import { random } from "../random.ts";
import type { LikelyPiece } from "./masked_language_model.ts";

/** A word that could be written next, and where it ranks among words. */
export interface Offer extends LikelyPiece {
  /** 1 is the likeliest word. */
  readonly rank: number;
}

/** A word as it was chosen. */
export interface Chosen {
  readonly offer: Offer | undefined;
  /** The ids that filters refused on the way, and by which. */
  readonly refused: ReadonlyMap<number, string>;
}

/** Words tried by chance before a blank is given up. */
const TRIES = 64;

/**
 * The first offer that nothing speaks against.
 *
 * @param refuse the name of the filter that refuses a piece, if one does
 *
 * @example
 * ```ts
 * import { choose, inOrder } from "./choose.ts";
 * import { deepEqual } from "node:assert/strict";
 * const words = [{ id: 7, probability: 0.5 }, { id: 8, probability: 0.25 }];
 * const { offer, refused } = choose(inOrder(words), (id) => id === 7 ? "copy" : undefined);
 * deepEqual([offer?.id, offer?.rank, refused.get(7)], [8, 2, "copy"]);
 * ```
 */
export function choose(offers: Iterable<Offer>, refuse: (id: number) => string | undefined): Chosen {
  const refused = new Map<number, string>();
  for (const offer of offers) {
    const by = refuse(offer.id);
    if (by === undefined) return { offer, refused };
    refused.set(offer.id, by);
  }
  return { offer: undefined, refused };
}

/**
 * How many times each filter refused.
 *
 * @example
 * ```ts
 * import { countRefused } from "./choose.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(countRefused({ offer: undefined, refused: new Map([[7, "copy"], [8, "copy"]]) }), { copy: 2 });
 * ```
 */
export function countRefused({ refused }: Chosen): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of refused.values()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/**
 * Likely words, the likeliest first.
 *
 * @example See {@linkcode choose}.
 */
export function* inOrder(words: readonly LikelyPiece[]): Generator<Offer> {
  for (const [i, word] of words.entries()) yield { ...word, rank: i + 1 };
}

/**
 * Words drawn by chance without one coming twice: of the pieces that may come, each as likely as the model says at the
 * temperature, among the `topK` likeliest that together have `topP` of what they all have.
 *
 * @param scores of all pieces
 * @param allowed 1 at the pieces that may come
 * @param seed a stream of chance of its own
 *
 * @example
 * ```ts
 * import { byChance } from "./choose.ts";
 * import { deepEqual } from "node:assert/strict";
 * const offers = byChance(Float32Array.of(0, 3, 9), Uint8Array.of(1, 1, 0), { topK: 1 }, "1/letter-7/0");
 * deepEqual([...offers].map(({ id, rank }) => [id, rank]), [[1, 1], [0, 2]]);
 * ```
 */
export function* byChance(
  scores: Float32Array,
  allowed: Uint8Array,
  sampling: Omit<Sampling, "seed">,
  seed: string,
): Generator<Offer> {
  const stream = random(seed);
  const { temperature = 1 } = sampling;
  let [greatest, greatestOfAll] = [-Infinity, -Infinity];
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id] ?? -Infinity;
    if (score > greatestOfAll) greatestOfAll = score;
    if (allowed[id] === 1 && score > greatest) greatest = score;
  }
  let sum = 0;
  const weights = new Float32Array(scores.length);
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id] ?? -Infinity;
    sum += Math.exp(score - greatestOfAll);
    if (allowed[id] === 1) weights[id] = Math.exp((score - greatest) / temperature);
  }
  let possible = 0;
  for (const weight of weights) if (weight > 0) possible++;
  for (let i = 0; i < Math.min(TRIES, possible); i++) {
    const topK = Math.min(sampling.topK ?? Infinity, possible - i);
    const id = draw(weights, { ...sampling, topK, seed: 0 }, stream);
    const score = scores[id] ?? -Infinity;
    let rank = 1;
    for (let other = 0; other < scores.length; other++) {
      if (allowed[other] === 1 && (scores[other] ?? -Infinity) > score) rank++;
    }
    yield { id, probability: Math.exp(score - greatestOfAll) / sum, rank };
    weights[id] = 0;
  }
}
