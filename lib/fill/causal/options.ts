/** How a causal language model writes blanks. @module */

import { checkWhole } from "../../check_whole.ts";
import { checkSampling, type Sampling } from "../../generate/sampling.ts";

/** How a causal language model writes blanks. */
export interface CausalOptions {
  /**
   * Where the cut is: the share of the letter's words, from its beginning, that stay as they are, masked ones too. Left out: 0, every masked
   * word is written anew.
   */
  readonly keep?: number;
  /** How pieces are drawn. Left out: nucleus sampling with `topP` 0.95 and seed 42. */
  readonly sampling?: Omit<Sampling, "first">;
  /** The most pieces of the text before a blank that the model reads. Left out: as many as fit. */
  readonly window?: number;
  /** The most pieces that are written for each blank. Left out: 4. */
  readonly pieces?: number;
  /** Above 0, each fill tells the original, what was drawn, how likely it was, and why it stands there. Left out: 0. */
  readonly candidates?: number;
}

/** Options after they are checked. */
export type CausalSettings = Required<Omit<CausalOptions, "window">> & {
  readonly window: number | undefined;
};

/**
 * Options with all that was left out.
 *
 * @throws Error naming the option, its value, and what may be chosen
 *
 * @example
 * ```ts
 * import { causalSettings } from "./options.ts";
 * import { equal, throws } from "node:assert/strict";
 * equal(causalSettings({}).sampling.topP, 0.95);
 * throws(() => causalSettings({ keep: 2 }), /keep 2: choose a share from 0 to 1/);
 * ```
 */
export function causalSettings(options: CausalOptions): CausalSettings {
  const { keep = 0, sampling = { seed: 42, topP: 0.95 }, window, pieces = 4, candidates = 0 } = options;
  if (!(keep >= 0 && keep <= 1)) throw new Error(`keep ${keep}: choose a share from 0 to 1.`);
  checkSampling(sampling);
  checkWhole("window", window ?? 1);
  checkWhole("pieces", pieces);
  checkWhole("candidates", candidates, 0);
  return { keep, sampling, window, pieces, candidates };
}
