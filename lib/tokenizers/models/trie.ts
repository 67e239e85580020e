/** Strings by their beginnings. @module */

import { PairTable } from "./pair_table.ts";

/**
 * A trie over UTF-16 units, to find all pieces that a text goes on with: node 0 is the empty string.
 *
 * @example
 * ```ts
 * import { Trie } from "./trie.ts";
 * import { deepEqual } from "node:assert/strict";
 * const trie = new Trie(["a", "ab"]);
 * const a = trie.next(0, "a".charCodeAt(0));
 * deepEqual([trie.pieceAt(a), trie.pieceAt(trie.next(a, "b".charCodeAt(0))), trie.next(a, 0)], [0, 1, -1]);
 * ```
 */
export class Trie {
  readonly #next: PairTable;
  readonly #pieceAt: Int32Array;

  /** @param pieces their numbers are their places; of equal ones the last counts */
  constructor(pieces: readonly string[]) {
    const units = pieces.reduce((sum, piece) => sum + piece.length, 0);
    this.#next = new PairTable(units);
    this.#pieceAt = new Int32Array(units + 1).fill(-1);
    let nodes = 1;
    for (const [id, piece] of pieces.entries()) {
      let node = 0;
      for (let i = 0; i < piece.length; i++) {
        let next = this.#next.get(node, piece.charCodeAt(i));
        if (next < 0) this.#next.set(node, piece.charCodeAt(i), next = nodes++);
        node = next;
      }
      this.#pieceAt[node] = id;
    }
  }

  /** The node after a node by a unit, −1 where no piece goes on so. */
  next(node: number, unit: number): number {
    return this.#next.get(node, unit);
  }

  /** The piece that ends at a node, −1 where none does. */
  pieceAt(node: number): number {
    return this.#pieceAt[node] ?? -1;
  }
}
