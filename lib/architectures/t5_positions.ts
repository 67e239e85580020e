/** T5's relative positions (Raffel et al. 2020, section 2.1): a learned number a head for every distance. @module */

import type { Dim, Value } from "../onnx/graph.ts";
import type { Net } from "./net.ts";

/** Which distances share a number. */
export interface Buckets {
  /** How many numbers there are a head. */
  readonly count: number;
  /** From this distance on, all share one. */
  readonly farthest: number;
  /** Whether pieces that follow are told from those before, as in an encoder; else all that follow are at distance 0. */
  readonly bothWays: boolean;
}

/**
 * The bucket of a relative position: one each for the nearest, then wider and wider ones, by the logarithm. Computed in
 * float32, as PyTorch does it: on the borders that decides.
 *
 * @param position the place looked at, less the place that looks
 *
 * @example
 * ```ts
 * import { bucketOf } from "./t5_positions.ts";
 * import { deepEqual } from "node:assert/strict";
 * const buckets = { count: 8, farthest: 16, bothWays: true };
 * deepEqual([-20, -3, -1, 0, 1, 2, 9].map((position) => bucketOf(position, buckets)), [3, 2, 1, 0, 5, 6, 7]);
 * ```
 */
export function bucketOf(position: number, { count, farthest, bothWays }: Buckets): number {
  const size = bothWays ? Math.floor(count / 2) : count;
  const first = bothWays && position > 0 ? size : 0;
  const distance = bothWays ? Math.abs(position) : Math.max(0, -position);
  const exact = Math.floor(size / 2);
  if (distance < exact) return first + distance;
  const { fround, log } = Math;
  const share = fround(fround(log(fround(distance / exact))) / fround(log(farthest / exact)));
  return first + Math.min(size - 1, exact + Math.trunc(fround(share * (size - exact))));
}

/**
 * What relative positions add to the attention scores, (1, heads, queries, keys). Where buckets go one way, places that
 * follow get a very negative number, so that nothing looks ahead.
 *
 * @param name of the table, (bucket count, heads)
 * @param past how many keys come before that of the first query
 */
export function positionBias(
  net: Net,
  name: string,
  heads: number,
  buckets: Buckets,
  { queries, keys, past = 0 }: { readonly queries: Dim; readonly keys: Dim; readonly past?: Dim },
): Value {
  const { b } = net;
  const { count, farthest, bothWays } = buckets;
  const weight = net.parameter(name, [count, heads]);
  const all = Array.from({ length: 2 * farthest + 1 }, (_, i) => i - farthest);
  const from = b.one("Unsqueeze", [b.range(queries, past), b.ints([1])]);
  const to = b.one("Unsqueeze", [b.range(keys), b.ints([0])]);
  const within = (x: Value, least: number, most: number) =>
    b.one("Clip", [x, b.reshape(b.ints([least]), []), b.reshape(b.ints([most]), [])]);
  const near = within(b.sub(to, from), -farthest, farthest); // (queries, keys)
  const row = b.add(near, b.ints([farthest])); // (queries, keys), into `all`
  const bucket = b.one("Gather", [b.ints(all.map((position) => bucketOf(position, buckets))), row]);
  const looked = b.transpose(b.one("Gather", [weight, bucket]), [2, 0, 1]); // (heads, queries, keys)
  const bias = b.one("Unsqueeze", [looked, b.ints([0])]);
  if (bothWays) return bias;
  const ahead = b.mul(b.cast(within(near, 0, 1), "float32"), b.scalar(LEAST)); // (queries, keys)
  return b.add(bias, ahead);
}

/** The most negative float32: after the softmax, nothing. */
const LEAST = -3.4028234663852886e38;
