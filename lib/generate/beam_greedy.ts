/** Greedy search: the likeliest piece at every step. @module */

import { OneTextSearch } from "./one_text_search.ts";

/**
 * A greedy search for one text.
 *
 * @param start what the decoder begins with
 *
 * @example
 * ```ts
 * import { GreedySearch } from "./beam_greedy.ts";
 * import { deepEqual } from "node:assert/strict";
 * const search = new GreedySearch([0], { end: 0, maxPieces: 3 });
 * search.advance(() => Float32Array.of(-3, -1, -2));
 * search.advance(() => Float32Array.of(-1, -2, -3));
 * deepEqual(search.found, [{ pieces: [1], score: -2, logProbabilities: [-1] }]);
 * ```
 */
export class GreedySearch extends OneTextSearch {
  protected override choose(row: Float32Array, banned: ReadonlySet<number>): number {
    let best = -1;
    for (let piece = 0; piece < row.length; piece++) {
      if (!banned.has(piece) && (best < 0 || (row[piece] ?? 0) > (row[best] ?? 0))) best = piece;
    }
    if (best < 0) throw new Error(`all ${row.length} pieces would repeat an n-gram. Raise noRepeat.`);
    return best;
  }
}
