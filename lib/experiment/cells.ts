/** The points of a grid. @module */

import type { Letter } from "../corpus/letter.ts";
import type { Cell, Experiment, Factors, Profile } from "./experiment.ts";

/**
 * The combinations of levels of some factors, the first factor varying slowest.
 *
 * @example
 * ```ts
 * import { combinations } from "./cells.ts";
 * import { deepEqual } from "node:assert/strict";
 * const all = combinations({ model: ["a", "b"], seed: [1, 2] });
 * deepEqual(all.map(({ model, seed }) => `${model}${seed}`), ["a1", "a2", "b1", "b2"]);
 * ```
 */
export function combinations<const F extends Factors>(factors: F): Cell<F>[] {
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
 * The cells of an experiment under a profile: all combinations of levels but those that are left out.
 *
 * @example
 * ```ts
 * import { gridOf } from "./cells.ts";
 * import { deepEqual } from "node:assert/strict";
 * const declared = {
 *   factors: { model: ["a", "none"], seed: [1, 2] },
 *   quick: { letters: 4, factors: {} },
 *   without: [{ model: ["none"], seed: [2] }],
 * } as const;
 * deepEqual(gridOf(declared, "full").map(({ model, seed }) => `${model}${seed}`), ["a1", "a2", "none1"]);
 * ```
 */
export function gridOf<F extends Factors>(
  experiment: Pick<Experiment<F>, "factors" | "quick" | "without">,
  profile: Profile,
): Cell<F>[] {
  const isOut = (cell: Cell<F>) =>
    experiment.without?.some((part) =>
      Object.entries(part).every(([factor, levels]) => levels?.includes(cell[factor] ?? NaN))
    ) ?? false;
  return combinations(factorsOf(experiment, profile)).filter((cell) => !isOut(cell));
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
 * The letters of a corpus that a profile uses: all of them, or about as many as `quick` asks for, evenly spread.
 *
 * @throws {Error} when there is no letter
 *
 * @example
 * ```ts
 * import { corpusOf } from "./cells.ts";
 * import { deepEqual } from "node:assert/strict";
 * const corpus = ["a", "b", "c", "d", "e"].map((id) => ({ id, text: "", spans: [], meta: {} }));
 * const quick = corpusOf({ name: "ratios", quick: { letters: 2, factors: {} } }, corpus, "quick");
 * deepEqual(quick.map(({ id }) => id), ["a", "c"]);
 * ```
 */
export function corpusOf<F extends Factors>(
  { name, quick }: Pick<Experiment<F>, "name" | "quick">,
  corpus: readonly Letter[],
  profile: Profile,
): readonly Letter[] {
  if (corpus.length === 0) {
    throw new Error(`experiment ${name}: the corpus has no letter. Name another folder.`);
  }
  if (profile === "full") return corpus;
  const step = Math.max(1, Math.floor(corpus.length / quick.letters));
  return corpus.filter((_, i) => i % step === 0).slice(0, quick.letters);
}
