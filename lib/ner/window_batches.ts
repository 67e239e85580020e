/** Windows of about one length together. @module */

/** Pieces that go through the model at once, padding included: enough for the processor, and few enough for its caches. */
const PIECES = 2048;

/**
 * Windows in batches of about equal length, so that little is padded: the places of the windows, longest first.
 *
 * @param lengths pieces of each window
 *
 * @example
 * ```ts
 * import { windowBatches } from "./window_batches.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(windowBatches([5, 1500, 6, 900]), [[1], [3], [2, 0]]);
 * ```
 */
export function windowBatches(lengths: readonly number[]): number[][] {
  const sorted = [...lengths.keys()].sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0) || a - b);
  const batches: number[][] = [];
  let longest = 0;
  for (const place of sorted) {
    const last = batches.at(-1);
    const near = 2 * (lengths[place] ?? 0) > longest; // else padding would be most of the row
    if (last && near && (last.length + 1) * longest <= PIECES) last.push(place);
    else {
      batches.push([place]);
      longest = lengths[place] ?? 0;
    }
  }
  return batches;
}
