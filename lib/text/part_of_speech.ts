/** Parts of speech, and what a tagger of them is. @module */

import type { Word } from "./words.ts";

/** The parts of speech of Universal Dependencies; `X` is what is none of the others. */
export const partsOfSpeech = [
  ...["NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV", "PRON", "DET", "ADP", "CCONJ", "SCONJ"] as const,
  ...["PART", "NUM", "INTJ", "PUNCT", "SYM", "X"] as const,
] as const;

/** A part of speech of Universal Dependencies. */
export type PartOfSpeech = typeof partsOfSpeech[number];

/** What tells the parts of speech of words. */
export interface PartOfSpeechTagger {
  /** What results name it by: library and version. */
  readonly name: string;
  /** One for each of the words, which are those of the text, in order. */
  tag(text: string, words: readonly Word[]): PartOfSpeech[];
}
