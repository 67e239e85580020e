/** How an encoder-decoder fills. @module */

import { checkWhole } from "../../check_whole.ts";
import type { BeamOptions } from "../../generate/beam.ts";
import { checkSampling, type Sampling } from "../../generate/sampling.ts";
import { knownName } from "../../nearest_name.ts";
import type { Filter } from "../filters/filter.ts";
import { type FilterName, filterNames, filters } from "../filters/filters.ts";

/** What Synthetic4Health puts before each window (arXiv 2409.09501, its public code). */
export const PROMPT = "In clinical background, fill in the blank: ";

/** How an encoder-decoder fills. */
export interface InfillingOptions extends Partial<Pick<BeamOptions, "lengthPenalty" | "earlyStopping">> {
  /** What stands before each window. Left out: {@linkcode PROMPT}. */
  readonly prompt?: string;
  /** Texts that the search keeps at each step. Left out: 5; with sampling 1. */
  readonly beams?: number;
  /** No n-gram of this size comes twice in what is written of a window; 0: all may. Left out: 2. */
  readonly noRepeat?: number;
  /** Every piece is drawn, as the seed has it; not together with beams. Left out: the likeliest text is searched for. */
  readonly sampling?: Omit<Sampling, "first">;
  /** The most pieces of a window, prompt and end included. Left out: what the model takes. */
  readonly window?: number;
  /** Ends a window as soon as it holds so many lines. Left out: as many whole sentences as fit. */
  readonly minLines?: number;
  /** The most pieces that are written for each blank. Left out: 4. */
  readonly pieces?: number;
  /** How often the model is asked for blanks that it has passed over, those it wrote being text by then. Left out: 1, once. */
  readonly rounds?: number;
  /** Words that are not written. Left out: none is refused. */
  readonly filters?: readonly FilterName[];
  /** How many candidates are told for each blank, with the choice and why. Left out: 0, which tells nothing. */
  readonly candidates?: number;
  /** Windows that are written at once. Left out: 8. */
  readonly textsAtOnce?: number;
}

/** Options after they are checked. */
export interface InfillingSettings {
  readonly prompt: string;
  readonly search: {
    readonly beams: number;
    readonly noRepeat: number;
    readonly textsAtOnce: number;
    readonly lengthPenalty?: number;
    readonly earlyStopping?: boolean | "never";
    readonly sampling?: Omit<Sampling, "first">;
  };
  readonly window: number | undefined;
  readonly minLines: number | undefined;
  readonly pieces: number;
  readonly rounds: number;
  readonly filters: readonly Filter[];
  readonly candidates: number;
}

/**
 * Options with all that was left out.
 *
 * @throws Error naming the option, its value, and what may be chosen
 *
 * @example
 * ```ts
 * import { infillingSettings } from "./options.ts";
 * import { equal, throws } from "node:assert/strict";
 * equal(infillingSettings({}).search.beams, 5);
 * throws(() => infillingSettings({ beams: 0 }), /beams 0: choose a whole number of 1 or more/);
 * ```
 */
export function infillingSettings(options: InfillingOptions): InfillingSettings {
  const { prompt = PROMPT, sampling, beams = sampling ? 1 : 5, noRepeat = 2, textsAtOnce = 8 } = options;
  const { window, minLines, pieces = 4, rounds = 1, candidates = 0, lengthPenalty, earlyStopping } = options;
  const counts = { beams, textsAtOnce, pieces, rounds, minLines: minLines ?? 1, window: window ?? 1 };
  for (const [name, value] of Object.entries(counts)) checkWhole(name, value, 1);
  for (const [name, value] of Object.entries({ noRepeat, candidates })) checkWhole(name, value, 0);
  if (lengthPenalty !== undefined && !Number.isFinite(lengthPenalty)) {
    throw new Error(`lengthPenalty ${lengthPenalty}: choose a number; 1 compares by the mean a piece.`);
  }
  if (sampling) {
    checkSampling(sampling);
    if (beams !== 1) {
      throw new Error(`${beams} beams and sampling: choose one, the likeliest texts or drawn ones.`);
    }
  }
  const names = options.filters ?? [];
  for (const name of names) knownName("filter", name, filterNames);
  return {
    ...{ prompt, window, minLines, pieces, rounds, candidates },
    search: {
      ...{ beams, noRepeat, textsAtOnce },
      ...(lengthPenalty !== undefined && { lengthPenalty }),
      ...(earlyStopping !== undefined && { earlyStopping }),
      ...(sampling && { sampling }),
    },
    filters: filters.filter(({ name }) => names.includes(name)),
  };
}
