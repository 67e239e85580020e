/** Merging the most frequent pairs of neighbouring symbols, the step that both BPE and WordPiece training repeat. @module */

import { Heap } from "../heap.ts";

/** A word as symbol ids, with how often the texts have it. `symbols` is merged in place. */
export interface CountedWord {
  readonly symbols: number[];
  readonly count: number;
}

/** Two neighbouring symbols, with the words where they were seen when the entry was made. */
interface Candidate {
  readonly pair: number;
  count: number;
  readonly words: Iterable<number>;
}

const SYMBOLS = 2 ** 26; // ids are below this, and a pair is left * SYMBOLS + right: within 2 ** 53

/**
 * Merges the most frequent pair everywhere, again and again, keeping the counts of all pairs up to date (Sennrich et al. 2016;
 * the bookkeeping and the order are those of Hugging Face's `BpeTrainer`: of equally frequent pairs, the one with the smaller left
 * id, then the smaller right id).
 *
 * @param merge asked for the id of the merged symbol; `undefined` ends the training
 * @param minFrequency pairs seen less often are not merged
 *
 * @example
 * ```ts
 * import { mergePairs } from "./merge_pairs.ts";
 * import { deepEqual } from "node:assert/strict";
 * const words = [{ symbols: [1, 2, 3], count: 2 }, { symbols: [1, 2], count: 1 }];
 * let next = 10;
 * mergePairs(words, 2, () => next++);
 * deepEqual(words.map((word) => word.symbols), [[11], [10]]);
 * ```
 */
export function mergePairs(
  words: readonly CountedWord[],
  minFrequency: number,
  merge: (left: number, right: number) => number | undefined,
): void {
  const counts = new Map<number, number>();
  const queue = new Heap<Candidate>((a, b) => a.count > b.count || (a.count === b.count && a.pair < b.pair));
  let touched = new Map<number, Set<number>>();
  const add = (left: number, right: number, word: number, times: number) => {
    const pair = left * SYMBOLS + right;
    counts.set(pair, (counts.get(pair) ?? 0) + times);
    if (times > 0) {
      const seen = touched.get(pair);
      if (seen) seen.add(word);
      else touched.set(pair, new Set([word]));
    }
  };
  const enqueue = () => {
    for (const [pair, words] of touched) {
      const count = counts.get(pair) ?? 0;
      if (count > 0) queue.push({ pair, count, words });
    }
    touched = new Map();
  };

  for (const [w, { symbols, count }] of words.entries()) {
    for (let i = 1; i < symbols.length; i++) add(symbols[i - 1] ?? 0, symbols[i] ?? 0, w, count);
  }
  enqueue();

  while (true) {
    const top = queue.pop();
    if (top === undefined) return;
    const current = counts.get(top.pair) ?? 0;
    if (top.count !== current) { // merges of its neighbours have changed it since
      top.count = current;
      queue.push(top);
      continue;
    }
    if (top.count < Math.max(1, minFrequency)) return;
    const [left, right] = [Math.floor(top.pair / SYMBOLS), top.pair % SYMBOLS];
    const merged = merge(left, right);
    if (merged === undefined) return;
    for (const w of top.words) {
      const word = words[w];
      if (word) mergeInWord(word, left, right, merged, (a, b, times) => add(a, b, w, times));
    }
    enqueue();
  }
}

function mergeInWord(
  { symbols, count }: CountedWord,
  left: number,
  right: number,
  merged: number,
  add: (left: number, right: number, times: number) => void,
): void {
  for (let i = 0; i + 1 < symbols.length; i++) {
    if (symbols[i] !== left || symbols[i + 1] !== right) continue;
    symbols.splice(i, 2, merged);
    const [before, after] = [symbols[i - 1], symbols[i + 1]];
    if (before !== undefined) {
      add(before, left, -count);
      add(before, merged, count);
    }
    if (after !== undefined) {
      add(right, after, -count);
      add(merged, after, count);
    }
  }
}
