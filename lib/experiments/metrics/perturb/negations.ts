/** Negations flipped. @module */

import { type Change, replacements } from "./change.ts";

/** One word for one word, so that a harmless edit can be as long. */
const opposites = new Map([
  ["no", "some"],
  ["not", "also"],
  ["nil", "some"],
  ["none", "some"],
  ["never", "often"],
  ["without", "with"],
  ["denies", "reports"],
  ["denied", "reported"],
  ["negative", "positive"],
  ["neg", "pos"],
  ["absent", "present"],
  ["excluded", "confirmed"],
  ["cannot", "can"],
]);

/** Where `no` is a number, or its opposite would be no English. */
const otherwise = /^(?:\s+(?:longer|one|more|sooner|doubt|matter)\b|\.\s*\d|\s*:)/i;

/**
 * Every negation turned into a statement, one word for one word: "no" into "some", "denies" into "reports", …
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { negations } from "./negations.ts";
 * import { equal } from "node:assert/strict";
 * equal(changed("No pain. Denies fever.", negations("No pain. Denies fever.")), "Some pain. Reports fever.");
 * equal(negations("No longer in pain, see no. 12").length, 0);
 * ```
 */
export function negations(text: string): Change[] {
  return replacements(text, opposites).filter(({ end }) => !otherwise.test(text.slice(end, end + 12)));
}
