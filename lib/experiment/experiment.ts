/** What an experiment is: a grid, what is done at each of its points, and what that shall decide. @module */

import type { Letter } from "../corpus/letter.ts";
import type { Scores } from "../metrics/metric.ts";
import { gridOf } from "./cells.ts";
import type { Steps } from "./steps.ts";

/** One of the values a factor takes. */
export type Level = string | number;

/**
 * What is varied, each with its levels; one with a single level is held fixed. The factor `seed`, if there is one, is for
 * repetition: results are means over it.
 */
export type Factors = Readonly<Record<string, readonly Level[]>>;

/** One point of a grid: a level of each factor. */
export type Cell<F extends Factors> = { readonly [Factor in keyof F]: F[Factor][number] };

/** Some of the levels of some of the factors. */
export type Subset<F extends Factors> = { readonly [Factor in keyof F]?: readonly F[Factor][number][] };

/** A sentence that the experiment decides: one condition is better than another by so much, or is as good. */
export type Claim<F extends Factors> =
  & {
    /** The sentence. */
    readonly says: string;
    /** Where it was claimed: `"Synthetic4Health 2"`; left out where it is the project's own. */
    readonly source?: string;
    /** The figure that shows it, by its name in the results. */
    readonly figure?: string;
    /** Name of the metric in whose units the difference is. */
    readonly metric: string;
    /** The cells whose mean is claimed to be higher, … */
    readonly of: Partial<Cell<F>>;
    /** … and those it is compared with. */
    readonly over: Partial<Cell<F>>;
  }
  & (
    /** The difference is above this: 0 for "better at all". */
    | { readonly atLeast: number }
    /** The difference is between minus this and this: the two are equivalent for practical purposes. */
    | { readonly within: number }
  );

/** An experiment as it is declared. */
export interface Experiment<F extends Factors> {
  /** Names its folder of results. */
  readonly name: string;
  readonly question: string;
  readonly factors: F;
  /** Parts of the grid that are left out: cells with one of these levels of each of these factors. */
  readonly without?: readonly Subset<F>[];
  /**
   * `import.meta.url` of the module that exports the experiment. With it cells can run in other processes and on other
   * machines, and are remembered as a whole.
   */
  readonly module?: string;
  /** A small part of it, to see in a minute that everything works: fewer levels, and about so many letters. */
  readonly quick: { readonly letters: number; readonly factors: Subset<F> };
  /** The factor whose levels are compared pair by pair, over all the others. */
  readonly compare: keyof F & string;
  /** What is done in a cell: one value a letter a metric. */
  run(cell: Cell<F> & { readonly corpus: readonly Letter[] }, steps: Steps): Promise<Scores[]>;
  readonly claims: readonly Claim<F>[];
}

/** How much of an experiment is run. */
export const profiles = ["quick", "full"] as const;

/** `quick` or `full`. */
export type Profile = typeof profiles[number];

/**
 * Declares an experiment. Levels are literal types: a claim about a level that is not in the grid does not compile.
 *
 * @throws {Error} when a factor has no level or one twice, no cell is left, or the name is not made of small letters, digits
 * and `_`
 *
 * @example
 * ```ts
 * import { experiment } from "./experiment.ts";
 * import { deepEqual } from "node:assert/strict";
 * const ratios = experiment({
 *   name: "ratios",
 *   question: "How much can be masked?",
 *   factors: { ratio: [0.3, 0.7], seed: [1, 2] },
 *   quick: { letters: 4, factors: { seed: [1] } },
 *   compare: "ratio",
 *   run: ({ corpus, ratio, seed }, { mask, score, unfilled }) =>
 *     score(corpus, unfilled(mask(corpus, { strategy: "random", ratio, seed })), ["rougeL"]),
 *   claims: [{ says: "Less is better.", metric: "rougeL", of: { ratio: 0.3 }, over: { ratio: 0.7 }, atLeast: 0 }],
 * });
 * deepEqual(ratios.factors.seed, [1, 2]);
 * ```
 */
export function experiment<const F extends Factors>(
  declared: Experiment<F> & { readonly factors: F },
): Experiment<F> {
  const { name, factors } = declared;
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error(`experiment "${name}": use small letters, digits and _ in its name.`);
  }
  for (const [factor, levels] of Object.entries(factors)) {
    if (levels.length === 0) {
      throw new Error(`experiment ${name}: factor ${factor} has no level. Give it one.`);
    }
    const twice = levels.find((level, i) => levels.indexOf(level) !== i);
    if (twice !== undefined) {
      throw new Error(`experiment ${name}: factor ${factor} has level ${twice} twice. Drop one.`);
    }
  }
  if (gridOf(declared, "full").length === 0) {
    throw new Error(`experiment ${name}: every cell is left out. Leave out fewer.`);
  }
  return declared;
}

/** The name of the factor over which results are means. */
export const repetition = "seed";
