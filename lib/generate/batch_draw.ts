/** Drawing from the nucleus quickly. @module */

import type { Random } from "../random.ts";

/** More than the sum of all probabilities may be off from 1. */
const ROUNDING = 1e-4;

/** Draws that are thrown away before something must be wrong: fewer than one of 20 is where topP is 0.95. */
const MOST_DRAWS = 100_000;

/**
 * Draws a piece from the nucleus: the likeliest pieces that together have at least `topP` (Holtzman et al. 2020, section 3.1), of
 * equals those with the smaller ids. A piece is drawn from all, and drawn anew while it lies outside (rejection sampling), so that
 * nothing is sorted: a draw reads the probabilities twice. The chances are those of `draw()` of sampling.ts; the numbers that it
 * takes from the stream are not.
 *
 * @param probabilities of all pieces; their sum is 1 but for rounding
 * @throws Error where no piece can be drawn, as where probabilities are not numbers
 *
 * @example
 * ```ts
 * import { random } from "../random.ts";
 * import { drawFromNucleus } from "./batch_draw.ts";
 * import { equal } from "node:assert/strict";
 * equal(drawFromNucleus(Float32Array.of(0.1, 0.6, 0.3), 0.5, random(42)), 1);
 * ```
 */
export function drawFromNucleus(probabilities: Float32Array, topP: number, stream: Random): number {
  for (let i = 0; i < MOST_DRAWS; i++) {
    const piece = drawn(probabilities, stream.next());
    if (piece < 0) continue;
    // More than the rest is never outside: what comes before it has less than topP.
    if (
      (probabilities[piece] ?? 0) > 1 - topP + ROUNDING || topP >= 1 ||
      massBefore(probabilities, piece) < topP
    ) return piece;
  }
  throw new Error(
    `none of ${probabilities.length} pieces could be drawn. The model's weights may not be finite.`,
  );
}

/** The piece at a mark along all probabilities, which are added up in fours; −1 where rounding leaves their sum below it. */
function drawn(probabilities: Float32Array, mark: number): number {
  const whole = probabilities.length - probabilities.length % 4;
  let [sum, piece] = [0, 0];
  for (; piece < whole; piece += 4) {
    const left = (probabilities[piece] ?? 0) + (probabilities[piece + 1] ?? 0);
    const next = sum + (left + ((probabilities[piece + 2] ?? 0) + (probabilities[piece + 3] ?? 0)));
    if (next > mark) break;
    sum = next;
  }
  for (; piece < probabilities.length; piece++) {
    sum += probabilities[piece] ?? 0;
    if (sum > mark) return piece;
  }
  return -1;
}

/**
 * What the pieces have together that come before a piece: the likelier ones, and equals with smaller ids. Floats from 0 on are in the
 * order of their bits, whose difference has a sign that selects without a branch: which pieces are likelier is past guessing.
 */
function massBefore(probabilities: Float32Array, piece: number): number {
  const { buffer, byteOffset, length } = probabilities;
  const bits = new Int32Array(buffer, byteOffset, length);
  const own = bits[piece] ?? 0;
  // Up to the piece itself equals count, so that "at least" becomes "more than one less".
  return massAbove(probabilities, bits, own - 1, 0, piece) +
    massAbove(probabilities, bits, own, piece + 1, length);
}

function massAbove(
  probabilities: Float32Array,
  bits: Int32Array,
  least: number,
  from: number,
  to: number,
): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = from;
  for (; i + 3 < to; i += 4) {
    a += (probabilities[i] ?? 0) * ((least - (bits[i] ?? 0)) >>> 31);
    b += (probabilities[i + 1] ?? 0) * ((least - (bits[i + 1] ?? 0)) >>> 31);
    c += (probabilities[i + 2] ?? 0) * ((least - (bits[i + 2] ?? 0)) >>> 31);
    d += (probabilities[i + 3] ?? 0) * ((least - (bits[i + 3] ?? 0)) >>> 31);
  }
  for (; i < to; i++) a += (probabilities[i] ?? 0) * ((least - (bits[i] ?? 0)) >>> 31);
  return a + b + (c + d);
}
