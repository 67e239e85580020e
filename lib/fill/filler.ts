/** What writes the blanks of masked letters. @module */
import type { MaskedLetter } from "../mask/mask.ts";

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
