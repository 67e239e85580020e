/** Writing one thing as another is written. @module */

/** Letters without their diacritics, in lower case: what a mention is recognised by. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();
}

/** A word in the case of another: all capitals, all small, or as it is written with a capital. */
export function like(model: string, word: string): string {
  const letters = model.replace(/[^\p{L}]/gu, "");
  if (letters.length > 1 && letters === letters.toUpperCase()) return word.toUpperCase();
  if (letters !== "" && letters === letters.toLowerCase()) return word.toLowerCase();
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * What is identifying of the original that still stands in its stand-in: a run of four or more letters and digits, the
 * whole of the original or a word of it.
 *
 * @example
 * ```ts
 * import { survivors } from "./like.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(survivors("Ana Ortega", "ORTEGA Vidal"), ["ortega"]);
 * ```
 */
export function survivors(original: string, standIn: string): string[] {
  const after = new Set(folded(standIn).match(/[\p{L}\p{N}]+/gu));
  const words = folded(original).match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  return [...new Set(words)].filter((word) => after.has(word));
}
