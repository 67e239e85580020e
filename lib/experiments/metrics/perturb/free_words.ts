/** The words that can be masked, deleted or re-cased. @module */

import { isAlphabetic } from "../../../text/alphabetic.ts";
import { type Word, words } from "../../../text/words.ts";

/**
 * The words of a text that consist of letters.
 *
 * @example
 * ```ts
 * import { freeWords } from "./free_words.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(freeWords("BP 120/80 today").map(({ text }) => text), ["BP", "today"]);
 * ```
 */
export function freeWords(text: string): Word[] {
  return words(text).filter((word) => isAlphabetic(word.text));
}
