/** What cells cost, guessed from those that were run. @module */

import type { Level } from "./experiment.ts";

/**
 * Seconds that each cell will take: its own when it was run before, else the mean of the measured cells that share most levels
 * with it.
 *
 * @returns a function that gives `undefined` while nothing was measured
 *
 * @example
 * ```ts
 * import { costs } from "./costs.ts";
 * import { equal } from "node:assert/strict";
 * const [slow, slowToo, fast] = [{ model: "a", seed: 1 }, { model: "a", seed: 2 }, { model: "b", seed: 1 }];
 * const measured = new Map([[slow, { seconds: 9 }], [fast, { seconds: 1 }]]);
 * equal(costs([slow, slowToo, fast], measured)(slowToo), 9);
 * ```
 */
export function costs<C extends Readonly<Record<string, Level>>>(
  grid: readonly C[],
  measured: ReadonlyMap<C, { readonly seconds: number }>,
): (cell: C) => number | undefined {
  // Sums by what cells share: every level of every factor, then all of them.
  const factors = Object.keys(grid[0] ?? {});
  return (cell) => {
    const own = measured.get(cell);
    if (own) return own.seconds;
    let [best, sum, count] = [-1, 0, 0];
    for (const [other, { seconds }] of measured) {
      const shared = factors.filter((factor) => other[factor] === cell[factor]).length;
      if (shared > best) [best, sum, count] = [shared, 0, 0];
      if (shared === best) [sum, count] = [sum + seconds, count + 1];
    }
    return count === 0 ? undefined : sum / count;
  };
}
