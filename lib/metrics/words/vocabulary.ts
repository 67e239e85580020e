/** Words as numbers, so that comparing texts is comparing integers. @module */

/** FNV-1a's start; a word's hash is `extendHash` over its UTF-16 code units from here. */
export const HASH_START = 0x811c9dc5;

/**
 * The hash of a word that is longer by one code unit.
 *
 * @example
 * ```ts
 * import { extendHash, HASH_START, Vocabulary } from "./vocabulary.ts";
 * import { equal } from "node:assert/strict";
 * const hash = extendHash(extendHash(HASH_START, 0x6e), 0x6f); // "no"
 * const vocabulary = new Vocabulary();
 * equal(vocabulary.folded(hash, "No pain", 0, 2), vocabulary.exact("no"));
 * ```
 */
export function extendHash(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** By ASCII character, a small letter for a capital. */
const SMALL = Uint8Array.from(
  { length: 128 },
  (_, unit) => String.fromCharCode(unit).toLowerCase().charCodeAt(0),
);

/**
 * Gives every distinct word a number, 0, 1, 2… in the order of first sight. A word is taken straight out of a text, by its
 * offsets in UTF-16 code units, and no string is made of it.
 *
 * @example
 * ```ts
 * import { Vocabulary } from "./vocabulary.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * const vocabulary = new Vocabulary();
 * const text = "no pain no gain";
 * deepEqual([[0, 2], [3, 7], [8, 10]].map(([start, end]) => vocabulary.exact(text, start, end)), [0, 1, 0]);
 * equal(vocabulary.word(1), "pain");
 * ```
 */
export class Vocabulary {
  /** Open addressing: a word's number + 1 at its hash or the next free place; 0 is free. */
  #slots = new Int32Array(256);
  #hashes = new Int32Array(128);
  /** Where each word ends in `#units`; it starts where the one before ends. */
  #ends = new Int32Array(128);
  #units = new Uint16Array(1024);
  #size = 0;

  /** How many words there are. */
  get size(): number {
    return this.#size;
  }

  /** The number of the word `text[start, end)`, as it is written. */
  exact(text: string, start = 0, end: number = text.length): number {
    let hash = HASH_START;
    for (let i = start; i < end; i++) hash = extendHash(hash, text.charCodeAt(i));
    const mask = this.#slots.length - 1;
    let slot = mixed(hash) & mask;
    for (;; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1; // slot ≤ mask
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.#is(number, text, start, end)) return number;
    }
    const units = this.#room(end - start);
    for (let i = start, at = this.#start(this.#size); i < end; i++) units[at++] = text.charCodeAt(i);
    return this.#added(hash, slot, end - start);
  }

  /**
   * The number of a word of ASCII characters, its capitals as small letters.
   *
   * @param hash that of the word in small letters
   */
  folded(hash: number, text: string, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let slot = mixed(hash) & mask;
    for (;; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1; // slot ≤ mask
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.#isFolded(number, text, start, end)) return number;
    }
    const units = this.#room(end - start);
    for (let i = start, at = this.#start(this.#size); i < end; i++) units[at++] = SMALL[text.charCodeAt(i)]!; // ASCII
    return this.#added(hash, slot, end - start);
  }

  /**
   * The word of a number.
   *
   * @throws {Error} for a number that no word has
   */
  word(number: number): string {
    if (number < 0 || number >= this.#size) {
      throw new Error(`no word has the number ${number}: there are ${this.#size}. Give one from 0 up.`);
    }
    const units = this.#units.subarray(this.#start(number), this.#ends[number]);
    let word = "";
    // A letter may be one word of a million characters, and a call takes only so many arguments.
    for (let i = 0; i < units.length; i += 4096) word += String.fromCharCode(...units.subarray(i, i + 4096));
    return word;
  }

  #start(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1]!; // number ≤ #size
  }

  #is(number: number, text: string, start: number, end: number): boolean {
    const [units, shift] = [this.#units, this.#start(number) - start];
    if (this.#ends[number]! - shift !== end) return false; // number < #size
    for (let i = start; i < end; i++) if (units[i + shift] !== text.charCodeAt(i)) return false;
    return true;
  }

  #isFolded(number: number, text: string, start: number, end: number): boolean {
    const [units, shift] = [this.#units, this.#start(number) - start];
    if (this.#ends[number]! - shift !== end) return false; // number < #size
    for (let i = start; i < end; i++) if (units[i + shift] !== SMALL[text.charCodeAt(i)]) return false;
    return true;
  }

  /** The code units of all words, with room for so many more. */
  #room(length: number): Uint16Array {
    const end = this.#start(this.#size) + length;
    if (end > this.#units.length) {
      const more = new Uint16Array(2 * end);
      more.set(this.#units);
      this.#units = more;
    }
    return this.#units;
  }

  #added(hash: number, slot: number, length: number): number {
    const number = this.#size;
    this.#ends[number] = this.#start(number) + length;
    this.#size++;
    this.#slots[slot] = number + 1;
    this.#hashes[number] = hash;
    if (this.#size === this.#hashes.length) this.#grow();
    return number;
  }

  #grow(): void {
    const capacity = 2 * this.#hashes.length;
    const [hashes, ends] = [new Int32Array(capacity), new Int32Array(capacity)];
    hashes.set(this.#hashes);
    ends.set(this.#ends);
    [this.#hashes, this.#ends] = [hashes, ends];
    this.#slots = new Int32Array(2 * capacity);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      let slot = mixed(hashes[number]!) & mask; // number < #size
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

/** FNV-1a leaves its low bits poorly mixed. */
function mixed(hash: number): number {
  return hash ^ (hash >>> 15);
}
