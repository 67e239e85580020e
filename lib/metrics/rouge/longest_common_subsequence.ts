/** Longest common subsequences of word sequences, for ROUGE-L and ROUGE-Lsum. @module */

import type { Stretch } from "../words/stretch.ts";

/** Bits a machine word holds: sums of two such words and a carry stay within a signed 32-bit integer. */
const BITS = 30;
const FULL = 2 ** BITS - 1;

/** How large the table of masks gets, in machine words, before places are looked up one by one: 1 MiB. */
const MASKS = 2 ** 18;
/** How many machine words of rows are kept at once when one subsequence is read back: 16 MiB. */
const KEPT = 2 ** 22;

/**
 * Compares sequences of words, given as integers from 1 up, by the bit-parallel recurrence
 * V ← (V + (V & M)) | (V & ¬M), in at most |a|·|b| / 30 steps. An instance keeps its working space from call to call.
 *
 * Source: M. Crochemore, C. S. Iliopoulos, Y. J. Pinzon, J. F. Reid, "A fast and practical bit-vector algorithm for the
 * longest common subsequence problem", Information Processing Letters 80(6), 2001.
 *
 * @example
 * ```ts
 * import { CommonSubsequence } from "./longest_common_subsequence.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * const words = Int32Array.of(1, 2, 3, 4, 2, 9, 4, 1);
 * const [a, b] = [{ start: 0, end: 4 }, { start: 4, end: 8 }];
 * const common = new CommonSubsequence();
 * equal(common.length(words, a, b, 9), 2);
 * const marked = new Uint8Array(4);
 * common.mark(words, a, b, 9, marked);
 * deepEqual([...marked], [0, 1, 0, 1]);
 * ```
 */
export class CommonSubsequence {
  /** V: a 0 bit is a place of `a` at which the length rises. */
  #state = new Int32Array(1);
  /** How many machine words V has. */
  #size = 0;
  /** M of each word, one after the other; of length 0 where there would be too many. */
  #masks = new Int32Array(64);
  #dense = true;
  /** By word, the first place of `a` where it stands, and by place the next with the same word; -1 for none. */
  #heads = new Int32Array(0);
  #nexts = new Int32Array(0);
  /** The last machine word of V that has changed, when places are looked up. */
  #frontier = 0;
  #rows = new Int32Array(0);

  /** The length of a longest common subsequence of two stretches. `greatest` is the greatest word of both. */
  length(words: Int32Array, a: Stretch, b: Stretch, greatest: number): number {
    let [aStart, aEnd, bStart, bEnd] = [a.start, a.end, b.start, b.end];
    // What both begin and end with belongs to some longest one.
    while (aStart < aEnd && bStart < bEnd && words[aStart] === words[bStart]) aStart++, bStart++;
    while (aStart < aEnd && bStart < bEnd && words[aEnd - 1] === words[bEnd - 1]) aEnd--, bEnd--;
    let length = aStart - a.start + a.end - aEnd;
    if (aStart === aEnd || bStart === bEnd) return length;
    this.#begin(words, { start: aStart, end: aEnd }, { start: bStart, end: bEnd }, greatest);
    for (let j = bStart; j < bEnd; j++) this.#step(words[j]!); // j < words.length
    for (let i = 0; i < aEnd - aStart; i++) if (this.#rises(this.#state, 0, i)) length++;
    return length;
  }

  /**
   * Marks, in `marked`, the places of `a` that one longest common subsequence uses. Where several are as long, the choice
   * is that of rouge_score 0.1.2: read back from the ends, `a` gives way unless that shortens the rest.
   *
   * @throws {Error} when `marked` does not have a place for each word of `a`
   */
  mark(words: Int32Array, a: Stretch, b: Stretch, greatest: number, marked: Uint8Array): void {
    const length = a.end - a.start;
    if (marked.length !== length) {
      throw new Error(`marked has ${marked.length} places for ${length} tokens. Make them equally long.`);
    }
    if (length === 0 || b.start === b.end) return;
    this.#begin(words, a, b, greatest);
    const size = this.#size;
    const count = b.end - b.start;
    // V after each word of b would fill the memory for long lines, so it is kept at every `block`th and computed again.
    const block = Math.max(1, Math.min(count, Math.floor(KEPT / size)));
    if (this.#rows.length < block * size) this.#rows = new Int32Array(block * size);
    const kept: Int32Array[] = [];
    for (let j = 0; j < count; j++) {
      if (j % block === 0) kept.push(this.#state.slice(0, size));
      if (count > block) this.#step(words[b.start + j]!); // j < count
    }
    let i = length;
    for (let at = kept.length - 1; at >= 0; at--) {
      const from = at * block;
      const to = Math.min(from + block, count);
      this.#state.set(kept[at]!); // at < kept.length
      for (let j = from; j < to; j++) {
        this.#step(words[b.start + j]!); // j < count
        for (let w = 0; w < size; w++) this.#rows[(j - from) * size + w] = this.#state[w]!; // w < size
      }
      for (let j = to; i > 0 && j > from;) {
        if (words[a.start + i - 1] === words[b.start + j - 1]) {
          marked[--i] = 1;
          j--;
        } else if (this.#rises(this.#rows, (j - 1 - from) * size, i - 1)) j--;
        else i--;
      }
    }
  }

  /** Notes where the words of `b` stand in `a`, and sets V to its start. */
  #begin(words: Int32Array, a: Stretch, b: Stretch, greatest: number): void {
    const { start, end } = a;
    const size = Math.ceil((end - start) / BITS);
    this.#size = size;
    if (size > this.#state.length) this.#state = new Int32Array(2 * size);
    for (let w = 0; w < size; w++) this.#state[w] = FULL; // sooner done than fill() for short texts
    this.#frontier = 0;
    this.#dense = (greatest + 1) * size <= MASKS;
    if (this.#dense) this.#noteMasks(words, a, b, greatest);
    else this.#notePlaces(words, start, end, greatest);
  }

  #noteMasks(words: Int32Array, a: Stretch, b: Stretch, greatest: number): void {
    const size = this.#size;
    const length = (greatest + 1) * size;
    if (length > this.#masks.length) this.#masks = new Int32Array(2 * length);
    const masks = this.#masks;
    // Only the words of b are looked up; all other masks may hold anything.
    if (b.end - b.start > greatest) { for (let at = 0; at < length; at++) masks[at] = 0; }
    else {
      for (let j = b.start; j < b.end; j++) {
        const at = words[j]! * size; // a word is at most `greatest`
        for (let w = 0; w < size; w++) masks[at + w] = 0;
      }
    }
    for (let i = a.start, w = 0, bit = 0; i < a.end; i++) {
      const at = words[i]! * size + w; // below `length`
      masks[at] = masks[at]! | 1 << bit;
      if (++bit === BITS) w++, bit = 0;
    }
  }

  #notePlaces(words: Int32Array, start: number, end: number, greatest: number): void {
    this.#heads = new Int32Array(greatest + 1).fill(-1);
    this.#nexts = new Int32Array(end - start);
    for (let i = end - 1; i >= start; i--) {
      const word = words[i]!; // i < end, and word ≤ greatest
      this.#nexts[i - start] = this.#heads[word]!;
      this.#heads[word] = i - start;
    }
  }

  /** V for one more word of `b`. */
  #step(word: number): void {
    if (!this.#dense) return this.#sparseStep(word);
    const [state, masks, size] = [this.#state, this.#masks, this.#size];
    const base = word * size;
    let carry = 0;
    for (let w = 0; w < size; w++) {
      const v = state[w]!; // w < size
      const match = masks[base + w]!; // M
      const sum = v + (v & match) + carry;
      carry = sum >>> BITS;
      state[w] = (sum & FULL) | (v & ~match);
    }
  }

  /** The same by the places of the word: machine words in which it does not stand, and no carry arrives, stay as they are. */
  #sparseStep(word: number): void {
    const [state, nexts, size] = [this.#state, this.#nexts, this.#size];
    let place = this.#heads[word]!; // word ≤ greatest
    let carry = 0;
    for (let w = place < 0 ? size : Math.floor(place / BITS); w < size;) {
      let match = 0;
      for (const end = (w + 1) * BITS; place >= 0 && place < end; place = nexts[place]!) {
        match |= 1 << (place - w * BITS);
      }
      const v = state[w]!; // w < size
      const sum = v + (v & match) + carry;
      carry = sum >>> BITS;
      state[w] = (sum & FULL) | (v & ~match);
      if (v !== state[w] && w > this.#frontier) this.#frontier = w;
      // Behind the frontier all bits are 1, and a carry goes through unchanged.
      if (carry !== 0 && w < this.#frontier) w++;
      else w = place < 0 ? size : Math.floor(place / BITS);
    }
  }

  #rises(state: Int32Array, offset: number, place: number): boolean {
    const w = Math.floor(place / BITS);
    return (state[offset + w]! >> (place - w * BITS) & 1) === 0; // place is one of a's
  }
}
