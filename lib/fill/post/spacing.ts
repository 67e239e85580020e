/** Fills without blanks that belong to nothing. @module */
import { eachFill } from "./step.ts";

/**
 * Takes away blanks and controls at both ends of a fill, makes several blanks one, and takes away the one before a mark that follows
 * a word and behind a bracket that opens. Blanks around the fill are the letter's, which nothing changes.
 *
 * @example
 * ```ts
 * import { tidy } from "./spacing.ts";
 * import { equal } from "node:assert/strict";
 * equal(tidy("  chest  pain , ( left )\n"), "chest pain, (left)");
 * ```
 */
export function tidy(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim()
    .replace(/ (?=[,.;:!?)\]}%])/g, "")
    .replace(/(?<=[([{]) /g, "");
}

/** {@linkcode tidy} as a step. */
export const spacing = eachFill("spacing", ({ text }) => tidy(text));
