/** Words as BERT's tokenizer sees them before it cuts them into pieces. @module */

/** A word, `[start, end)` in UTF-16 code units of the text it stands in. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Punctuation as BERT counts it: Unicode's, and every ASCII character that is no letter, digit, blank or control. */
const punctuation = "\\p{P}\\u0021-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E";
/** The ideograph blocks that BERT sets apart: Extensions A to E and both compatibility blocks included, F and later not. */
const ideographs = "\\u4E00-\\u9FFF\\u3400-\\u4DBF\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2B73F}" +
  "\\u{2B740}-\\u{2B81F}\\u{2B820}-\\u{2CEAF}\\uF900-\\uFAFF\\u{2F800}-\\u{2FA1F}";
/** What ends a word and belongs to none. BERT drops other control characters without ending the word. */
const blanks = "\\t\\n\\r\\p{Z}";
const pattern = new RegExp(`[${punctuation}${ideographs}]|[^${punctuation}${ideographs}${blanks}]+`, "gu");
const invisible = /^[\p{C}\uFFFD]+$/u;

/**
 * The words of a text, in order: runs of other characters between blanks, every punctuation mark and every CJK ideograph alone.
 * Characters that BERT drops (controls, U+FFFD) do not end a word, and a word of nothing else is left out.
 *
 * These are the borders of BERT's basic tokenizer, so that cutting each word into WordPieces alone and joining the results
 * gives what cutting the whole text gives. Source: `BasicTokenizer` in google-research/bert, `tokenization.py`.
 *
 * @example
 * ```ts
 * import { words } from "./words.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(words("BP 120/80").map(({ text }) => text), ["BP", "120", "/", "80"]);
 * deepEqual(words("BP 120/80")[1], { start: 3, end: 6, text: "120" });
 * ```
 */
export function words(text: string): Word[] {
  const found: Word[] = [];
  for (const { 0: word, index } of text.matchAll(pattern)) {
    if (!invisible.test(word)) found.push({ start: index, end: index + word.length, text: word });
  }
  return found;
}
