/** The hits of ROUGE-1 and ROUGE-2. @module */

import { NgramMatcher } from "../words/ngram_matches.ts";
import type { Stretch } from "../words/stretch.ts";
import type { NumberedPairs } from "./rouge_reader.ts";

/** In texts of more words than this, looking for a pair of words at all places of the first would take long. */
const SHORT = 2048;

/**
 * For every reference of every pair in order, two numbers: how many words it shares with the candidate, and how many pairs
 * of neighbouring words, each counted as often as it stands in both.
 *
 * @example
 * ```ts
 * import { RougeReader } from "./rouge_reader.ts";
 * import { sharedNgrams } from "./shared_ngrams.ts";
 * import { deepEqual } from "node:assert/strict";
 * const read = new RougeReader().read([{ candidate: "no pain at all", reference: ["no pain", "pain at all times"] }]);
 * deepEqual([...sharedNgrams(read)], [2, 1, 3, 2]);
 * ```
 */
export function sharedNgrams({ words, pairs }: NumberedPairs): Int32Array {
  const hits = new Int32Array(2 * pairs.reduce((count, { references }) => count + references.length, 0));
  let at = 0;
  for (const { candidate, references, distinct } of pairs) {
    for (const reference of references) {
      const longer = Math.max(candidate.end - candidate.start, reference.end - reference.start);
      // Several references together may have more words than the tables have room for.
      if (longer <= SHORT && distinct <= 2 * SHORT) {
        places.count(words, candidate, reference, distinct, hits, at);
      } else hits.set(matcher.matches(words, candidate, [reference], 2, distinct), at);
      at += 2;
    }
  }
  return hits;
}

const matcher = new NgramMatcher();

/** Where words stand in a short reference. */
class Places {
  /** By word, 1 + its first place that no pair of words has taken; 0 for none. By place, the same for the next one. */
  readonly #first = new Int32Array(2 * SHORT + 1);
  readonly #next = new Int32Array(SHORT);
  /** By word, how often it is left. */
  readonly #left = new Int32Array(2 * SHORT + 1);

  /** Writes the words and the pairs that both texts have into `hits` at `at`. */
  count(
    words: Int32Array,
    candidate: Stretch,
    reference: Stretch,
    distinct: number,
    hits: Int32Array,
    at: number,
  ): void {
    const [first, next, left] = [this.#first, this.#next, this.#left];
    // Words are at most `distinct`, and so at most 2 · SHORT, and places below SHORT.
    for (let word = 0; word <= distinct; word++) first[word] = left[word] = 0;
    const { start, end } = reference;
    for (let j = end - 1; j >= start; j--) {
      const word = words[j]!;
      next[j - start] = first[word]!;
      first[word] = j - start + 1;
      left[word] = left[word]! + 1;
    }
    let shared = 0;
    let pairs = 0;
    for (let i = candidate.start; i < candidate.end; i++) {
      const word = words[i]!;
      if (left[word]! > 0) {
        left[word] = left[word]! - 1;
        shared++;
      }
      if (i + 1 === candidate.end) break;
      let before = 0;
      for (let place = first[word]!; place > 0; before = place, place = next[place - 1]!) {
        if (start + place === end || words[start + place] !== words[i + 1]) continue;
        if (before === 0) first[word] = next[place - 1]!;
        else next[before - 1] = next[place - 1]!;
        pairs++;
        break;
      }
    }
    hits[at] = shared;
    hits[at + 1] = pairs;
  }
}

const places = new Places();
