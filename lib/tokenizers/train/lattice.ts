/** All ways to cut words into pieces, weighed. @module */

import { Trie } from "../models/trie.ts";

/** What an unknown character costs beside the rarest piece. */
const UNKNOWN_PENALTY = 10;

/**
 * A unigram language model under training: pieces with log probabilities, and the sums and best paths over the ways to cut a word (Kudo
 * 2018, section 3). Piece 0 is the unknown character.
 *
 * @example
 * ```ts
 * import { Lattice } from "./lattice.ts";
 * import { deepEqual } from "node:assert/strict";
 * const lattice = new Lattice(["<unk>", "a", "b", "ab"], [NaN, -2, -2, -3]);
 * deepEqual(lattice.best("abc"), [3, 0]);
 * deepEqual(lattice.best("ab", 3), [1, 2]); // without piece 3
 * ```
 */
export class Lattice {
  readonly #scores: Float64Array;
  readonly #trie: Trie;
  readonly #unknownScore: number;
  /** Pieces that begin at each place of the word at hand, and where they end. */
  #count = 0;
  #nodeIds = new Int32Array(64);
  #nodeStarts = new Int32Array(64);
  #nodeEnds = new Int32Array(64);

  /** @param scores log probabilities; that of piece 0 is not used */
  constructor(pieces: readonly string[], scores: readonly number[]) {
    this.#scores = Float64Array.from(scores);
    this.#trie = new Trie(pieces);
    const least = scores.slice(1).reduce((least, score) => Math.min(least, score), Infinity);
    this.#unknownScore = least - UNKNOWN_PENALTY;
  }

  /** The score of a piece that cannot be improved on by one that there is not. */
  get leastScore(): number {
    return this.#unknownScore + UNKNOWN_PENALTY;
  }

  /** The ids of the likeliest pieces of a word; a piece can be left out. Empty where the word cannot be cut then. */
  best(word: string, without = -1): number[] {
    this.#fill(word, without);
    const best = new Float64Array(word.length + 1);
    const through = new Int32Array(word.length + 1).fill(-1);
    for (let i = 0; i < this.#count; i++) {
      const [start, end] = [this.#nodeStarts[i] ?? 0, this.#nodeEnds[i] ?? 0];
      if (start > 0 && through[start] === -1) continue;
      const score = (best[start] ?? 0) + this.#scoreOf(i);
      if (through[end] !== -1 && score <= (best[end] ?? 0)) continue;
      best[end] = score;
      through[end] = i;
    }
    const ids: number[] = [];
    for (let end = word.length; end > 0;) {
      const node = through[end] ?? -1;
      if (node < 0) return [];
      ids.push(this.#nodeIds[node] ?? 0);
      end = this.#nodeStarts[node] ?? 0;
    }
    return ids.reverse();
  }

  /** The log probability of pieces in a row. */
  scoreOf(ids: readonly number[]): number {
    return ids.reduce((sum, id) => sum + (id === 0 ? this.#unknownScore : this.#scores[id] ?? 0), 0);
  }

  /**
   * Adds to each piece how often it is expected in so many of a word, by the forward–backward algorithm.
   */
  expect(word: string, count: number, expected: Float64Array): void {
    this.#fill(word, -1);
    const length = word.length;
    const forward = new Float64Array(length + 1).fill(-Infinity);
    const backward = new Float64Array(length + 1).fill(-Infinity);
    forward[0] = backward[length] = 0;
    for (let i = 0; i < this.#count; i++) {
      const [start, end] = [this.#nodeStarts[i] ?? 0, this.#nodeEnds[i] ?? 0];
      forward[end] = logSum(forward[end] ?? 0, (forward[start] ?? 0) + this.#scoreOf(i));
    }
    for (let i = this.#count - 1; i >= 0; i--) {
      const [start, end] = [this.#nodeStarts[i] ?? 0, this.#nodeEnds[i] ?? 0];
      backward[start] = logSum(backward[start] ?? 0, (backward[end] ?? 0) + this.#scoreOf(i));
    }
    const whole = forward[length] ?? 0;
    for (let i = 0; i < this.#count; i++) {
      const [start, end] = [this.#nodeStarts[i] ?? 0, this.#nodeEnds[i] ?? 0];
      const share = Math.exp((forward[start] ?? 0) + this.#scoreOf(i) + (backward[end] ?? 0) - whole);
      const id = this.#nodeIds[i] ?? 0;
      expected[id] = (expected[id] ?? 0) + count * share;
    }
  }

  #scoreOf(node: number): number {
    const id = this.#nodeIds[node] ?? 0;
    return id === 0 ? this.#unknownScore : this.#scores[id] ?? 0;
  }

  /** Finds all pieces in a word, by where they begin and then by length. */
  #fill(word: string, without: number): void {
    this.#count = 0;
    for (let start = 0; start < word.length;) {
      const first = start + ((word.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
      let single = false;
      for (let [node, end] = [0, start]; end < word.length;) {
        node = this.#trie.next(node, word.charCodeAt(end++));
        if (node < 0) break;
        const id = this.#trie.pieceAt(node);
        if (id <= 0 || id === without) continue;
        this.#add(id, start, end);
        single ||= end === first;
      }
      if (!single) this.#add(0, start, first);
      start = first;
    }
  }

  #add(id: number, start: number, end: number): void {
    if (this.#count === this.#nodeIds.length) {
      const grown = (nodes: Int32Array<ArrayBuffer>) => {
        const larger = new Int32Array(2 * nodes.length);
        larger.set(nodes);
        return larger;
      };
      this.#nodeIds = grown(this.#nodeIds);
      this.#nodeStarts = grown(this.#nodeStarts);
      this.#nodeEnds = grown(this.#nodeEnds);
    }
    this.#nodeIds[this.#count] = id;
    this.#nodeStarts[this.#count] = start;
    this.#nodeEnds[this.#count++] = end;
  }
}

/** log(exp(a) + exp(b)) without overflow. */
function logSum(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
}
