/** Whether values of letters come from one distribution. @module */

import { kolmogorovSmirnov } from "../metrics/stats/two_sample.ts";
import type { Reading } from "./card.ts";
import { jackknifed, noReading } from "./estimates.ts";

/**
 * The Kolmogorov–Smirnov statistic of the values of two corpora with its jackknife interval and its p; values that are not finite are
 * left out.
 *
 * @example
 * ```ts
 * import { sameDistribution } from "./same_distribution.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { value, p } = sameDistribution("a", [1, 2, 3], [1, 2, 3]);
 * deepEqual([value, p], [0, 1]);
 * ```
 */
export function sameDistribution(
  corpus: string,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): Reading {
  const [a, b] = [Array.from(first).filter(Number.isFinite), Array.from(second).filter(Number.isFinite)];
  if (a.length < 2 || b.length < 2) return noReading(corpus, "fewer than two letters have a value");
  const kept = (values: readonly number[], indices: readonly number[]) =>
    indices.map((i) => values[i] ?? NaN);
  const { ks } = jackknifed(corpus, [a.length, b.length], ([x, y]) => ({
    ks: kolmogorovSmirnov(kept(a, x), kept(b, y)).statistic,
  }), [0, 1]);
  const reading = ks ?? noReading(corpus, "there is no value");
  return reading.value === null ? reading : { ...reading, p: kolmogorovSmirnov(a, b).p };
}
