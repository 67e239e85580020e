/** Small numbers for the words of one comparison. @module */

/**
 * Renumbers the words of a few texts 1, 2, 3… in the order of first sight, so that tables over them are as small as the
 * texts are. Nothing has to be emptied between one comparison and the next.
 *
 * @example
 * ```ts
 * import { Renumbering } from "./renumbering.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * const numbers = new Renumbering();
 * numbers.begin();
 * deepEqual([70_000, 12, 70_000].map((word) => numbers.of(word)), [1, 2, 1]);
 * numbers.begin();
 * equal(numbers.of(12), 1);
 * ```
 */
export class Renumbering {
  /** What a word was given, plus `#base`; less than that is from an earlier comparison. */
  #given = new Int32Array(1024);
  #base = 0;
  #size = 0;

  /** How many words the comparison has so far, which is the highest number given. */
  get size(): number {
    return this.#size;
  }

  /** Begins a comparison: nothing is numbered yet. */
  begin(): void {
    this.#base += this.#size;
    this.#size = 0;
    if (this.#base > 2 ** 30) {
      this.#given.fill(0);
      this.#base = 0;
    }
  }

  /** The small number of a word, a non-negative integer. */
  of(word: number): number {
    if (word >= this.#given.length) {
      const more = new Int32Array(2 * word);
      more.set(this.#given);
      this.#given = more;
    }
    const known = this.#given[word]! - this.#base; // word < length
    if (known > 0) return known;
    this.#given[word] = this.#base + ++this.#size;
    return this.#size;
  }
}
