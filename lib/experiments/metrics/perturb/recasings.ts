/** Words in another case. @module */

import type { Change } from "./change.ts";
import { freeWords } from "./free_words.ts";

/**
 * Words in small letters in capitals, and all others in small letters.
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { recasings } from "./recasings.ts";
 * import { equal } from "node:assert/strict";
 * equal(changed("No pain, BP", recasings("No pain, BP")), "no PAIN, bp");
 * ```
 */
export function recasings(text: string): Change[] {
  const cased = freeWords(text).filter(({ text: word }) => word.toLowerCase() !== word.toUpperCase());
  return cased.map(({ start, end, text: word }) => ({
    start,
    end,
    text: word === word.toLowerCase() ? word.toUpperCase() : word.toLowerCase(),
  }));
}
