/** What the offsets of a file count, and how they become UTF-16 code units. @module */
import { offsetMap } from "./code_points.ts";

/** What offsets may count: UTF-16 code units, Unicode code points (as Python does), or bytes of the text in UTF-8. */
export const OFFSET_UNITS = ["utf16", "code-points", "bytes"] as const;
export type OffsetUnit = typeof OFFSET_UNITS[number];

/** Between the offsets of a file and those of the letter. */
export interface Offsets {
  /** To UTF-16 code units; an offset inside a character gives no whole number. Offsets past the end stay past it. */
  toUnits(offset: number): number;
  /** From UTF-16 code units. */
  fromUnits(units: number): number;
}

/**
 * The way between a text's offsets in some unit and those in UTF-16 code units.
 *
 * @example
 * ```ts
 * import { offsetsIn } from "./offsets.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * deepEqual([2, 3, 4].map(offsetsIn("é🙂!", "bytes").toUnits), [1, 1.5, 1.5]);
 * equal(offsetsIn("é🙂!", "code-points").toUnits(2), 3);
 * ```
 */
export function offsetsIn(text: string, unit: OffsetUnit): Offsets {
  if (unit === "utf16") return { toUnits: (offset) => offset, fromUnits: (units) => units };
  if (unit === "code-points") {
    const { toUnits, toPoints } = offsetMap(text);
    return { toUnits, fromUnits: toPoints };
  }
  return byteOffsets(text);
}

function byteOffsets(text: string): Offsets {
  // Where each code unit begins, in bytes; both halves of a pair begin where the pair does.
  const starts = new Uint32Array(text.length + 1);
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) ?? 0;
    starts[i] = bytes;
    if (point > 0xffff) starts[++i] = bytes;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  starts[text.length] = bytes;
  const at = (units: number) => starts[units] ?? bytes;
  return {
    fromUnits: (units) => units > text.length ? bytes + units - text.length : at(units),
    toUnits(offset) {
      if (offset > bytes) return text.length + offset - bytes;
      let [low, high] = [0, text.length]; // the first code unit that begins at the offset or after it
      while (low < high) {
        const middle = (low + high) >> 1;
        if (at(middle) < offset) low = middle + 1;
        else high = middle;
      }
      if (at(low) === offset) return low;
      let before = low - 1;
      while (before > 0 && at(before - 1) === at(before)) before--;
      return before + 0.5;
    },
  };
}
