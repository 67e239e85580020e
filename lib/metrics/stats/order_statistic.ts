/** One place of a sorted list, without sorting it. @module */

/**
 * The value that would stand at a place if the values were sorted, found by quickselect: the values are moved, so that none before
 * the place is greater and none behind it is less.
 *
 * Source: C. A. R. Hoare, "Algorithm 65: FIND", Communications of the ACM 4(7), 1961.
 *
 * @param values none NaN; they are moved
 * @throws {Error} when there is no such place
 *
 * @example
 * ```ts
 * import { orderStatistic } from "./order_statistic.ts";
 * import { equal } from "node:assert/strict";
 * equal(orderStatistic(Float64Array.of(5, 1, 4), 1), 4);
 * ```
 */
export function orderStatistic(values: Float64Array, place: number): number {
  if (!(Number.isInteger(place) && place >= 0 && place < values.length)) {
    throw new Error(`orderStatistic: place ${place} of ${values.length} values. Give one of them.`);
  }
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const pivot = values[(from + to) >> 1]!; // as are all below: between from and to
    let [left, right] = [from, to];
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (pivot < values[right]!) right--;
      if (left > right) break;
      const swapped = values[left]!;
      values[left++] = values[right]!;
      values[right--] = swapped;
    }
    if (place <= right) to = right;
    else if (place >= left) from = left;
    else break;
  }
  return values[place]!;
}
