/** Keeping a text from saying the same thing twice. @module */

/**
 * The pieces that would end an n-gram which the text has already.
 *
 * @param n 2 for bigrams; 0 bans nothing
 *
 * @example
 * ```ts
 * import { repeating } from "./beam_no_repeat.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(repeating([0, 5, 6, 7, 5], 2), new Set([6])); // 5 6 is there
 * ```
 */
export function repeating(pieces: readonly number[], n: number): Set<number> {
  const banned = new Set<number>();
  if (n < 1) return banned;
  const tail = pieces.length - n + 1; // where the n-gram that the next piece ends begins
  for (let start = 0; start < tail; start++) {
    let same = 0;
    while (same < n - 1 && pieces[start + same] === pieces[tail + same]) same++;
    const last = pieces[start + n - 1];
    if (same === n - 1 && last !== undefined) banned.add(last);
  }
  return banned;
}
