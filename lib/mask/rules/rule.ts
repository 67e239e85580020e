/** What a protection rule is. @module */
import type { Letter } from "../../corpus/letter.ts";
import type { Word } from "../../text/words.ts";

/** A reason never to mask a word. */
export interface Rule {
  readonly name: string;
  /** Indices into `words` (those of the letter's text) of the words that the rule protects; order and repeats do not matter. */
  find(letter: Letter, words: readonly Word[]): number[];
}

/** Indices of the words for which a test holds. */
export function indicesWhere(words: readonly Word[], test: (word: Word, index: number) => boolean): number[] {
  return words.flatMap((word, index) => test(word, index) ? [index] : []);
}
