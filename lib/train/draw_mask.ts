/** Random masks, fast. @module */

import { random } from "../random.ts";

const STEPS = 2 ** 16;

/**
 * Fills an array with 0 (with the given probability) and 1/(1 − p): what dropout multiplies by. One step of sfc32
 * (`random()` says more of it) gives two elements of 16 bits each, so that the probability is that to the nearest 1/65536;
 * what is kept grows by exactly the share that is dropped.
 *
 * @param probability in [0, 1)
 *
 * @example
 * ```ts
 * import { drawMask } from "./draw_mask.ts";
 * import { ok } from "node:assert/strict";
 * const mask = new Float32Array(1000);
 * drawMask(mask, 0.5, "42/step 7");
 * ok(mask.every((x) => x === 0 || x === 2));
 * ```
 */
export function drawMask(mask: Float32Array, probability: number, seed: string): void {
  const dropped = Math.round(probability * STEPS);
  if (!(dropped >= 0 && dropped < STEPS)) throw new Error(`dropout ${probability} is not in [0, 1)`);
  const kept = STEPS / (STEPS - dropped);
  const stream = random(`${seed}/mask ${probability}`);
  const word = () => stream.below(2 ** 32) | 0;
  let [a, b, c, counter] = [word(), word(), word(), 1];
  for (let i = 0; i < mask.length; i += 2) {
    const bits = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + bits | 0;
    mask[i] = (bits & 0xffff) >= dropped ? kept : 0;
    mask[i + 1] = (bits >>> 16) >= dropped ? kept : 0; // behind an odd end, nothing is written
  }
}
