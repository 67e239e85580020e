/** Runs of words or characters that a candidate shares with its references. @module */

import type { Stretch } from "./stretch.ts";

/**
 * Counts shared n-grams without making any: an n-gram is a number, found by that of its first n-1 symbols and its last
 * symbol, and what is not shared at one length is not looked at again at the next. An instance keeps its working space
 * from call to call.
 *
 * @example
 * ```ts
 * import { NgramMatcher } from "./ngram_matches.ts";
 * import { deepEqual } from "node:assert/strict";
 * const symbols = Int32Array.of(1, 2, 1, 2, 1, 2, 3);
 * const matches = new NgramMatcher().matches(symbols, { start: 0, end: 4 }, [{ start: 4, end: 7 }], 2, 3);
 * deepEqual(matches, [2, 1]);
 * ```
 */
export class NgramMatcher {
  /** By place, the number of the n-gram that begins there; 0 where none is shared. The candidate's first. */
  #grams = new Int32Array(64);
  /** By n-gram: how often a reference has it at most, how often the one at hand has it, how often it was matched. */
  #most = new Int32Array(64);
  #counts = new Int32Array(64);
  #taken = new Int32Array(64);
  /** Open addressing: what an n-gram consists of, and its number plus `#base`; less than that is from before. */
  #keys = new Float64Array(128);
  #numbers = new Int32Array(128);
  #base = 0;
  #size = 0;

  /**
   * For each n from 1 to `order`, how many n-grams of the candidate stand in a reference, an n-gram counted at most as
   * often as in the reference that has it most often.
   *
   * @param symbols what all texts consist of: integers from 1 up
   * @param greatest the greatest symbol, below 2^26
   */
  matches(
    symbols: Int32Array,
    candidate: Stretch,
    references: readonly Stretch[],
    order: number,
    greatest: number,
  ): number[] {
    this.#begin(symbols, candidate, references, greatest);
    const matches = [this.#shared(candidate, references, 1, greatest)];
    for (let n = 2; n <= order; n++) {
      matches.push(matches[n - 2] === 0 ? 0 : this.#longer(symbols, candidate, references, n));
    }
    return matches;
  }

  #longer(symbols: Int32Array, candidate: Stretch, references: readonly Stretch[], n: number): number {
    this.#lengthen(symbols, candidate, references, n);
    return this.#shared(candidate, references, n, this.#size);
  }

  /** The n-grams of length 1: the symbols themselves. */
  #begin(symbols: Int32Array, candidate: Stretch, references: readonly Stretch[], greatest: number): void {
    const length = candidate.end - candidate.start;
    let places = length;
    for (const { start, end } of references) places += end - start;
    if (places > this.#grams.length) this.#grams = new Int32Array(2 * places);
    const numbers = Math.max(length, greatest) + 1;
    if (numbers > this.#most.length) {
      this.#most = new Int32Array(2 * numbers);
      this.#counts = new Int32Array(2 * numbers);
      this.#taken = new Int32Array(2 * numbers);
    }
    if (4 * length > this.#keys.length) { // three of four slots stay free: looking at a second one takes long
      const capacity = 2 ** Math.ceil(Math.log2(8 * length));
      this.#keys = new Float64Array(capacity);
      this.#numbers = new Int32Array(capacity);
    }
    const grams = this.#grams;
    let at = 0;
    for (let i = candidate.start; i < candidate.end; i++) grams[at++] = symbols[i]!; // below their end
    for (const { start, end } of references) for (let i = start; i < end; i++) grams[at++] = symbols[i]!;
  }

  /** From n-grams of length n - 1 to those of length n. What the candidate does not have gets no number. */
  #lengthen(symbols: Int32Array, candidate: Stretch, references: readonly Stretch[], n: number): void {
    this.#forget();
    const grams = this.#grams;
    // Every index below is a place of a text, or one of the n - 1 behind it, of the same text.
    const length = candidate.end - candidate.start - n + 1;
    for (let i = 0, last = candidate.start + n - 1; i < length; i++, last++) {
      if (grams[i] !== 0) grams[i] = this.#number(grams[i]!, symbols[last]!, true);
    }
    let from = candidate.end - candidate.start;
    for (const { start, end } of references) {
      for (let i = from, last = start + n - 1; last < end; i++, last++) {
        if (grams[i] !== 0) grams[i] = this.#number(grams[i]!, symbols[last]!, false);
      }
      from += end - start;
    }
  }

  /** The matches of one length; what is not shared loses its number. */
  #shared(candidate: Stretch, references: readonly Stretch[], n: number, greatest: number): number {
    const [grams, most, counts, taken] = [this.#grams, this.#most, this.#counts, this.#taken];
    for (let gram = 0; gram <= greatest; gram++) most[gram] = taken[gram] = 0; // sooner done than fill() for few words
    const length = candidate.end - candidate.start;
    let from = length;
    // Every number of an n-gram is at most `greatest`.
    for (let reference = 0; reference < references.length; reference++) {
      const { start, end } = references[reference]!; // reference < references.length
      const to = from + end - start;
      const count = reference === 0 ? most : counts;
      if (reference > 0) counts.fill(0, 0, greatest + 1);
      for (let i = from; i <= to - n; i++) {
        const gram = grams[i]!; // i < grams.length
        if (gram === 0) continue;
        const times = count[gram]! + 1;
        count[gram] = times;
        if (times > most[gram]!) most[gram] = times;
      }
      from = to;
    }
    let matches = 0;
    for (let i = 0; i <= length - n; i++) {
      const gram = grams[i]!; // i < grams.length
      if (gram === 0) continue;
      const known = most[gram]!;
      if (known === 0) grams[i] = 0;
      else if (taken[gram]! < known) {
        taken[gram] = taken[gram]! + 1;
        matches++;
      }
    }
    return matches;
  }

  /** The number of an n-gram, a new one where it has none and is to be added; otherwise 0. */
  #number(shorter: number, symbol: number, add: boolean): number {
    const [keys, numbers] = [this.#keys, this.#numbers];
    const key = shorter * 2 ** 26 + symbol;
    const mask = keys.length - 1;
    const hash = Math.imul(shorter, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b);
    for (let slot = (hash ^ (hash >>> 15)) & mask;; slot = (slot + 1) & mask) {
      const number = numbers[slot]! - this.#base; // slot ≤ mask
      if (number > 0 && keys[slot] === key) return number;
      if (number <= 0) {
        if (!add) return 0;
        keys[slot] = key;
        numbers[slot] = this.#base + ++this.#size;
        return this.#size;
      }
    }
  }

  #forget(): void {
    this.#base += this.#size;
    this.#size = 0;
    if (this.#base < 2 ** 30) return;
    this.#numbers.fill(0);
    this.#base = 0;
  }
}
