/** Words as ROUGE counts them. @module */

import { porterStem } from "./porter.ts";

/**
 * `rouge_score`: maximal runs of `[a-z0-9]` in the lower-cased text, which is what Python's rouge_score does and which
 * breaks a word at every accented letter ("médico" → "m", "dico"). `unicode`: maximal runs of letters, marks and
 * digits of any script in the lower-cased NFC text; for every language but English.
 */
export type RougeTokenizer = "rouge_score" | "unicode";

/** How a text becomes ROUGE words. */
export interface TokenizeRougeOptions {
  /** Default `"rouge_score"`. */
  readonly tokenizer?: RougeTokenizer;
  /** Stem words of more than three characters with Porter's English stemmer. Default false. */
  readonly stemmer?: boolean;
}

/**
 * The words of a text in order, equal to rouge_score 0.1.2's `DefaultTokenizer` with the default tokenizer.
 *
 * @throws {Error} when the stemmer is asked for together with the `unicode` tokenizer: it knows English only.
 *
 * @example
 * ```ts
 * import { tokenizeRouge } from "./tokenize_rouge.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(tokenizeRouge("Taking 5mg, twice-daily."), ["taking", "5mg", "twice", "daily"]);
 * deepEqual(tokenizeRouge("Taking tablets", { stemmer: true }), ["take", "tablet"]);
 * deepEqual(tokenizeRouge("El médico", { tokenizer: "unicode" }), ["el", "médico"]);
 * ```
 */
export function tokenizeRouge(text: string, options: TokenizeRougeOptions = {}): string[] {
  const { tokenizer = "rouge_score", stemmer = false } = options;
  if (tokenizer === "unicode") {
    if (stemmer) {
      throw new Error(
        "stemmer: true works with tokenizer rouge_score only, got unicode. Drop one of the two.",
      );
    }
    return text.normalize("NFC").toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  }
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  if (!stemmer) return words;
  const stems = new Map<string, string>();
  return words.map((word) => {
    if (word.length <= 3) return word;
    let stem = stems.get(word);
    if (stem === undefined) stems.set(word, stem = porterStem(word));
    return stem;
  });
}
