/** Ranks of a sample. @module */

import { describe } from "./describe.ts";

/**
 * The rank of each value, 1 for the least; equal values share the mean of their ranks.
 *
 * @throws {Error} when there is no value, or one that is not finite; it names the place.
 *
 * @example
 * ```ts
 * import { meanRanks } from "./ranks.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...meanRanks([5, 1, 5, 0])], [3.5, 2, 3.5, 1]);
 * ```
 */
export function meanRanks(values: ArrayLike<number>): Float64Array {
  describe(values);
  const held = Float64Array.from(values);
  const order = Uint32Array.from(held.keys()).sort((a, b) => held[a]! - held[b]!); // indices of held
  const ranks = new Float64Array(held.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && held[order[to]!] === held[order[from]!]) to++;
    for (const at of order.subarray(from, to)) ranks[at] = (from + 1 + to) / 2;
  }
  return ranks;
}

/**
 * How many values each group of equal ones has, groups in ascending order.
 *
 * @example
 * ```ts
 * import { tieSizes } from "./ranks.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(tieSizes([5, 1, 5, 0]), [1, 1, 2]);
 * ```
 */
export function tieSizes(values: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(values).sort();
  const sizes: number[] = [];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    sizes.push(to - from);
  }
  return sizes;
}
