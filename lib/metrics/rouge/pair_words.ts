/** The words of a few texts as numbers, for texts that are read once and compared with each other alone. @module */

import { extendHash, HASH_START } from "../words/vocabulary.ts";

const LINE_FEED = 10;
/** By ASCII character: the small letter of a letter, a digit itself, 0 for all others. */
const WORD_UNITS = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  return /[a-z0-9]/i.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});
const NO_LINES: readonly number[] = [];

type NameOf = (hash: number, text: string, start: number, end: number) => number;

/**
 * Numbers the words of a pair's texts 1, 2, 3… in the order of first sight: maximal runs of ASCII letters and digits in
 * lower case. Its tables stay as small as the texts, so that the processor has them at hand.
 *
 * @example
 * ```ts
 * import { PairWords } from "./pair_words.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * const words = new PairWords();
 * const numbers = new Int32Array(8);
 * words.begin(24);
 * equal(words.add("No pain,\nno gain", numbers, 0), 4);
 * deepEqual(words.lineEnds, [2]);
 * equal(words.add("gain", numbers, 4), 5);
 * deepEqual([...numbers.subarray(0, 5)], [1, 2, 1, 3, 3]);
 * ```
 */
export class PairWords {
  /** Open addressing: a word's number + `#base` at its hash or the next free place; less is from before. */
  #slots = new Int32Array(256);
  #mask = 255;
  #base = 0;
  #size = 0;
  /** By number: a word's hash, and where it starts in `#units`; the next one's start is its end. */
  #hashes = new Int32Array(128);
  #starts = new Int32Array(130);
  #units = new Uint8Array(1024);
  #names = new Int32Array(128);
  /** Of the text added last: how many words all texts had at the end of each of its lines, but for the last. */
  lineEnds: readonly number[] = NO_LINES;

  /** How many different words there are. */
  get distinct(): number {
    return this.#size;
  }

  /**
   * Forgets the words of the texts before.
   *
   * @param length the code units of the texts to come, with one more for each text
   */
  begin(length: number): void {
    this.#base += this.#size;
    this.#size = 0;
    const most = (length >> 1) + 1; // words
    const capacity = 2 ** Math.ceil(Math.log2(2 * most + 1));
    if (capacity > this.#slots.length || this.#base > 2 ** 30) {
      this.#slots = new Int32Array(Math.max(capacity, this.#slots.length));
      this.#base = 0;
    }
    this.#mask = capacity - 1;
    if (most + 2 > this.#hashes.length) {
      this.#hashes = new Int32Array(2 * most);
      this.#starts = new Int32Array(2 * most + 2);
      this.#names = new Int32Array(2 * most);
    }
    if (length > this.#units.length) this.#units = new Uint8Array(2 * length);
  }

  /**
   * Writes the numbers of a text's words to `numbers` from `at` on; gives where they end, or -1 for a text that has to be
   * given in lower case: with İ or the Kelvin sign, which alone outside ASCII become letters of it.
   *
   * @param name gives a word another number when it is seen first, by its hash in lower case and its place in the text
   */
  add(text: string, numbers: Int32Array, at: number, name?: NameOf): number {
    const [slots, hashes, starts, units] = [this.#slots, this.#hashes, this.#starts, this.#units];
    const [mask, base] = [this.#mask, this.#base];
    const { length } = text;
    const names = name && this.#names;
    let lineEnds: number[] | undefined;
    let size = this.#size;
    for (let i = 0; i < length;) {
      let unit = text.charCodeAt(i);
      let small = unit < 128 ? WORD_UNITS[unit]! : 0;
      if (small === 0) {
        if (unit === LINE_FEED) (lineEnds ??= []).push(at);
        else if (unit === 0x130 || unit === 0x212a) {
          this.#size = size; // for begin() to know which numbers were given
          return -1;
        }
        i++;
        continue;
      }
      const from = i;
      const start = starts[size + 1]!; // behind the last word
      let end = start;
      let hash = HASH_START;
      do {
        hash = extendHash(hash, small);
        units[end++] = small;
        if (++i === length) break;
        unit = text.charCodeAt(i);
        small = unit < 128 ? WORD_UNITS[unit]! : 0;
      } while (small !== 0);
      // FNV-1a leaves its low bits poorly mixed. No slot is beyond the mask, and no number beyond the words.
      for (let slot = (hash ^ (hash >>> 15)) & mask;; slot = (slot + 1) & mask) {
        const number = slots[slot]! - base;
        if (number <= 0) {
          slots[slot] = base + ++size;
          hashes[size] = hash;
          starts[size + 1] = end;
          numbers[at++] = name && names ? names[size] = name(hash, text, from, i) : size;
          break;
        }
        if (hashes[number] !== hash) continue;
        let a = starts[number]!;
        const last = starts[number + 1]!;
        if (last - a !== end - start) continue;
        let b = start;
        while (a < last && units[a] === units[b]) a++, b++;
        if (a === last) {
          numbers[at++] = names ? names[number]! : number;
          break;
        }
      }
    }
    this.#size = size;
    this.lineEnds = lineEnds ?? NO_LINES;
    return at;
  }
}
