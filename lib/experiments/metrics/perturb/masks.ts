/** Words masked. @module */

import type { Change } from "./change.ts";
import { freeWords } from "./free_words.ts";

/**
 * Every word as a blank: `[MASK]`.
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { masks } from "./masks.ts";
 * import { equal } from "node:assert/strict";
 * equal(changed("No pain.", masks("No pain.")), "[MASK] [MASK].");
 * ```
 */
export function masks(text: string): Change[] {
  return freeWords(text).map(({ start, end }) => ({ start, end, text: "[MASK]" }));
}
