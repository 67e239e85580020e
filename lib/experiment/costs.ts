/** What cells cost, guessed from those that were run. @module */

import type { Level } from "./experiment.ts";

/** What a cell took. */
export interface CellCost {
  readonly seconds: number;
  /** Of its process, when it was done. */
  readonly megabytes: number;
}

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
  measured: ReadonlyMap<C, Pick<CellCost, "seconds">>,
): (cell: C) => number | undefined {
  const factors = Object.keys(grid[0] ?? {});
  let sums = sumsOf(measured, factors);
  return (cell) => {
    const own = measured.get(cell);
    if (own) return own.seconds;
    // More are measured while this is asked: that is looked at from time to time, so that a large grid does not wait for it.
    if (measured.size > (sums.size < 100 ? 1 : 1.1) * sums.size) sums = sumsOf(measured, factors);
    const guess = sums.guesses.get(cell) ?? sums.guess(cell);
    sums.guesses.set(cell, guess);
    return Number.isNaN(guess) ? undefined : guess;
  };
}

/** The means of measured cells by each choice of levels that cells may share. */
function sumsOf<C extends Readonly<Record<string, Level>>>(
  measured: ReadonlyMap<C, { readonly seconds: number }>,
  factors: readonly string[],
) {
  // A factor of one measured level tells none of the measured cells from another.
  const [first] = measured.keys();
  const varied = factors.filter((factor) => measured.keys().some((cell) => cell[factor] !== first?.[factor]));
  const choices = subsets(varied.slice(0, MOST_VARIED)).toSorted((a, b) => b.length - a.length);
  const keyOf = (choice: readonly string[], cell: C) =>
    JSON.stringify(choice.map((f) => [f, cell[f] ?? null]));
  const means = new Map<string, { sum: number; count: number }>();
  for (const [cell, { seconds }] of measured) {
    for (const choice of choices) {
      const key = keyOf(choice, cell);
      const { sum, count } = means.get(key) ?? { sum: 0, count: 0 };
      means.set(key, { sum: sum + seconds, count: count + 1 });
    }
  }
  return {
    size: measured.size,
    guesses: new Map<C, number>(),
    /** NaN where nothing is measured. */
    guess(cell: C): number {
      for (let shared = varied.length; shared >= 0; shared--) {
        let [sum, count] = [0, 0];
        for (const choice of choices) {
          if (choice.length !== shared) continue;
          const mean = means.get(keyOf(choice, cell));
          if (mean) [sum, count] = [sum + mean.sum, count + mean.count];
        }
        if (count > 0) return sum / count;
      }
      return NaN;
    },
  };
}

/** Of so many factors all choices are looked at: 2 to the power of that. */
const MOST_VARIED = 7;

function subsets(names: readonly string[]): string[][] {
  return names.reduce<string[][]>((all, name) => [...all, ...all.map((some) => [...some, name])], [[]]);
}
