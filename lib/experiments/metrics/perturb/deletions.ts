/** Words deleted. @module */

import type { Change } from "./change.ts";
import { freeWords } from "./free_words.ts";

/**
 * Every word gone, with the blank behind it.
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { deletions } from "./deletions.ts";
 * import { equal } from "node:assert/strict";
 * equal(changed("No pain now.", deletions("No pain now.").slice(0, 2)), "now.");
 * ```
 */
export function deletions(text: string): Change[] {
  return freeWords(text).map(({ start, end }) => ({
    start,
    end: text[end] === " " ? end + 1 : end,
    text: "",
  }));
}
