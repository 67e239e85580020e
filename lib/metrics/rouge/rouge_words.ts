/** How ROUGE cuts texts into words. @module */

/**
 * `rouge_score`: maximal runs of `[a-z0-9]` in the lower-cased text, which is what Python's rouge_score does and which
 * breaks a word at every accented letter ("médico" → "m", "dico"). `unicode`: maximal runs of letters, marks and
 * digits of any script in the lower-cased NFC text; for every language but English.
 */
export type RougeTokenizer = "rouge_score" | "unicode";

/** How a text becomes ROUGE words. */
export interface RougeOptions {
  /** Default `"rouge_score"`. */
  readonly tokenizer?: RougeTokenizer;
  /** Stem words of more than three characters with Porter's English stemmer. Default false. */
  readonly stemmer?: boolean;
}

/**
 * Sees that options go together.
 *
 * @throws {Error} for a stemmer together with the `unicode` tokenizer: it knows English only
 *
 * @example
 * ```ts
 * import { checkRougeOptions } from "./rouge_words.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => checkRougeOptions({ stemmer: true, tokenizer: "unicode" }), /Drop one of the two/);
 * ```
 */
export function checkRougeOptions({ stemmer = false, tokenizer = "rouge_score" }: RougeOptions): void {
  if (!stemmer || tokenizer === "rouge_score") return;
  throw new Error(
    `stemmer: true works with tokenizer rouge_score only, got ${tokenizer}. Drop one of the two.`,
  );
}
