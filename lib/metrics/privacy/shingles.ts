/** Letters as sets of short runs of words. @module */

import { PairNumbers } from "./pair_numbers.ts";
import { WordReader } from "./word_reader.ts";

/**
 * Gives the set of runs of `size` words of each letter, as ascending numbers that are the same in all letters it reads; a
 * letter of fewer words is one run. Exact: two runs have one number only if their words are the same.
 *
 * @throws {Error} when `size` is no positive whole number
 *
 * @example
 * ```ts
 * import { Shingler } from "./shingles.ts";
 * import { deepEqual } from "node:assert/strict";
 * const shingler = new Shingler(2);
 * deepEqual(["no pain, no pain", "No pain. Well"].map((text) => [...shingler.of(text)]), [[0, 1], [0, 2]]);
 * ```
 */
export class Shingler {
  readonly #reader = new WordReader();
  /** The number of a run that is one word longer, by that of the run and the word. */
  readonly #longer = new PairNumbers();

  constructor(readonly size: number) {
    checkRunSize(size);
  }

  of(text: string): Int32Array {
    return runSet(wordNumbers(this.#reader, text), this.size, this.#longer);
  }
}

/** Throws where no run can have so many words. */
export function checkRunSize(size: number): void {
  if (Number.isInteger(size) && size > 0) return;
  throw new Error(`a run of ${size} words is none. Give a positive whole number.`);
}

/**
 * The numbers of a text's words, in order.
 *
 * @example
 * ```ts
 * import { wordNumbers } from "./shingles.ts";
 * import { WordReader } from "./word_reader.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...wordNumbers(new WordReader(), "no pain, no")], [0, 1, 0]);
 * ```
 */
export function wordNumbers(reader: WordReader, text: string): Int32Array {
  const words: number[] = [];
  reader.read(text, (number) => words.push(number));
  return Int32Array.from(words);
}

/**
 * The set of runs of `size` words, ascending, numbered by `numbers`; of fewer words one run of them all, of none no run.
 *
 * @example
 * ```ts
 * import { PairNumbers } from "./pair_numbers.ts";
 * import { runSet } from "./shingles.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...runSet(Int32Array.of(7, 8, 7, 8), 2, new PairNumbers())], [0, 1]);
 * ```
 */
export function runSet(words: Int32Array, size: number, numbers: PairNumbers): Int32Array {
  if (words.length === 0) return new Int32Array();
  const length = Math.min(size, words.length);
  const runs = Int32Array.from({ length: words.length - length + 1 }, (_, from) => {
    let run = -1 - words[from]!; // from < words; a run of one word is negative, and so no run of more
    for (let i = from + 1; i < from + length; i++) run = numbers.of(run, words[i]!); // within the words
    return run;
  }).sort();
  return runs.filter((run, i) => run !== runs[i - 1]);
}

/**
 * The Jaccard similarity of two sets of ascending numbers: what they share, of all they hold; 1 of two empty ones.
 *
 * @example
 * ```ts
 * import { jaccard } from "./shingles.ts";
 * import { equal } from "node:assert/strict";
 * equal(jaccard(Int32Array.of(1, 2, 3), Int32Array.of(2, 3, 4)), 0.5);
 * ```
 */
export function jaccard(left: Int32Array, right: Int32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const [a, b] = [left[i]!, right[j]!]; // below their lengths
    if (a === b) shared++;
    if (a <= b) i++;
    if (b <= a) j++;
  }
  const all = left.length + right.length - shared;
  return all > 0 ? shared / all : 1;
}
