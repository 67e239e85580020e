/** How an encoder fills. @module */

import { checkWhole } from "../check_whole.ts";
import { checkSampling, type Sampling } from "../generate/sampling.ts";
import { knownName } from "../nearest_name.ts";
import { type Filter } from "./filters/filter.ts";
import { type FilterName, filterNames, filters } from "./filters/filters.ts";

/** The orders in which blanks are filled. */
export const fillModes = ["one-pass", "left-to-right", "right-to-left", "most-certain"] as const;

/** The order in which blanks are filled. */
export type FillMode = typeof fillModes[number];

/** How an encoder fills. */
export interface EncoderOptions {
  /**
   * All blanks at once, none of which sees what another is filled with; or one after the other, each of which sees what was
   * written before: from left to right, from right to left, or the one next of which the model is most certain. Left out: at
   * once.
   */
  readonly mode?: FillMode;
  /**
   * Pieces of the letter, special ones included, that the model sees around each blank, which is in the middle; left out: as
   * many whole sentences as the model takes.
   */
  readonly window?: number;
  /** Words are drawn by chance, as the seed has it; left out: the likeliest is taken. */
  readonly sampling?: Omit<Sampling, "first">;
  /** Words that are not written. Left out: none is refused. */
  readonly filters?: readonly FilterName[];
  /** The most pieces that a word written may have. Left out: 1. */
  readonly pieces?: number;
  /** How many candidates are told for each blank, with the choice and why. Left out: 0, which tells nothing. */
  readonly candidates?: number;
  /** The most tokens given to the model at once, padding included; a single longer window still goes. Left out: 1,024. */
  readonly tokensPerBatch?: number;
}

/** Options after they are checked. */
export interface Settings {
  readonly mode: FillMode;
  readonly window: number | undefined;
  readonly sampling: Omit<Sampling, "first"> | undefined;
  readonly filters: readonly Filter[];
  readonly pieces: number;
  readonly candidates: number;
  readonly tokensPerBatch: number;
}

/** The smallest window: a word on either side of the blank, and the special pieces. */
const LEAST_WINDOW = 5;

/**
 * Options with all that was left out.
 *
 * @throws Error naming the option, its value, and what may be chosen
 *
 * @example
 * ```ts
 * import { settings } from "./encoder_options.ts";
 * import { equal, throws } from "node:assert/strict";
 * equal(settings({}).mode, "one-pass");
 * throws(() => settings({ sampling: { seed: 1, topP: 2 } }), /topP 2: choose a number above 0, at most 1/);
 * ```
 */
export function settings(options: EncoderOptions): Settings {
  const { mode = "one-pass", window, sampling, pieces = 1, candidates = 0, tokensPerBatch = 1024 } = options;
  const names = options.filters ?? [];
  knownName("mode", mode, fillModes);
  for (const name of names) knownName("filter", name, filterNames);
  checkWhole("tokensPerBatch", tokensPerBatch, 1);
  checkWhole("pieces", pieces, 1);
  checkWhole("candidates", candidates, 0);
  if (window !== undefined) checkWhole("window", window, LEAST_WINDOW);
  if (sampling) checkSampling(sampling);
  const chosen = filters.filter(({ name }) => names.includes(name));
  return { mode, window, sampling, filters: chosen, pieces, candidates, tokensPerBatch };
}
