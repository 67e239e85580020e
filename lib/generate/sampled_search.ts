/** Search by chance: every piece is drawn. @module */

import { type Random, random } from "../random.ts";
import type { SearchOptions } from "./beam.ts";
import { OneTextSearch } from "./one_text_search.ts";
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
export class SampledSearch extends OneTextSearch {
  readonly #sampling: Sampling;
  readonly #stream: Random;

  constructor(
    start: readonly number[],
    options: SearchOptions & { readonly sampling: Sampling },
    name: string,
  ) {
    super(start, options);
    checkSampling(options.sampling);
    this.#sampling = options.sampling;
    this.#stream = random(`${options.sampling.seed}/${name}`);
  }

  protected override choose(row: Float32Array, banned: ReadonlySet<number>): number {
    const { temperature = 1 } = this.#sampling;
    let greatest = -Infinity;
    for (const x of row) if (x > greatest) greatest = x;
    const weights = row.map((x) => Math.exp((x - greatest) / temperature));
    for (const piece of banned) weights[piece] = 0;
    return draw(weights, this.#sampling, this.#stream);
  }
}
