/** Neighbouring words swapped. @module */

import type { Change } from "./change.ts";
import { freeWords } from "./free_words.ts";

/**
 * Neighbours with one blank between them, each with the other's place: the first and second word, the third and fourth, …
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { swaps } from "./swaps.ts";
 * import { equal } from "node:assert/strict";
 * equal(changed("no pain at night", swaps("no pain at night")), "pain no night at");
 * ```
 */
export function swaps(text: string): Change[] {
  const words = freeWords(text);
  const found: Change[] = [];
  for (let i = 0; i + 1 < words.length; i++) {
    const [first, second] = [words[i]!, words[i + 1]!]; // i + 1 < words.length
    if (text.slice(first.end, second.start) !== " ") continue;
    found.push({ start: first.start, end: second.end, text: `${second.text} ${first.text}` });
    i++; // each word once
  }
  return found;
}
