/** Numbers in figures. @module */

import { type Change, replacements } from "./change.ts";

const others = new Map(
  ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    .map((word, i) => [word, `${i + 2}`]),
);

/**
 * Every number from two to twelve that is written in words, in figures. A letter tells the same, in as many word pieces of most
 * tokenizers.
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { figures } from "./figures.ts";
 * import { equal } from "node:assert/strict";
 * equal(changed("Two weeks, no one", figures("Two weeks, no one")), "2 weeks, no one");
 * ```
 */
export function figures(text: string): Change[] {
  return replacements(text, others);
}
