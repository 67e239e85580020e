/** Drawing the next piece by chance. @module */

import { checkWhole } from "../check_whole.ts";
import type { Random } from "../random.ts";

export interface Sampling {
  /** Each text has a stream of chance of its own, named by the seed and the text's number: who is beside it does not matter. */
  readonly seed: number | string;
  /** The number of the first text. Default 0. */
  readonly first?: number;
  /** Below 1 likely pieces become likelier, above 1 less so. Default 1. */
  readonly temperature?: number;
  /** Only this many of the likeliest pieces may come. Default all. */
  readonly topK?: number;
  /** Only the likeliest pieces may come that together have at least this probability. Default 1. */
  readonly topP?: number;
}

/**
 * Checks options.
 *
 * @throws Error naming the option, its value and what may be chosen
 */
export function checkSampling({ seed, temperature = 1, topK = 1, topP = 1 }: Sampling): void {
  if (typeof seed === "number" && !Number.isInteger(seed)) {
    throw new Error(`seed ${seed} is no whole number. Choose one.`);
  }
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new Error(
      `temperature ${temperature}: choose a number above 0; leave sampling out for the likeliest piece.`,
    );
  }
  checkWhole("topK", topK);
  if (!(topP > 0 && topP <= 1)) throw new Error(`topP ${topP}: choose a number above 0, at most 1.`);
}

/**
 * The pieces that may come, the likeliest of all: first `topK` is applied, then `topP` to what it leaves (nucleus
 * sampling; Holtzman et al. 2020, section 3.1). Of equals that are not all needed, those with the smaller ids.
 *
 * @param probabilities of all pieces; their sum need not be 1
 * @returns the ids in ascending order
 *
 * @example
 * ```ts
 * import { eligible } from "./sampling.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(eligible(Float32Array.of(0.1, 0.5, 0.4), { topP: 0.8 }), [1, 2]);
 * ```
 */
export function eligible(
  probabilities: Float32Array,
  sampling: Pick<Sampling, "topK" | "topP">,
): number[] {
  const pieces: number[] = [];
  walk(probabilities, limitOf(probabilities, sampling), (piece) => {
    pieces.push(piece);
    return false;
  });
  return pieces;
}

/**
 * Draws a piece with one number of the stream.
 *
 * @param probabilities of all pieces; their sum need not be 1
 * @throws Error where no piece is possible
 */
export function draw(probabilities: Float32Array, sampling: Sampling, stream: Random): number {
  const limit = limitOf(probabilities, sampling);
  const mark = stream.next() * limit.mass;
  let [before, drawn] = [0, -1];
  walk(probabilities, limit, (piece, probability) => {
    drawn = piece; // the last one where rounding leaves the sum below the mark
    before += probability;
    return before > mark;
  });
  if (drawn >= 0) return drawn;
  throw new Error(`none of ${probabilities.length} pieces is possible. Raise noRepeat or the temperature.`);
}

/** What is kept: all above `least`, and the first few that equal it; and their probabilities together. */
interface Limit {
  readonly least: number;
  readonly equals: number;
  readonly mass: number;
}

function limitOf(
  probabilities: Float32Array,
  { topK = Infinity, topP = 1 }: Pick<Sampling, "topK" | "topP">,
): Limit {
  let mass = 0;
  for (let piece = 0; piece < probabilities.length; piece++) mass += probabilities[piece] ?? 0;
  let limit: Limit = { least: 0, equals: 0, mass };
  if (topK < probabilities.length) limit = limited(probabilities, limit, topK, Infinity);
  if (topP < 1) limit = limited(probabilities, limit, Infinity, topP * limit.mass);
  return limit;
}

/** Visits what is kept in the order of the ids, until the visitor has seen enough. */
function walk(
  probabilities: Float32Array,
  { least, equals }: Limit,
  enough: (piece: number, probability: number) => boolean,
): void {
  let left = equals;
  for (let piece = 0; piece < probabilities.length; piece++) {
    const probability = probabilities[piece] ?? 0;
    if (probability < least || (probability === least && left-- <= 0)) continue;
    if (enough(piece, probability)) return;
  }
}

/** Floats from 0 on by sign, exponent and the first bits of the mantissa: as whole numbers in the floats' order. */
const BUCKETS = 2 ** 12;
const REST = 19;

/**
 * The limit that keeps the likeliest pieces until there are `count`, or together they have `mass`. Probabilities are added up in
 * buckets of about the same, and only the bucket in which the limit falls is sorted.
 */
function limited(probabilities: Float32Array, within: Limit, count: number, mass: number): Limit {
  const { buffer, byteOffset, length } = probabilities;
  const bits = new Uint32Array(buffer, byteOffset, length);
  const [counts, masses] = [new Uint32Array(BUCKETS), new Float64Array(BUCKETS)];
  walk(probabilities, within, (piece, probability) => {
    const bucket = (bits[piece] ?? 0) >>> REST;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    masses[bucket] = (masses[bucket] ?? 0) + probability;
    return false;
  });
  let [bucket, counted, summed] = [BUCKETS - 1, 0, 0];
  for (; bucket >= 0; bucket--) {
    const [more, heavier] = [counted + (counts[bucket] ?? 0), summed + (masses[bucket] ?? 0)];
    if (more >= count || heavier >= mass) break;
    [counted, summed] = [more, heavier];
  }
  if (bucket < 0) return within; // there are fewer, and all are kept
  const inside: number[] = [];
  walk(probabilities, within, (piece, probability) => {
    if ((bits[piece] ?? 0) >>> REST === bucket) inside.push(probability);
    return false;
  });
  let [least, equals] = [Infinity, 0];
  for (const probability of Float32Array.from(inside).sort().reverse()) {
    if (counted >= count || summed >= mass) break;
    [least, equals] = [probability, probability === least ? equals + 1 : 1];
    counted++;
    summed += probability;
  }
  return { least, equals, mass: summed };
}
