/** Where two texts differ, word by word. @module */

import type { Fragment } from "../../corpus/letter.ts";
import { type Word, words } from "../../text/words.ts";

/** Words that stand in one text in place of words of the other. Of an insertion the real stretch is empty, of a deletion the synthetic one. */
export interface Hunk {
  readonly real: Fragment;
  readonly synthetic: Fragment;
}

/**
 * The stretches in which two texts differ, in order: all between two words of a longest common subsequence of their words.
 * Capitals make no difference. `[start, end)` in UTF-16 code units; an empty stretch lies behind the word before it.
 *
 * Source: D. S. Hirschberg, "A linear space algorithm for computing maximal common subsequences", Communications of the ACM
 * 18(6), 1975.
 *
 * @example
 * ```ts
 * import { hunks } from "./align.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(hunks("No pain today.", "Some pain."), [
 *   { real: { start: 0, end: 2 }, synthetic: { start: 0, end: 4 } },
 *   { real: { start: 8, end: 13 }, synthetic: { start: 9, end: 9 } },
 * ]);
 * ```
 */
export function hunks(real: string, synthetic: string): Hunk[] {
  const [a, b] = [words(real), words(synthetic)];
  const numbers = new Map<string, number>();
  const numbered = (list: readonly Word[]) =>
    Int32Array.from(list, ({ text }) => {
      const key = text.toLowerCase();
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
  const matches: [i: number, j: number][] = [];
  const [left, right] = [numbered(a), numbered(b)];
  common(left, right, 0, 0, matches);
  const found: Hunk[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...matches, [a.length, b.length] as const]) {
    if (nextI > i || nextJ > j) found.push({ real: stretch(a, i, nextI), synthetic: stretch(b, j, nextJ) });
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return found;
}

/** Words `[from, to)`; where there are none, the place behind the word before. */
function stretch(list: readonly Word[], from: number, to: number): Fragment {
  const before = list[from - 1]?.end ?? 0;
  const start = from < to ? list[from]?.start ?? before : before;
  return { start, end: from < to ? list[to - 1]?.end ?? start : start };
}

/** Adds the matches of a longest common subsequence, in order. */
function common(a: Int32Array, b: Int32Array, i: number, j: number, matches: [number, number][]): void {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) {
    matches.push([i + from, j + from]);
    from++;
  }
  let same = 0;
  const most = Math.min(a.length, b.length) - from;
  while (same < most && a[a.length - 1 - same] === b[b.length - 1 - same]) same++;
  const [x, y] = [a.subarray(from, a.length - same), b.subarray(from, b.length - same)];
  if (x.length === 1) {
    const at = y.indexOf(x[0]!); // one word
    if (at >= 0) matches.push([i + from, j + from + at]);
  } else if (x.length > 0 && y.length > 0) {
    const middle = x.length >> 1;
    const above = lengths(x.subarray(0, middle), y);
    const below = lengths(x.slice(middle).reverse(), y.slice().reverse());
    let cut = 0;
    for (let k = 1; k <= y.length; k++) {
      if (above[k]! + below[y.length - k]! > above[cut]! + below[y.length - cut]!) cut = k; // k ≤ length
    }
    common(x.subarray(0, middle), y.subarray(0, cut), i + from, j + from, matches);
    common(x.subarray(middle), y.subarray(cut), i + from + middle, j + from + cut, matches);
  }
  for (let k = same; k > 0; k--) matches.push([i + a.length - k, j + b.length - k]);
}

/** By k, the length of a longest common subsequence of `a` and the first k of `b`. */
function lengths(a: Int32Array, b: Int32Array): Int32Array {
  let row = new Int32Array(b.length + 1);
  let next = new Int32Array(b.length + 1);
  for (const word of a) {
    for (let k = 1; k <= b.length; k++) {
      next[k] = word === b[k - 1] ? row[k - 1]! + 1 : Math.max(row[k]!, next[k - 1]!); // k ≤ length
    }
    [row, next] = [next, row];
  }
  return row;
}
