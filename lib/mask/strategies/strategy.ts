/** What a masking strategy is. @module */
import type { Letter } from "../../corpus/letter.ts";
import type { Word } from "../../text/words.ts";

/** A kind of word to mask. The ratio then says how many of that kind, and the seed which. */
export interface Strategy {
  readonly name: string;
  /** Those of the `maskable` words (indices into `words`, ascending) that the strategy is after, ascending. */
  candidates(maskable: readonly number[], words: readonly Word[], letter: Letter): readonly number[];
}
