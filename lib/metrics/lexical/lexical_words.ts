/** Words as measures of vocabulary count them. @module */

/**
 * The words of a text in order: maximal runs of letters, marks and digits of any script, in lower case, in NFC. They are
 * those of ROUGE's `unicode` tokenizer.
 *
 * @example
 * ```ts
 * import { lexicalWords } from "./lexical_words.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(lexicalWords("El médico: 2.5 mg, ¡ya!"), ["el", "médico", "2", "5", "mg", "ya"]);
 * ```
 */
export function lexicalWords(text: string): string[] {
  return text.normalize("NFC").toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
