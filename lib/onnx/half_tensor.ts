/** Numbers in float16. @module */

import type { Tensor } from "./tensor.ts";

const LARGEST = 65504;

/** From here on a number stands for infinity, such as those that masks are made of. */
const ENDLESS = 1e6;

/** What stands for infinity in float16: far below every score, and two of them still add up to a number. */
const FAR = 1e4;

/**
 * Numbers rounded to the nearest float16, ties to even. Those of ±10⁶ and beyond, which masks are made of, become ±10⁴, so
 * that no sum of them overflows; infinity and NaN stay.
 *
 * @param start the position of the first number in its array, for the error message
 * @throws Error naming the array, the position and the value, where a number between 65,504 and 10⁶ overflows
 *
 * @example
 * ```ts
 * import { halfPiece } from "./half_tensor.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * deepEqual(halfPiece(Float32Array.of(0.5, -3.4e38), 0, "mask"), Float16Array.of(0.5, -1e4));
 * throws(() => halfPiece(Float32Array.of(70_000), 0, "w"), /w: 70000 at element 0 overflows float16/);
 * ```
 */
export function halfPiece(piece: Float32Array, start: number, name: string): Float16Array {
  const rounded = new Float16Array(piece);
  for (let i = 0; i < piece.length; i++) {
    const x = piece[i] ?? 0;
    const size = Math.abs(x);
    if (!(size > LARGEST) || size === Infinity) continue;
    if (size >= ENDLESS) rounded[i] = Math.sign(x) * FAR;
    else if (size >= LARGEST + 16) {
      throw new Error(
        `${name}: ${x} at element ${start + i} overflows float16 (largest ${LARGEST}). Leave float16 out.`,
      );
    }
  }
  return rounded;
}

/** A tensor in float16, as {@linkcode halfPiece}. */
export function halfTensor({ shape, data }: Tensor, name: string): Tensor<"float16"> {
  if (!(data instanceof Float32Array)) throw new Error(`${name}: not float32 but ${data.constructor.name}`);
  return { dtype: "float16", shape, data: halfPiece(data, 0, name) };
}
