/** Blanks as Python sees them, which the reference implementations split at. @module */

/** What `str.split()`, `str.rstrip()` and `\s` count as blank in Python, as the inside of a character class. */
export const PYTHON_SPACES =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

/**
 * Whether a UTF-16 code unit is one of them.
 *
 * @example
 * ```ts
 * import { isPythonSpace } from "./python_spaces.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["\t", "\u001c", "\u00a0", "\ufeff", "a"].map((c) => isPythonSpace(c.charCodeAt(0))), [true, true, true, false, false]);
 * ```
 */
export function isPythonSpace(unit: number): boolean {
  if (unit <= 32) return unit === 32 || (unit >= 9 && unit <= 13) || unit >= 28;
  if (unit < 0x85) return false;
  return unit === 0x85 || unit === 0xa0 || unit === 0x1680 || (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 || unit === 0x2029 || unit === 0x202f || unit === 0x205f || unit === 0x3000;
}

/**
 * Calls `found` with the start and end of each run of characters between blanks, as Python's `str.split()` cuts.
 *
 * @example
 * ```ts
 * import { splitAtSpaces } from "./python_spaces.ts";
 * import { deepEqual } from "node:assert/strict";
 * const words: [number, number][] = [];
 * splitAtSpaces(" no\u00a0pain ", (start, end) => words.push([start, end]));
 * deepEqual(words, [[1, 3], [4, 8]]);
 * ```
 */
export function splitAtSpaces(text: string, found: (start: number, end: number) => void): void {
  for (let i = 0; i < text.length;) {
    while (i < text.length && isPythonSpace(text.charCodeAt(i))) i++;
    const start = i;
    while (i < text.length && !isPythonSpace(text.charCodeAt(i))) i++;
    if (i > start) found(start, i);
  }
}

/**
 * A text without the blanks at its end, as Python's `str.rstrip()` gives it.
 *
 * @example
 * ```ts
 * import { trimmedEnd } from "./python_spaces.ts";
 * import { equal } from "node:assert/strict";
 * equal(trimmedEnd(" no pain\u001f\n"), " no pain");
 * ```
 */
export function trimmedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isPythonSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}
