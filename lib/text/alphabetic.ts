/** What counts as a whole word of letters, everywhere in the project. @module */

const alphabetic = /^\p{L}[\p{L}\p{M}]*$/u;

/**
 * Whether a string is letters only (of any script, with their combining marks): no digit, hyphen, blank, `##` or `[UNK]`.
 *
 * @example
 * ```ts
 * import { isAlphabetic } from "./alphabetic.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["naïve", "HbA1c", "##ing", ""].map(isAlphabetic), [true, false, false, false]);
 * ```
 */
export function isAlphabetic(text: string): boolean {
  return alphabetic.test(text);
}
