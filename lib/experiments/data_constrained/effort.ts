/** How much the data-constrained study computes. @module */

/** `full` is the study; `quick` shows in a minute that everything works, and nothing else. */
export type Effort = "full" | "quick";

/** What is done for how long. */
export interface Budget {
  /** Of adapting the decoder. */
  readonly adaptation: {
    readonly epochs: number;
    readonly mostSteps?: number;
    readonly batch: number;
    readonly length: number;
  };
  /** The most pieces behind a prompt. */
  readonly maxTokens: number;
  /** Samples that stand for the original's size. Left out: as many as the corpus has texts that are not tested on. */
  readonly texts?: number;
  /** Of training a tagger: windows a step, times that each window is seen, and the fewest and most steps that are taken for it. */
  readonly tagger: {
    readonly batch: number;
    readonly epochs: number;
    readonly leastSteps: number;
    readonly mostSteps: number;
    readonly learningRate: number;
    /** Makes few windows enough to learn that there is something to find. */
    readonly classWeights?: "balanced";
  };
}

/** The paper's taggers saw their text 6 times in batches of 16; here little text is seen more often, because the encoders are small, and much less. */
export const BUDGETS: Readonly<Record<Effort, Budget>> = {
  full: {
    adaptation: { epochs: 10, batch: 8, length: 256 },
    maxTokens: 224,
    tagger: { batch: 16, epochs: 6, leastSteps: 300, mostSteps: 800, learningRate: 5e-4 },
  },
  quick: {
    adaptation: { epochs: 2, mostSteps: 6, batch: 4, length: 128 },
    maxTokens: 64,
    texts: 8,
    tagger: {
      ...{ batch: 3, epochs: 6, leastSteps: 100, mostSteps: 100, learningRate: 1e-3 },
      classWeights: "balanced",
    },
  },
};

/** Words of a window of a tagger, about: its 128 pieces hold whole sentences. */
const WINDOW = 80;

/**
 * The steps that see letters as often as the budget says.
 *
 * @example
 * ```ts
 * import { BUDGETS, taggerSteps } from "./effort.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letters = (count: number) => Array.from({ length: count }, () => ({ text: "on ".repeat(400) }));
 * deepEqual([20, 200].map((count) => taggerSteps(letters(count), BUDGETS.full.tagger)), [300, 375]);
 * ```
 */
export function taggerSteps(
  letters: readonly { readonly text: string }[],
  { batch, epochs, leastSteps, mostSteps }: Pick<
    Budget["tagger"],
    "batch" | "epochs" | "leastSteps" | "mostSteps"
  >,
): number {
  const windows = letters.reduce((sum, { text }) => sum + Math.ceil(wordsIn(text) / WINDOW), 0);
  return Math.min(mostSteps, Math.max(leastSteps, Math.ceil(epochs * windows / batch)));
}

/** What stands between blanks. */
export function wordsIn(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
