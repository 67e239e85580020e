/** Search by chance: every piece is drawn. @module */

import { type Random, random } from "../random.ts";
import type { Found, Search, SearchOptions } from "./beam.ts";
import { repeating } from "./beam_no_repeat.ts";
import { checkSampling, draw, type Sampling } from "./sampling.ts";

/**
 * A text drawn piece by piece, as {@linkcode Sampling} says.
 *
 * @param start what the decoder begins with
 * @param name of the text's stream of chance: with the seed it decides what is drawn
 * @throws Error naming the option that is out of its range
 *
 * @example
 * ```ts
 * import { SampledSearch } from "./sampled_search.ts";
 * import { deepEqual } from "node:assert/strict";
 * const search = new SampledSearch([0], { end: 0, maxPieces: 2, sampling: { seed: 42, topK: 1 } }, "letter-7");
 * search.advance(() => Float32Array.of(-3, -1, -2));
 * search.advance(() => Float32Array.of(-1, -2, -3));
 * deepEqual(search.found, [{ pieces: [1], score: -2, logProbabilities: [-1] }]);
 * ```
 */
export class SampledSearch implements Search {
  readonly #options: Required<SearchOptions>;
  readonly #sampling: Sampling;
  readonly #stream: Random;
  readonly #start: number;
  readonly #pieces: number[];
  readonly #logProbabilities: number[] = [];
  #done = false;

  constructor(
    start: readonly number[],
    options: SearchOptions & { readonly sampling: Sampling },
    name: string,
  ) {
    if (!Number.isInteger(options.maxPieces) || options.maxPieces < 1) {
      throw new Error(`maxPieces ${options.maxPieces}: choose a whole number of 1 or more.`);
    }
    checkSampling(options.sampling);
    this.#options = { noRepeat: 0, ...options };
    this.#sampling = options.sampling;
    this.#stream = random(`${options.sampling.seed}/${name}`);
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
    const { temperature = 1 } = this.#sampling;
    const row = logProbabilities(0);
    let greatest = -Infinity;
    for (const x of row) if (x > greatest) greatest = x;
    const weights = row.map((x) => Math.exp((x - greatest) / temperature));
    for (const piece of repeating(this.#pieces, noRepeat)) weights[piece] = 0;
    const piece = draw(weights, this.#sampling, this.#stream);
    this.#pieces.push(piece);
    this.#logProbabilities.push(row[piece] ?? -Infinity);
    this.#done = piece === end || this.#pieces.length - this.#start === maxPieces;
    return [0];
  }
}
