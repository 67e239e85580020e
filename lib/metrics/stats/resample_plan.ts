/** Which letters each bootstrap resample holds. @module */

import { random } from "../../random.ts";
import { resample } from "./resample_kernel.ts";

/** `indices[r * letters + i]` is the i-th letter drawn, with replacement, into resample r. */
export interface ResamplePlan {
  readonly letters: number;
  readonly resamples: number;
  readonly seed: number | string;
  readonly indices: Uint32Array;
}

/**
 * How many resamples are drawn where nobody says: 10,000; of more than a thousand letters fewer, but no fewer than 500, so that it
 * takes ten million draws at most for up to 20,000 letters.
 *
 * @example
 * ```ts
 * import { usualResamples } from "./resample_plan.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([120, 4000, 1e6].map(usualResamples), [10_000, 2500, 500]);
 * ```
 */
export function usualResamples(letters: number): number {
  return Math.min(Math.max(Math.floor(1e7 / letters), 500), 10_000);
}

/**
 * Draws the letters of every resample. One plan serves all comparisons over the same letters: it is the dear part of a
 * bootstrap, and the same draws make the intervals of a table comparable.
 *
 * @param resamples left out, {@linkcode usualResamples}
 * @throws {Error} when letters or resamples are not positive whole numbers.
 *
 * @example
 * ```ts
 * import { resamplePlan } from "./resample_plan.ts";
 * import { equal } from "node:assert/strict";
 * equal(resamplePlan(5, { resamples: 100, seed: 1 }).indices.length, 500);
 * ```
 */
export function resamplePlan(
  letters: number,
  { resamples = usualResamples(letters), seed = 42 }: {
    readonly resamples?: number;
    readonly seed?: number | string;
  } = {},
): ResamplePlan {
  for (const [name, value] of [["letters", letters], ["resamples", resamples]] as const) {
    if (!(Number.isInteger(value) && value > 0)) {
      throw new Error(`resamplePlan: ${name} is ${value}. Give a positive whole number.`);
    }
  }
  const rng = random(`${seed}/bootstrap`);
  const indices = new Uint32Array(letters * resamples);
  for (let i = 0; i < indices.length; i++) indices[i] = rng.below(letters);
  return { letters, resamples, seed, indices };
}

/**
 * The mean of the values in each resample of a plan.
 *
 * @throws {Error} when there is not one value a letter of the plan.
 *
 * @example
 * ```ts
 * import { resampledMeans, resamplePlan } from "./resample_plan.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...resampledMeans([3, 3], resamplePlan(2, { resamples: 2 }))], [3, 3]);
 * ```
 */
export function resampledMeans(values: ArrayLike<number>, plan: ResamplePlan): Float64Array {
  const { letters } = plan;
  if (values.length !== letters) {
    throw new Error(
      `resampledMeans: ${values.length} values for a plan of ${letters} letters. Make the plan for these values.`,
    );
  }
  const [means] = resample(plan, [{ values, mean: 0, sd: 0 }], (replicates) => replicates.means());
  return means ?? new Float64Array(); // one a list
}
