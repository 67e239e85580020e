/** The merges of byte-pair encoding. @module */

import { Heap } from "../heap.ts";
import { PairTable } from "./pair_table.ts";

/** Symbols of one word, with the range that each stands for. */
export interface Symbols {
  readonly ids: number[];
  readonly starts: number[];
  readonly ends: number[];
}

/** Longer words are merged with a heap: looking for the best pair each time would take time as the square of the length. */
const HEAP_FROM = 96;

/**
 * Which pairs of symbols merge, the earlier ones first, and what they become (Sennrich et al. 2016).
 *
 * @example
 * ```ts
 * import { Merges } from "./merges.ts";
 * import { deepEqual } from "node:assert/strict";
 * const merges = new Merges([[0, 1, 3], [3, 2, 4]]); // a b → ab, ab c → abc
 * const word = { ids: [0, 1, 2, 0], starts: [0, 1, 2, 3], ends: [1, 2, 3, 4] };
 * merges.apply(word);
 * deepEqual(word, { ids: [4, 0], starts: [0, 3], ends: [3, 4] });
 * ```
 */
export class Merges {
  readonly #ranks: PairTable;
  readonly #merged: Int32Array;

  /** @param merges left, right and merged symbol of each, in the order of their ranks; of a pair named twice the later rank counts */
  constructor(merges: readonly (readonly [left: number, right: number, merged: number])[]) {
    this.#ranks = new PairTable(merges.length);
    this.#merged = Int32Array.from(merges, ([, , merged]) => merged);
    for (const [rank, [left, right]] of merges.entries()) this.#ranks.set(left, right, rank);
  }

  /** Merges in place, the best pair first and of equal ones the leftmost, until none is left. */
  apply(symbols: Symbols): void {
    if (symbols.ids.length >= HEAP_FROM) this.#applyWithHeap(symbols);
    else if (symbols.ids.length > 1) this.#applyByScan(symbols);
  }

  #applyByScan({ ids, starts, ends }: Symbols): void {
    const ranks: number[] = [];
    for (let i = 0; i + 1 < ids.length; i++) ranks.push(this.#rank(ids, i));
    while (true) {
      let best = -1;
      let rank = Infinity;
      for (let i = 0; i < ranks.length; i++) {
        const other = ranks[i] ?? Infinity;
        if (other < rank) {
          rank = other;
          best = i;
        }
      }
      if (best < 0) return;
      ids[best] = this.#merged[rank] ?? 0;
      ends[best] = ends[best + 1] ?? 0;
      ids.splice(best + 1, 1);
      starts.splice(best + 1, 1);
      ends.splice(best + 1, 1);
      ranks.splice(best, 1);
      if (best > 0) ranks[best - 1] = this.#rank(ids, best - 1);
      if (best < ranks.length) ranks[best] = this.#rank(ids, best);
    }
  }

  #applyWithHeap({ ids, starts, ends }: Symbols): void {
    const count = ids.length;
    const next = Int32Array.from(ids, (_, i) => i + 1);
    const previous = Int32Array.from(ids, (_, i) => i - 1);
    const gone = new Uint8Array(count);
    interface Candidate {
      readonly rank: number;
      readonly at: number;
      readonly left: number;
      readonly right: number;
    }
    const queue = new Heap<Candidate>((a, b) => a.rank < b.rank || (a.rank === b.rank && a.at < b.at));
    const enqueue = (at: number) => {
      const after = next[at] ?? count;
      if (at < 0 || after >= count) return;
      const [left, right] = [ids[at] ?? 0, ids[after] ?? 0];
      const rank = this.#ranks.get(left, right);
      if (rank >= 0) queue.push({ rank, at, left, right });
    };
    for (let i = 0; i < count; i++) enqueue(i);
    for (let top; (top = queue.pop());) {
      const { at, left, right, rank } = top;
      const after = next[at] ?? count;
      if (gone[at] || ids[at] !== left || after >= count || ids[after] !== right) continue;
      ids[at] = this.#merged[rank] ?? 0;
      ends[at] = ends[after] ?? 0;
      gone[after] = 1;
      const beyond = next[after] ?? count;
      next[at] = beyond;
      if (beyond < count) previous[beyond] = at;
      enqueue(previous[at] ?? -1);
      enqueue(at);
    }
    let kept = 0;
    for (let i = 0; i < count; i++) {
      if (gone[i]) continue;
      ids[kept] = ids[i] ?? 0;
      starts[kept] = starts[i] ?? 0;
      ends[kept++] = ends[i] ?? 0;
    }
    ids.length = starts.length = ends.length = kept;
  }

  #rank(ids: readonly number[], at: number): number {
    const rank = this.#ranks.get(ids[at] ?? 0, ids[at + 1] ?? 0);
    return rank < 0 ? Infinity : rank;
  }
}
