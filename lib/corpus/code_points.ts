/** Between offsets in Unicode code points (Python, BRAT) and in UTF-16 code units (here). @module */

/** Converts offsets of one text. Offsets past the end stay as far past it. */
export interface OffsetMap {
  /** Code units before the given number of code points. */
  toUnits(points: number): number;
  /** Code points before the given number of code units; inside a surrogate pair, those before the pair. */
  toPoints(units: number): number;
}

/**
 * The offset map of a text. Characters beyond U+FFFF count one code point and two code units.
 *
 * @example
 * ```ts
 * import { offsetMap } from "./code_points.ts";
 * import { equal } from "node:assert/strict";
 * const map = offsetMap("🙂 ok");
 * equal(map.toUnits(2), 3);
 * equal(map.toPoints(3), 2);
 * ```
 */
export function offsetMap(text: string): OffsetMap {
  // Places of the second halves of pairs, in code units: nearly always none.
  const lows = Array.from(text.matchAll(/[\u{10000}-\u{10ffff}]/gu), ({ index }) => index + 1);
  return {
    toUnits(points) {
      let units = points;
      for (const low of lows) {
        if (low > units) break;
        units++;
      }
      return units;
    },
    toPoints(units) {
      let points = units;
      for (const low of lows) {
        if (low > units) break;
        points--;
      }
      return points;
    },
  };
}
