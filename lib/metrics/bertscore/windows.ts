/** Covering a long text with windows that a model can see. @module */

/** A stretch of a text that the model sees at once, and the part of it whose embeddings are taken. */
export interface Window {
  /** Pieces [start, end) of the text, without its special tokens, that the window shows. */
  readonly start: number;
  readonly end: number;
  /** Pieces [from, to) of the text that are taken from it. */
  readonly from: number;
  readonly to: number;
}

/** The share of a window that its neighbour shows as well: half of it on each side of a seam is context. */
const OVERLAP = 0.25;

/**
 * The pieces that neighbouring windows share at least.
 *
 * @example
 * ```ts
 * import { overlapOf } from "./windows.ts";
 * import { equal } from "node:assert/strict";
 * equal(overlapOf(510), 127);
 * ```
 */
export function overlapOf(room: number): number {
  return Math.floor(OVERLAP * room);
}

/**
 * Windows over so many pieces, as few and as equal as can be; neighbours share at least a quarter. Two neighbours meet in the
 * middle of what both show, so that every piece is taken from the window in which it stands farther from an end. Together
 * their [from, to) cover every piece once.
 *
 * @param room pieces that fit a window
 *
 * @example
 * ```ts
 * import { windowsOf } from "./windows.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(windowsOf(6, 4), [{ start: 0, end: 4, from: 0, to: 3 }, { start: 2, end: 6, from: 3, to: 6 }]);
 * ```
 */
export function windowsOf(length: number, room: number): Window[] {
  const overlap = overlapOf(room);
  const count = length <= room ? 1 : Math.ceil((length - overlap) / (room - overlap));
  const size = Math.ceil((length + (count - 1) * overlap) / count);
  const starts = Array.from(
    { length: count },
    (_, i) => count === 1 ? 0 : Math.round(i * (length - size) / (count - 1)),
  );
  return starts.map((start, i) => {
    const [before, after] = [starts[i - 1], starts[i + 1]];
    const from = before === undefined ? 0 : Math.floor((before + size + start) / 2);
    const to = after === undefined ? length : Math.floor((start + size + after) / 2);
    return { start, end: start + size, from, to };
  });
}
