/** The mean of values of which a letter has several. @module */

import { describe } from "./describe.ts";
import {
  type StatisticInterval,
  statisticInterval,
  type StatisticIntervalOptions,
} from "./statistic_interval.ts";

/**
 * The mean over all values (chunks, spans, seeds), with an interval for which letters are drawn, each with all of its values:
 * they are not independent of one another, and an interval over values would be too short. Letters may have different
 * numbers of values; one with more counts more. For the mean over letters see `letterMeans`.
 *
 * Source: A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8.
 *
 * @param ids of the letter of each value
 * @throws {Error} when ids and values differ in number, a value is not finite, or there are fewer than two letters
 *
 * @example
 * ```ts
 * import { clusterInterval } from "./cluster_interval.ts";
 * import { equal, ok } from "node:assert/strict";
 * const { value, low, high } = clusterInterval(["a", "a", "b", "c"], [1, 2, 6, 3]);
 * equal(value, 3);
 * ok(low <= 3 && 3 <= high);
 * ```
 */
export function clusterInterval(
  ids: readonly string[],
  values: ArrayLike<number>,
  options: StatisticIntervalOptions = {},
): StatisticInterval {
  if (ids.length !== values.length) {
    throw new Error(`clusterInterval: ${ids.length} ids for ${values.length} values. Give one id a value.`);
  }
  describe(values);
  const letters = new Map<string, number>();
  for (const id of ids) if (!letters.has(id)) letters.set(id, letters.size);
  const [sums, counts] = [new Float64Array(letters.size), new Float64Array(letters.size)];
  ids.forEach((id, i) => {
    const letter = letters.get(id) ?? 0; // every id has one
    sums[letter]! += values[i] ?? NaN;
    counts[letter]!++;
  });
  return statisticInterval([letters.size], ([drawn]) => {
    let [sum, count] = [0, 0];
    for (const letter of drawn ?? []) {
      sum += sums[letter]!; // letter < letters
      count += counts[letter]!;
    }
    return sum / count;
  }, options);
}
