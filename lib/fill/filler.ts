/** What writes the blanks of masked letters. @module */
import type { MaskedLetter } from "../mask/mask.ts";

/** Stands where nothing could be written, as de-identified letters have it. */
export const LEFT_BLANK = "___";

/** A word that could have been written. */
export interface Candidate {
  /** As the model has it, without its family's marks: before the original's case is put on. */
  readonly text: string;
  /** The ids of its pieces. */
  readonly pieces: readonly number[];
  /** Its share of the probability of all that the vocabulary has; for several pieces the product of their shares. */
  readonly probability: number;
  /** What speaks against it: `"part of a word"`, `"no word of letters"`, or the name of a filter. */
  readonly refused?: string;
}

/** Why this and not another. */
export interface Choice {
  /** Of the words that could stand here, how many are as likely as the one chosen, or likelier; 1 is the likeliest. */
  readonly rank: number;
  readonly probability: number;
  readonly how: "likeliest" | "drawn" | "several pieces";
}

/** What stands in place of one masked word. */
export interface Fill {
  /** Index into the words of the masked letter. */
  readonly word: number;
  /** A whole word of letters, in the case of the word it replaces. */
  readonly text: string;
  /** What the model would have written, had it been free to: any of its pieces. */
  readonly raw: string;
  /** Whether `raw` is a whole word of letters: the invalid predictions of Synthetic4Health are those where it is not. */
  readonly valid: boolean;
  /** There where nothing could be written; `text` is then {@linkcode LEFT_BLANK}. */
  readonly left?: true;
  /** How many likelier words, or words drawn before, each filter refused, where any was. */
  readonly refused?: Readonly<Record<string, number>>;
  /** What stood there; this and the two following where candidates were asked for. */
  readonly original?: string;
  /** The likeliest, whatever speaks against them, and the one that was chosen, by falling probability. */
  readonly candidates?: readonly Candidate[];
  /** Left out where nothing was. */
  readonly choice?: Choice;
  /** What the text was before a step of post-processing changed it, by the steps' names. */
  readonly changed?: Readonly<Record<string, string>>;
}

/** A model as far as filling is concerned. */
export interface Filler {
  /** Names the model in results. */
  readonly name: string;
  /**
   * One fill for every masked word, in the order of the words, for every letter, in the order of the letters. The same letters give
   * the same fills, whatever other letters are filled with them.
   */
  fill(
    masked: readonly MaskedLetter[],
    progress?: (doneLetters: number, total: number) => void,
  ): Promise<Fill[][]>;
}
