/** What all pre-tokenizers share. @module */

import type { Aligned } from "../aligned.ts";
import type { Place } from "../normalizers/normalizer.ts";

/** A step that splits a text into the words that the model then cuts into pieces. */
export interface PreTokenizer {
  /**
   * Where a text can be cut beforehand so that its parts are split as the whole would be: at white space, which is dropped;
   * before any run of white space; before a single space between letters; before a single space between words; where the model can
   * cut; nowhere.
   */
  readonly cuts:
    | "at white space"
    | "before white space"
    | "before letters"
    | "before words"
    | "where the model can"
    | "nowhere";
  /** @param whole whether the only part is all of the text, or that many parts come from a step before */
  readonly split: (parts: readonly Aligned[], place: Place, whole: boolean) => Aligned[];
}
