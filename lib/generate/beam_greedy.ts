/** Greedy search: the likeliest piece at every step. @module */

import type { Found, Search, SearchOptions } from "./beam.ts";
import { repeating } from "./beam_no_repeat.ts";

/**
 * A greedy search for one text.
 *
 * @param start what the decoder begins with
 *
 * @example
 * ```ts
 * import { GreedySearch } from "./beam_greedy.ts";
 * import { deepEqual } from "node:assert/strict";
 * const search = new GreedySearch([0], { end: 0, maxPieces: 3 });
 * search.advance(() => Float32Array.of(-3, -1, -2));
 * search.advance(() => Float32Array.of(-1, -2, -3));
 * deepEqual(search.found, [{ pieces: [1], score: -2, logProbabilities: [-1] }]);
 * ```
 */
export class GreedySearch implements Search {
  readonly #options: Required<SearchOptions>;
  readonly #start: number;
  readonly #pieces: number[];
  readonly #logProbabilities: number[] = [];
  #done = false;

  constructor(start: readonly number[], options: SearchOptions) {
    if (!Number.isInteger(options.maxPieces) || options.maxPieces < 1) {
      throw new Error(`maxPieces ${options.maxPieces}: choose a whole number of 1 or more.`);
    }
    this.#options = { noRepeat: 0, ...options };
    this.#start = start.length;
    this.#pieces = [...start];
  }

  get last(): readonly number[] {
    return [this.#pieces.at(-1) ?? -1];
  }

  get done(): boolean {
    return this.#done;
  }

  get found(): readonly Found[] {
    const written = this.#pieces.slice(this.#start);
    const pieces = written.at(-1) === this.#options.end ? written.slice(0, -1) : written;
    const score = this.#logProbabilities.reduce((sum, x) => sum + x, 0);
    return [{ pieces, score, logProbabilities: this.#logProbabilities.slice(0, pieces.length) }];
  }

  advance(logProbabilities: (running: number) => Float32Array): readonly number[] {
    const { end, maxPieces, noRepeat } = this.#options;
    const row = logProbabilities(0);
    const banned = repeating(this.#pieces, noRepeat);
    let best = -1;
    for (let piece = 0; piece < row.length; piece++) {
      if (!banned.has(piece) && (best < 0 || (row[piece] ?? 0) > (row[best] ?? 0))) best = piece;
    }
    if (best < 0) throw new Error(`all ${row.length} pieces would repeat an n-gram. Raise noRepeat.`);
    this.#pieces.push(best);
    this.#logProbabilities.push(row[best] ?? 0);
    this.#done = best === end || this.#pieces.length - this.#start === maxPieces;
    return [0];
  }
}
