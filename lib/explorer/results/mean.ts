/** Means over letters with their intervals, as quickly as a page needs them. @module */

import { bootstrapIntervals } from "../../metrics/stats/bootstrap_interval.ts";
import { describe } from "../../metrics/stats/describe.ts";

/** A mean over letters; its interval is left out where there is one letter alone. */
export interface Mean {
  readonly n: number;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
}

/** Of more letters than this the interval is the normal one: the bootstrap's is the same to the digits shown, and slow. */
export const MOST_RESAMPLED = 1000;

/**
 * The mean of each list with its 95% interval: BCa bootstrap as everywhere in the project, normal for more than a thousand letters. A
 * list without values has no mean.
 *
 * @example
 * ```ts
 * import { meansOf } from "./mean.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(meansOf([[0.5, 0.5], []]), [{ n: 2, mean: 0.5, low: 0.5, high: 0.5 }, undefined]);
 * ```
 */
export function meansOf(lists: readonly (readonly number[])[]): (Mean | undefined)[] {
  const made = new Map<readonly number[], Mean>();
  for (const same of Map.groupBy(new Set(lists), ({ length }) => length).values()) {
    const n = same[0]?.length ?? 0;
    if (n === 0) continue;
    const intervals = n > 1 && n <= MOST_RESAMPLED ? bootstrapIntervals(same) : undefined;
    same.forEach((list, i) => {
      const interval = intervals?.[i];
      made.set(
        list,
        interval ? { n, mean: interval.mean, low: interval.low, high: interval.high } : large(list),
      );
    });
  }
  return lists.map((list) => made.get(list));
}

/**
 * The mean of a list without an interval; none of an empty one.
 *
 * @example
 * ```ts
 * import { bareMean } from "./mean.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(bareMean([1, 2]), { n: 2, mean: 1.5 });
 * ```
 */
export function bareMean(list: readonly number[]): Mean | undefined {
  if (list.length === 0) return undefined;
  const { n, mean } = describe(list);
  return { n, mean };
}

function large(list: readonly number[]): Mean {
  const { n, mean, sd } = describe(list);
  const half = 1.959963984540054 * sd / Math.sqrt(n);
  return n > 1 ? { n, mean, low: mean - half, high: mean + half } : { n, mean };
}
