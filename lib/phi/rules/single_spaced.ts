/** Text whose blanks are doubled, as some exports and scans give it. @module */

/** The text as it would be with single blanks, and where each of its characters stands. */
export interface SingleSpaced {
  readonly text: string;
  /** The place in the text as it is of a character of the text with single blanks. */
  placeOf(index: number): number;
}

/**
 * A text with its runs of blanks made single, where most gaps between words are such runs; nothing where they are not, for then a run
 * separates columns, which patterns go by.
 *
 * @example
 * ```ts
 * import { singleSpaced } from "./single_spaced.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * const found = singleSpaced("Dr  Osei  came.");
 * deepEqual([found?.text, found?.placeOf(3), found?.placeOf(8)], ["Dr Osei came.", 4, 10]);
 * equal(singleSpaced("Tel 01632 960417   Fax 01632 960418"), undefined);
 * ```
 */
export function singleSpaced(text: string): SingleSpaced | undefined {
  if (!text.includes("  ")) return undefined;
  if (3 * (text.split("  ").length - 1) <= text.split(" ").length - 1) return undefined; // told without looking at each run
  const runs = Array.from(text.matchAll(/ +/g), ({ 0: { length }, index }) => ({ index, length }));
  const doubled = runs.filter(({ length }) => length > 1);
  if (doubled.length * 2 <= runs.length) return undefined;
  const parts: string[] = [];
  const starts: { readonly from: number; readonly shift: number }[] = [{ from: 0, shift: 0 }];
  let [position, shift] = [0, 0];
  for (const { index, length } of doubled) {
    parts.push(text.slice(position, index + 1));
    position = index + length;
    shift += length - 1;
    starts.push({ from: position - shift, shift });
  }
  parts.push(text.slice(position));
  return {
    text: parts.join(""),
    placeOf: (index) => index + (starts.findLast(({ from }) => from <= index)?.shift ?? 0),
  };
}
