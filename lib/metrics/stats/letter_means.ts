/** From runs with several seeds to one value a letter. @module */

/**
 * The mean of the values of each letter, letters in the order in which they first come. Values of one letter (under
 * several seeds, or of its chunks) are not independent of one another, so intervals and tests take one number a letter:
 * resampling these means is the cluster bootstrap, with the letter as the cluster, of a balanced design.
 *
 * @throws {Error} when ids and values differ in number, or letters have different numbers of values.
 *
 * @example
 * ```ts
 * import { letterMeans } from "./letter_means.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { ids, values } = letterMeans(["b", "a", "b", "a"], [1, 5, 2, 7]);
 * deepEqual([ids, [...values]], [["b", "a"], [1.5, 6]]);
 * ```
 */
export function letterMeans(
  ids: readonly string[],
  values: ArrayLike<number>,
): { ids: string[]; values: Float64Array } {
  if (ids.length !== values.length) {
    throw new Error(`letterMeans: ${ids.length} ids for ${values.length} values. Give one id a value.`);
  }
  const sums = new Map<string, { sum: number; count: number }>();
  ids.forEach((id, i) => {
    const held = sums.get(id) ?? { sum: 0, count: 0 };
    sums.set(id, { sum: held.sum + (values[i] ?? NaN), count: held.count + 1 });
  });
  const expected = sums.values().next().value?.count;
  for (const [id, { count }] of sums) {
    if (count === expected) continue;
    throw new Error(
      `letterMeans: letter ${id} has ${count} values, the first letter ${expected}. Score every letter under every seed.`,
    );
  }
  return { ids: [...sums.keys()], values: Float64Array.from(sums.values(), ({ sum, count }) => sum / count) };
}
