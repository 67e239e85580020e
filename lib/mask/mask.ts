/** Choosing the words of letters that a model shall write anew. @module */
import type { Letter } from "../corpus/letter.ts";
import { random } from "../random.ts";
import { type Word, words as wordsOf } from "../text/words.ts";
import { list, protect, type Reason, reasons } from "./protect.ts";
import { randomWords } from "./strategies/random_words.ts";
import type { Strategy } from "./strategies/strategy.ts";

/** Every masking strategy. */
const strategies = [randomWords] as const satisfies readonly Strategy[];

/** The name of a masking strategy. */
export type StrategyName = typeof strategies[number]["name"];

/** The names of all masking strategies. */
export const strategyNames: readonly StrategyName[] = strategies.map(({ name }) => name);

/** What to mask. */
export interface MaskOptions {
  readonly strategy: StrategyName;
  /** Share of the strategy's candidates in a letter that are masked, from 0 to 1. */
  readonly ratio: number;
  readonly seed: number;
  /** The protection rules to apply; left out: all. */
  readonly protect?: readonly Reason[];
}

/** A letter with the words that shall be written anew. */
export interface MaskedLetter {
  /** The letter as it was. */
  readonly letter: Letter;
  readonly words: readonly Word[];
  /** For each word why it was not to be masked, if it was not. */
  readonly protectedBy: readonly (Reason | undefined)[];
  /** Indices into `words`, ascending. */
  readonly masked: readonly number[];
}

/**
 * Masks `floor(n × ratio)` of the `n` words of each letter that are not protected and are of the strategy's kind.
 *
 * Which ones depends on the seed and the letter's id alone. With the other options equal, the words masked at a ratio are among those
 * masked at any higher one, so that runs along the ratio differ in nothing else.
 *
 * @throws Error when the strategy or a protection rule is unknown, the ratio is not within [0, 1], or the seed is no whole number.
 *
 * @example
 * ```ts
 * import { mask } from "./mask.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "He was well on the ward.", spans: [], meta: {} };
 * const [masked] = mask([letter], { strategy: "random", ratio: 0.5, seed: 42 });
 * equal(masked?.masked.length, 3);
 * ```
 */
export function mask(letters: readonly Letter[], options: MaskOptions): MaskedLetter[] {
  const { ratio, seed } = options;
  const strategy: Strategy | undefined = strategies.find(({ name }) => name === options.strategy);
  if (!strategy) {
    throw new Error(`unknown masking strategy "${options.strategy}". Known are ${list(strategyNames)}.`);
  }
  if (!(ratio >= 0 && ratio <= 1)) {
    throw new Error(`ratio ${ratio} is not within [0, 1]. Choose the share of words to mask.`);
  }
  if (!Number.isInteger(seed)) throw new Error(`seed ${seed} is no whole number. Choose one.`);
  const only = options.protect ?? reasons;
  return letters.map((letter) => {
    const words = wordsOf(letter.text);
    const protectedBy = protect(letter, only, words);
    const maskable = protectedBy.flatMap((reason, index) => reason === undefined ? [index] : []);
    const candidates = [...strategy.candidates(maskable, words, letter)];
    // Binary fractions fall short of decimal ones (0.57 × 100 < 57): a count that was meant to be whole stays whole.
    const count = Math.floor(candidates.length * ratio + 1e-9);
    const masked = random(`${seed}/${letter.id}`).shuffle(candidates).slice(0, count).sort((a, b) => a - b);
    return { letter, words, protectedBy, masked };
  });
}
