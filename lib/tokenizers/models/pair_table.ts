/** A table of pairs. @module */

/**
 * Numbers for pairs of ids, in open addressing: a look-up touches two cells on average, where a `Map` would hash a string or a
 * float.
 *
 * @example
 * ```ts
 * import { PairTable } from "./pair_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const table = new PairTable(2);
 * table.set(7, 9, 0);
 * deepEqual([table.get(7, 9), table.get(9, 7)], [0, -1]);
 * ```
 */
export class PairTable {
  readonly #lefts: Int32Array;
  readonly #rights: Int32Array;
  readonly #values: Int32Array;
  readonly #mask: number;

  /** @param capacity the most pairs that will be set */
  constructor(capacity: number) {
    const size = 2 ** Math.ceil(Math.log2(2 * Math.max(2, capacity)));
    this.#mask = size - 1;
    this.#lefts = new Int32Array(size);
    this.#rights = new Int32Array(size);
    this.#values = new Int32Array(size).fill(-1);
  }

  /** @param value 0 or more */
  set(left: number, right: number, value: number): void {
    const at = this.#find(left, right);
    this.#lefts[at] = left;
    this.#rights[at] = right;
    this.#values[at] = value;
  }

  /** The pair's number, −1 where it has none. */
  get(left: number, right: number): number {
    return this.#values[this.#find(left, right)] ?? -1;
  }

  #find(left: number, right: number): number {
    let hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    hash ^= hash >>> 15;
    let at = hash & this.#mask;
    while (this.#values[at] !== -1 && (this.#lefts[at] !== left || this.#rights[at] !== right)) {
      at = (at + 1) & this.#mask;
    }
    return at;
  }
}
