/** Letters that are nearly the same. @module */

import { mixed } from "../../hash.ts";
import { random } from "../../random.ts";
import { checkIds } from "../spans/source.ts";
import type { Text } from "./longest_copied_run.ts";
import { PairNumbers } from "./pair_numbers.ts";
import { checkRunSize, jaccard, runSet, wordNumbers } from "./shingles.ts";
import { WordReader } from "./word_reader.ts";

/** What is near, and how it is looked for. */
export interface NearDuplicateOptions {
  /** The least Jaccard similarity of a pair, above 0; default 0.5. */
  readonly threshold?: number;
  /** Words of a run; default 5. */
  readonly words?: number;
  /** Hash functions; default 128. */
  readonly hashes?: number;
  /** Of the hash functions; default 42. */
  readonly seed?: number | string;
}

/** Two letters and how near they are. */
export interface NearPair {
  readonly a: string;
  readonly b: string;
  /** The exact Jaccard similarity of their sets of runs of words. */
  readonly jaccard: number;
}

/** The near-duplicates of two corpora, or within one. */
export interface NearDuplicates {
  /** `near-duplicates|jaccard>=0.5|words:5|minhash:128|bands:64|seed:42|v1` */
  readonly signature: string;
  /** The nearest pairs first, then by id. */
  readonly pairs: readonly NearPair[];
  /** The chance that a pair at the threshold is overlooked; nearer pairs are overlooked more rarely. */
  readonly missChance: number;
}

/** The rarest that a pair may be overlooked. */
const MISS_CHANCE = 1e-6;

/**
 * Pairs of a letter of one corpus and one of another whose sets of runs of words have at least the given Jaccard similarity;
 * without another corpus, pairs within the one. MinHash finds the candidates, in as many bands as it takes to overlook one in
 * a million at most at the threshold; the similarity of each is then computed exactly, so that no pair is reported wrongly.
 *
 * Sources: A. Z. Broder, "On the resemblance and containment of documents", SEQUENCES 1997; the banding of J. Leskovec, A.
 * Rajaraman, J. D. Ullman, "Mining of Massive Datasets", chapter 3.
 *
 * @throws {Error} for two letters of one id in a corpus, a threshold outside (0, 1], too few hashes to find pairs at it, or a
 * number of words or hashes that is no positive whole number
 *
 * @example
 * ```ts
 * import { nearDuplicates } from "./near_duplicates.ts";
 * import { deepEqual } from "node:assert/strict";
 * const train = [{ id: "t", text: "No chest pain and no fever today." }];
 * const synthetic = [{ id: "s", text: "no chest pain and no fever now" }, { id: "u", text: "He went home." }];
 * deepEqual(nearDuplicates(train, synthetic, { words: 2 }).pairs, [{ a: "t", b: "s", jaccard: 5 / 7 }]);
 * ```
 */
export function nearDuplicates(
  left: readonly Text[],
  right?: readonly Text[],
  options: NearDuplicateOptions = {},
): NearDuplicates {
  const { threshold = 0.5, words = 5, hashes = 128, seed = 42 } = options;
  if (!(threshold > 0 && threshold <= 1)) {
    throw new Error(`nearDuplicates: threshold is ${threshold}. Give a similarity above 0, up to 1.`);
  }
  if (!(Number.isInteger(hashes) && hashes > 0)) {
    throw new Error(`nearDuplicates: hashes is ${hashes}. Give a positive whole number.`);
  }
  checkRunSize(words);
  const rows = rowsFor(threshold, hashes);
  const bands = Math.floor(hashes / rows);
  for (const side of [left, right ?? []]) checkIds(side.map(({ id }) => id));
  const reader = new WordReader();
  const sketch = sketcher(words, hashes, rows, bands, seed);
  const sketched = ({ id, text }: Text): Sketched => {
    const numbers = wordNumbers(reader, text);
    return { id, words: numbers, keys: sketch(numbers) };
  };
  const known = left.map(sketched);
  const buckets = Array.from({ length: bands }, () => new Map<number, number[]>());
  const enter = (keys: Uint32Array, letter: number) =>
    keys.forEach((key, band) => {
      const bucket = buckets[band]?.get(key);
      if (bucket) bucket.push(letter);
      else buckets[band]?.set(key, [letter]);
    });
  const pairs: NearPair[] = [];
  const compare = (letter: Sketched) => {
    const candidates = new Set<number>();
    letter.keys.forEach((key, band) => buckets[band]?.get(key)?.forEach((other) => candidates.add(other)));
    if (candidates.size === 0) return;
    const numbers = new PairNumbers(); // of these letters alone: those of a corpus would take more room than the corpus
    const set = runSet(letter.words, words, numbers);
    for (const candidate of candidates) {
      const other = known[candidate]!; // what is in a bucket is known
      const similarity = jaccard(runSet(other.words, words, numbers), set);
      if (similarity >= threshold) pairs.push({ a: other.id, b: letter.id, jaccard: similarity });
    }
  };
  if (right === undefined) {
    known.forEach((letter, i) => {
      compare(letter); // with those before it
      enter(letter.keys, i);
    });
  } else {
    known.forEach(({ keys }, i) => enter(keys, i));
    for (const letter of right) compare(sketched(letter));
  }
  return {
    signature:
      `near-duplicates|jaccard>=${threshold}|words:${words}|minhash:${hashes}|bands:${bands}|seed:${seed}|v1`,
    pairs: pairs.sort((x, y) => y.jaccard - x.jaccard || order(x.a, y.a) || order(x.b, y.b)),
    missChance: (1 - threshold ** rows) ** bands,
  };
}

/** The most rows a band that still find nearly all pairs: fewer candidates to look at. */
function rowsFor(threshold: number, hashes: number): number {
  for (let rows = hashes; rows > 0; rows--) {
    if ((1 - threshold ** rows) ** Math.floor(hashes / rows) <= MISS_CHANCE) return rows;
  }
  const needed = Math.ceil(Math.log(MISS_CHANCE) / Math.log(1 - threshold));
  throw new Error(
    `nearDuplicates: ${hashes} hashes are too few for a threshold of ${threshold}. Take ${needed} or more.`,
  );
}

/** A letter, its words, and for each band the key that letters to compare have in common; no key without a word. */
interface Sketched {
  readonly id: string;
  readonly words: Int32Array;
  readonly keys: Uint32Array;
}

/** Two sets have the same least hash as often as their similarity says: a band's key is several of them. */
function sketcher(size: number, hashes: number, rows: number, bands: number, seed: number | string) {
  const rng = random(`${seed}/minhash`);
  const seeds = Uint32Array.from({ length: hashes }, () => rng.below(2 ** 32));
  return (words: Int32Array): Uint32Array => {
    if (words.length === 0) return new Uint32Array();
    const runs = runHashes(words, size);
    const least = seeds.map((of) => leastHash(runs, of));
    return Uint32Array.from(
      { length: bands },
      (_, band) =>
        least.subarray(band * rows, (band + 1) * rows).reduce((key, hash) => mixed(key ^ hash), band),
    );
  };
}

/** Unequal runs of one hash make letters candidates that need not be, and nothing worse. */
function runHashes(words: Int32Array, size: number): Int32Array {
  const length = Math.min(size, words.length);
  return Int32Array.from({ length: words.length - length + 1 }, (_, from) => {
    let hash = length;
    for (let i = from; i < from + length; i++) hash = mixed(Math.imul(hash, 31) ^ words[i]!); // within the words
    return hash;
  });
}

function leastHash(runs: Int32Array, seed: number): number {
  let least = 0xffffffff;
  for (let i = 0; i < runs.length; i++) least = Math.min(least, mixed(runs[i]! ^ seed)); // i < length
  return least;
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
