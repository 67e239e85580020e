/** Longest common subsequences of token sequences, for ROUGE-L and ROUGE-Lsum. @module */

/** Bits a machine word holds: sums of two such words and a carry stay within a signed 32-bit integer. */
const BITS = 30;
const FULL = 2 ** BITS - 1;

/**
 * The length of a longest common subsequence of two sequences of token ids (non-negative integers), in
 * O(|a|·|b| / 30) word operations by the bit-parallel recurrence V ← (V + (V & M)) | (V & ¬M).
 *
 * Source: M. Crochemore, C. S. Iliopoulos, Y. J. Pinzon, J. F. Reid, "A fast and practical bit-vector algorithm for the
 * longest common subsequence problem", Information Processing Letters 80(6), 2001.
 *
 * @example
 * ```ts
 * import { lcsLength } from "./longest_common_subsequence.ts";
 * import { equal } from "node:assert/strict";
 * equal(lcsLength(Int32Array.of(1, 2, 3, 4), Int32Array.of(2, 9, 4, 1)), 2);
 * ```
 */
export function lcsLength(a: Int32Array, b: Int32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  const positions = new Map<number, number[]>();
  a.forEach((token, i) => {
    const held = positions.get(token);
    if (held === undefined) positions.set(token, [i]);
    else held.push(i);
  });
  const words = Math.ceil(a.length / BITS);
  const state = new Int32Array(words).fill(FULL); // V: a 0 bit is a position of a that raised the length
  const match = new Int32Array(words); // M: where the current token of b stands in a
  for (const token of b) {
    const held = positions.get(token);
    if (held === undefined) continue;
    for (const i of held) {
      const w = Math.floor(i / BITS);
      match[w] = (match[w] ?? 0) | 1 << (i % BITS);
    }
    let carry = 0;
    // Both arrays hold `words` words, and every position is below a.length ≤ words · BITS.
    for (let w = 0; w < words; w++) {
      const v = state[w]!;
      const m = match[w]!;
      const sum = v + (v & m) + carry;
      carry = sum >>> BITS;
      state[w] = (sum & FULL) | (v & ~m);
      match[w] = 0;
    }
  }
  let length = 0;
  for (let i = 0; i < a.length; i++) {
    // i < a.length ≤ words · BITS
    if ((state[Math.floor(i / BITS)]! >> (i % BITS) & 1) === 0) length++;
  }
  return length;
}

/**
 * Marks, in `marked`, the positions of `a` that one longest common subsequence of `a` and `b` uses. Where several are as
 * long, the choice is that of rouge_score 0.1.2: read back from the ends, `a` gives way unless that shortens the rest.
 *
 * @throws {Error} when `marked` does not have a place for each token of `a`.
 *
 * @example
 * ```ts
 * import { markLcs } from "./longest_common_subsequence.ts";
 * import { deepEqual } from "node:assert/strict";
 * const marked = new Uint8Array(4);
 * markLcs(Int32Array.of(1, 2, 3, 4), Int32Array.of(2, 9, 4, 1), marked);
 * deepEqual([...marked], [0, 1, 0, 1]);
 * ```
 */
export function markLcs(a: Int32Array, b: Int32Array, marked: Uint8Array): void {
  if (marked.length !== a.length) {
    throw new Error(`marked has ${marked.length} places for ${a.length} tokens. Make them equally long.`);
  }
  const columns = b.length + 1;
  const table = new Int32Array((a.length + 1) * columns); // (|a| + 1, |b| + 1), lengths of prefixes' subsequences
  for (let i = 1; i <= a.length; i++) {
    const token = a[i - 1];
    const row = i * columns;
    for (let j = 1; j < columns; j++) {
      // Row i - 1 and column j - 1 exist: both loops start at 1.
      const at = row + j;
      table[at] = token === b[j - 1]
        ? table[at - columns - 1]! + 1
        : Math.max(table[at - columns]!, table[at - 1]!);
    }
  }
  // Every index read below is one of the table: 0 < i ≤ |a|, 0 < j ≤ |b|.
  for (let i = a.length, j = b.length; i > 0 && j > 0;) {
    if (a[i - 1] === b[j - 1]) {
      marked[--i] = 1;
      j--;
    } else if (table[i * columns + j - 1]! > table[(i - 1) * columns + j]!) j--;
    else i--;
  }
}
