/** What a masking strategy is. @module */
import type { Letter } from "../../corpus/letter.ts";
import type { Random } from "../../random.ts";
import type { Language } from "../../text/language.ts";
import type { PartOfSpeech } from "../../text/part_of_speech.ts";
import type { Word } from "../../text/words.ts";

/** A letter as a strategy sees it. Indices are those of `words`, ascending. */
export interface Context {
  readonly letter: Letter;
  readonly words: readonly Word[];
  /** The words that are neither protected nor masked in any case. */
  readonly maskable: readonly number[];
  readonly language: Language;
  readonly seed: number;
  /** The part of speech of each word; found when first asked for. */
  partsOfSpeech(): readonly PartOfSpeech[];
  /** A stream that the seed and the letter's id decide, and the name of the part that asks, where several do. */
  random(part?: string): Random;
  /**
   * `floor(n × ratio)` of the `n` candidates (words, or their pieces where these are masked singly), drawn at random; what is drawn at
   * a ratio is drawn at a higher one too.
   */
  draw(candidates: readonly number[], ratio: number, part?: string): number[];
}

/** A way to choose the words to mask. `O` are the options that it reads. */
export interface Strategy<O = { readonly ratio: number }> {
  readonly name: string;
  /** The words to mask, each once, in any order. */
  choose(context: Context, options: O): readonly number[];
}

/** `floor(n × ratio)`. Binary fractions fall short of decimal ones (0.57 × 100 < 57): a count that was meant to be whole stays whole. */
export function share(n: number, ratio: number): number {
  return Math.floor(n * ratio + 1e-9);
}
