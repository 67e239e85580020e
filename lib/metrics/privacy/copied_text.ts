/** Which words of one corpus stand in another, run by run. @module */

import { sharedPrefixes, suffixArray } from "./suffix_array.ts";
import { WordReader } from "./word_reader.ts";

/** More than any two suffixes share. */
const ALL = 0x7fffffff;

/**
 * For every word of two corpora, how many words from there on stand, one after another, in a letter of the other corpus:
 * exact, by the suffix array of both. Words are those of {@linkcode WordReader}; no run leaves its letter.
 *
 * @example
 * ```ts
 * import { CopiedText } from "./copied_text.ts";
 * import { deepEqual } from "node:assert/strict";
 * const copied = new CopiedText(["no chest pain today"], ["Chest pain: no."]);
 * deepEqual([...copied.synthetic.lengths], [2, 1, 1, 0]);
 * ```
 */
export class CopiedText {
  readonly train: Side;
  readonly synthetic: Side;
  /** The words of both corpora, train first, each letter with its end. */
  readonly symbols: Int32Array;
  /** Where the suffixes of `symbols` start, in order. */
  readonly order: Int32Array;
  /** What each suffix shares with the one before it, by where it starts. */
  readonly shared: Int32Array;
  /** Where a longest run from each place stands in the other corpus; -1 where there is none. */
  readonly sources: Int32Array;

  constructor(train: readonly string[], synthetic: readonly string[]) {
    const letters = train.length + synthetic.length;
    const { symbols, ends, greatest } = symbolsOf([train, synthetic]);
    this.symbols = symbols;
    this.order = suffixArray(symbols, greatest);
    this.shared = sharedPrefixes(symbols, this.order);
    const border = train.length === 0 ? 0 : ends[train.length - 1]! + 1; // ends are one a letter
    const lengths = new Int32Array(symbols.length);
    this.sources = new Int32Array(symbols.length).fill(-1);
    this.#match(lengths, border);
    const side = (from: number, to: number, firstLetter: number, lastLetter: number): Side => ({
      lengths: lengths.subarray(from, to),
      ends: ends.subarray(firstLetter, lastLetter),
      from,
      to,
    });
    this.train = side(0, border, 0, train.length);
    this.synthetic = side(border, symbols.length, train.length, letters);
  }

  /** A run's length is what it shares with the nearest suffix of the other corpus, before it in the order or behind it. */
  #match(lengths: Int32Array, border: number): void {
    const { order, shared, sources } = this;
    const n = order.length;
    for (const step of [1, -1]) {
      let [trainAt, trainShares, otherAt, otherShares] = [-1, 0, -1, 0];
      for (let k = step > 0 ? 0 : n - 1; k >= 0 && k < n; k += step) {
        const at = order[k]!; // 0 ≤ k < n
        if (step > 0) {
          const common = shared[at]!; // at < n
          if (common < trainShares) trainShares = common;
          if (common < otherShares) otherShares = common;
        }
        const isTrain = at < border;
        const [source, length] = isTrain ? [otherAt, otherShares] : [trainAt, trainShares];
        if (source >= 0 && length > lengths[at]!) {
          lengths[at] = length;
          sources[at] = source;
        }
        if (isTrain) [trainAt, trainShares] = [at, ALL];
        else [otherAt, otherShares] = [at, ALL];
        if (step < 0) {
          const common = shared[at]!; // with the suffix that comes next
          if (common < trainShares) trainShares = common;
          if (common < otherShares) otherShares = common;
        }
      }
    }
  }
}

/** One of the two corpora. */
export interface Side {
  /** By word (the end of a letter counts as one, of length 0): how long the run is that begins there. */
  readonly lengths: Int32Array;
  /** Where each letter ends in `symbols`. */
  readonly ends: Int32Array;
  /** The side's stretch of `symbols`, `[from, to)`. */
  readonly from: number;
  readonly to: number;
}

function symbolsOf(sides: readonly (readonly string[])[]) {
  const letters = sides.reduce((sum, side) => sum + side.length, 0);
  const reader = new WordReader();
  const ends = new Int32Array(letters);
  let symbols = new Int32Array(1024);
  let [size, letter] = [0, 0];
  const push = (symbol: number) => {
    if (size === symbols.length) {
      const more = new Int32Array(2 * size);
      more.set(symbols);
      symbols = more;
    }
    symbols[size++] = symbol;
  };
  // Every letter's end is a symbol of its own, so that no run goes over it; words come after.
  const firstWord = letters;
  const visit = (number: number) => push(firstWord + number);
  for (const texts of sides) {
    for (const text of texts) {
      reader.read(text, visit);
      ends[letter] = size;
      push(letter);
      letter++;
    }
  }
  return { symbols: symbols.slice(0, size), ends, greatest: firstWord + reader.size };
}
