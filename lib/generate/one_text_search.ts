/** Search that follows one text alone. @module */

import { checkWhole } from "../check_whole.ts";
import type { Found, Search, SearchOptions } from "./beam.ts";
import { repeating } from "./beam_no_repeat.ts";

/**
 * A text that grows by a piece a step; which, its kinds say.
 *
 * @example See {@linkcode GreedySearch} and {@linkcode SampledSearch}.
 */
export abstract class OneTextSearch implements Search {
  readonly #options: Required<SearchOptions>;
  readonly #start: number;
  readonly #pieces: number[];
  readonly #logProbabilities: number[] = [];
  #done = false;

  /** @param start what the decoder begins with */
  constructor(start: readonly number[], options: SearchOptions) {
    checkWhole("maxPieces", options.maxPieces);
    this.#options = { noRepeat: 0, ...options };
    this.#start = start.length;
    this.#pieces = [...start];
  }

  /** The next piece, given the log-probability of each, and those that would repeat an n-gram. */
  protected abstract choose(logProbabilities: Float32Array, banned: ReadonlySet<number>): number;

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
    const piece = this.choose(row, repeating(this.#pieces, noRepeat));
    this.#pieces.push(piece);
    this.#logProbabilities.push(row[piece] ?? -Infinity);
    this.#done = piece === end || this.#pieces.length - this.#start === maxPieces;
    return [0];
  }
}
