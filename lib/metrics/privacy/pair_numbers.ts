/** Numbers for pairs of integers, millions of them. @module */

/**
 * Gives every distinct pair of 32-bit integers a number, 0, 1, 2… in the order of first sight. A `Map` would take ten times as long, and
 * holds no more than 2^24 of them.
 *
 * @example
 * ```ts
 * import { PairNumbers } from "./pair_numbers.ts";
 * import { deepEqual } from "node:assert/strict";
 * const pairs = new PairNumbers();
 * deepEqual([pairs.of(5, -3), pairs.of(-3, 5), pairs.of(5, -3)], [0, 1, 0]);
 * ```
 */
export class PairNumbers {
  /** Open addressing: a pair's number + 1 at its hash or the next free place; 0 is free. */
  #slots = new Int32Array(1024);
  #left = new Int32Array(512);
  #right = new Int32Array(512);
  #size = 0;

  of(left: number, right: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash(left, right) & mask;; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1; // slot ≤ mask
      if (number >= 0) {
        if (this.#left[number] === left && this.#right[number] === right) return number;
        continue;
      }
      this.#left[this.#size] = left;
      this.#right[this.#size] = right;
      this.#slots[slot] = ++this.#size;
      if (this.#size === this.#left.length) this.#grow();
      return this.#size - 1;
    }
  }

  #grow(): void {
    const longer = (numbers: Int32Array) => {
      const more = new Int32Array(2 * numbers.length);
      more.set(numbers);
      return more;
    };
    [this.#left, this.#right] = [longer(this.#left), longer(this.#right)];
    this.#slots = new Int32Array(2 * this.#slots.length);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      let slot = hash(this.#left[number]!, this.#right[number]!) & mask; // number < size
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

function hash(left: number, right: number): number {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
