/** The points of a grid. @module */

import type { Cell, Experiment, Factors, Profile } from "./experiment.ts";

/**
 * The cells of an experiment under a profile, the first factor varying slowest.
 *
 * @example
 * ```ts
 * import { gridOf } from "./cells.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(gridOf({ model: ["a", "b"], seed: [1, 2] }).map(({ model, seed }) => `${model}${seed}`), ["a1", "a2", "b1", "b2"]);
 * ```
 */
export function gridOf<const F extends Factors>(factors: F): Cell<F>[] {
  const grid: Cell<F>[] = [];
  const walk = (rest: readonly (keyof F)[], cell: Partial<Cell<F>>): void => {
    const [factor, ...others] = rest;
    if (factor === undefined) {
      if (isWhole(cell, factors)) grid.push(cell);
    } else for (const level of factors[factor] ?? []) walk(others, { ...cell, [factor]: level });
  };
  walk(Object.keys(factors), {});
  return grid;
}

function isWhole<F extends Factors>(cell: Partial<Cell<F>>, factors: F): cell is Cell<F> {
  return Object.keys(factors).every((factor) => cell[factor] !== undefined);
}

/**
 * The levels of each factor under a profile.
 *
 * @example
 * ```ts
 * import { factorsOf } from "./cells.ts";
 * import { deepEqual } from "node:assert/strict";
 * const declared = { factors: { ratio: [0.3, 0.7], seed: [1, 2] }, quick: { letters: 4, factors: { seed: [1] } } };
 * deepEqual(factorsOf(declared, "quick"), { ratio: [0.3, 0.7], seed: [1] });
 * ```
 */
export function factorsOf<F extends Factors>(
  { factors, quick }: Pick<Experiment<F>, "factors" | "quick">,
  profile: Profile,
): F {
  return profile === "full" ? factors : { ...factors, ...quick.factors };
}

/**
 * About so many of the items, evenly spread: every k-th.
 *
 * @example
 * ```ts
 * import { everyKth } from "./cells.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(everyKth([0, 1, 2, 3, 4, 5, 6, 7, 8], 3), [0, 3, 6]);
 * ```
 */
export function everyKth<T>(items: readonly T[], about: number): T[] {
  const step = Math.max(1, Math.floor(items.length / about));
  return items.filter((_, i) => i % step === 0).slice(0, about);
}
