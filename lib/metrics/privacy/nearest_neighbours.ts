/** Whether synthetic letters lie nearer to the training letters than to letters that nothing was trained on. @module */

import { bootstrapInterval } from "../stats/bootstrap_interval.ts";
import type { Text } from "./longest_copied_run.ts";
import { Shingler } from "./shingles.ts";

/** The distance of synthetic letter i to each letter of a side, from 0 up. */
export type Distances = (synthetic: number, side: "train" | "holdout") => ArrayLike<number>;

/** A synthetic letter and its nearest neighbours. */
export interface Neighbours {
  /** The distance to the nearest training letter, expected over samples of them as large as the holdout, where they are more. */
  readonly train: number;
  /** The same for the holdout. */
  readonly holdout: number;
  /** train / holdout: below 1 nearer to the training letters; 1 where both are 0, null where only the holdout's is. */
  readonly ratio: number | null;
  /** The chance that the nearest training letter is nearer, of samples of one size; a tie counts half. */
  readonly closer: number;
}

/** A mean over letters with the ends of its 95% bootstrap interval (BCa); null where there are too few letters. */
export interface MeanOverLetters {
  readonly n: number;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What memorised letters would show. */
export interface NeighbourRatios {
  readonly signature: string;
  /** By synthetic letter. */
  readonly letters: readonly Neighbours[];
  /** Over the letters that have a ratio. */
  readonly ratio: MeanOverLetters;
  /** The mean of `closer`: 0.5 where the model has learnt no more of its training letters than of the holdout. */
  readonly closerToTrain: MeanOverLetters;
}

/**
 * The nearest-neighbour distance ratio of synthetic letters: the distance to the nearest training letter over that to the
 * nearest letter of a holdout. Of more letters the nearest is nearer by chance; so the larger side counts as a sample of the
 * smaller one's size, with the expectation over all such samples in place of a drawn one.
 *
 * @param count the numbers of letters
 * @throws {Error} when a side has no letter, a row of distances has another length, or a distance is negative or not a number
 *
 * @example
 * ```ts
 * import { neighbourRatios } from "./nearest_neighbours.ts";
 * import { deepEqual } from "node:assert/strict";
 * const distances = { train: [[0.2, 0.9], [0.5, 0.5]], holdout: [[0.8, 0.4], [0.6, 0.5]] };
 * const { letters } = neighbourRatios({ synthetic: 2, train: 2, holdout: 2 }, (i, side) => distances[side][i] ?? []);
 * deepEqual(letters.map(({ ratio, closer }) => [ratio, closer]), [[0.5, 1], [1, 0.5]]);
 * ```
 */
export function neighbourRatios(
  count: { readonly synthetic: number; readonly train: number; readonly holdout: number },
  distances: Distances,
  name = "given",
): NeighbourRatios {
  for (const side of ["train", "holdout"] as const) {
    if (!(count[side] > 0)) {
      throw new Error(`neighbourRatios: ${side} has ${count[side]} letters. Give at least one.`);
    }
  }
  const size = Math.min(count.train, count.holdout);
  const chances = { train: leastOf(count.train, size), holdout: leastOf(count.holdout, size) };
  const letters = Array.from({ length: count.synthetic }, (_, i) => {
    const [train, holdout] = (["train", "holdout"] as const).map((side) => {
      const sorted = sortedRow(distances(i, side), count[side], i, side);
      return { sorted, chance: chances[side] };
    });
    return neighboursOf(train!, holdout!); // two sides
  });
  return {
    signature: `neighbour-ratio|distance:${name}|sample:${size}|v1`,
    letters,
    ratio: meanOf(letters.flatMap(({ ratio }) => ratio === null ? [] : [ratio])),
    closerToTrain: meanOf(letters.map(({ closer }) => closer)),
  };
}

/** Distances in ascending order, and the chance of each to be the least of a sample. */
interface Row {
  readonly sorted: Float64Array;
  readonly chance: Float64Array;
}

function neighboursOf(train: Row, holdout: Row): Neighbours {
  const expected = ({ sorted, chance }: Row) => {
    let sum = 0;
    for (let j = 0; j < chance.length; j++) sum += chance[j]! * sorted[j]!; // chances are no more than distances
    return sum;
  };
  const [near, far] = [expected(train), expected(holdout)];
  let [closer, above] = [0, 1]; // above: the chance that the holdout's least is further away than the distance at hand
  for (let i = 0, j = 0; i < train.chance.length;) {
    const distance = train.sorted[i]!; // i < length
    while (j < holdout.chance.length && holdout.sorted[j]! < distance) above -= holdout.chance[j++]!;
    let [here, there] = [0, 0];
    while (i < train.chance.length && train.sorted[i] === distance) here += train.chance[i++]!;
    while (j < holdout.chance.length && holdout.sorted[j] === distance) there += holdout.chance[j++]!;
    above -= there;
    closer += here * (above + there / 2);
  }
  const ratio = near === far ? 1 : far === 0 ? null : near / far;
  return { train: near, holdout: far, ratio, closer: Math.min(Math.max(closer, 0), 1) };
}

/** The chance that the j-th nearest of n is the nearest of a sample of some of them: C(n - 1 - j, size - 1) / C(n, size). */
function leastOf(n: number, size: number): Float64Array {
  const chances = new Float64Array(n - size + 1);
  let chance = size / n;
  for (let j = 0; j < chances.length; j++) {
    chances[j] = chance;
    chance *= (n - j - size) / (n - 1 - j);
  }
  return chances;
}

function sortedRow(row: ArrayLike<number>, length: number, i: number, side: string): Float64Array {
  const sorted = Float64Array.from(row).sort();
  if (sorted.length !== length) {
    throw new Error(
      `neighbourRatios: ${sorted.length} distances to ${length} letters of ${side}. Give one a letter.`,
    );
  }
  const bad = sorted.find((distance) => !(distance >= 0 && distance < Infinity));
  if (bad === undefined) return sorted;
  throw new Error(
    `neighbourRatios: letter ${i} is ${bad} away from one of ${side}. Give a number from 0 up.`,
  );
}

function meanOf(values: readonly number[]): MeanOverLetters {
  if (values.length < 2) return { n: values.length, mean: values[0] ?? null, low: null, high: null };
  const { n, mean, low, high } = bootstrapInterval(values);
  return { n, mean, low, high };
}

/**
 * {@linkcode neighbourRatios} of texts, by the Jaccard distance of their sets of words (or of runs of words).
 *
 * @throws {Error} when a side has no letter, or `words` is no positive whole number
 *
 * @example
 * ```ts
 * import { textNeighbourRatios } from "./nearest_neighbours.ts";
 * import { equal } from "node:assert/strict";
 * const text = (id: string, text: string) => ({ id, text });
 * const { letters } = textNeighbourRatios([text("s", "no pain")], [text("t", "No pain.")], [text("h", "pain")]);
 * equal(letters[0]?.ratio, 0); // a copy of a training letter
 * ```
 */
export function textNeighbourRatios(
  synthetic: readonly Text[],
  train: readonly Text[],
  holdout: readonly Text[],
  { words = 1 }: { readonly words?: number } = {},
): NeighbourRatios {
  const shingler = new Shingler(words);
  const made = synthetic.map(({ text }) => shingler.of(text));
  const known = { train: new JaccardIndex(train, shingler), holdout: new JaccardIndex(holdout, shingler) };
  const count = { synthetic: synthetic.length, train: train.length, holdout: holdout.length };
  const distances: Distances = (i, side) => known[side].distances(made[i] ?? new Int32Array());
  return neighbourRatios(count, distances, `jaccard-words:${words}`);
}

/**
 * Which letters hold which runs of words, to count what one shares with all of them at once.
 *
 * @example
 * ```ts
 * import { JaccardIndex } from "./nearest_neighbours.ts";
 * import { Shingler } from "./shingles.ts";
 * import { deepEqual } from "node:assert/strict";
 * const shingler = new Shingler(1);
 * const index = new JaccardIndex([{ id: "a", text: "no pain" }, { id: "b", text: "fever" }], shingler);
 * deepEqual([...index.distances(shingler.of("No pain."))], [0, 1]);
 * ```
 */
export class JaccardIndex {
  readonly #sizes: readonly number[];
  readonly #holders = new Map<number, number[]>();

  constructor(texts: readonly Text[], shingler: Shingler) {
    const sets = texts.map(({ text }) => shingler.of(text));
    this.#sizes = sets.map(({ length }) => length);
    for (const [letter, set] of sets.entries()) {
      for (const member of set) {
        const holders = this.#holders.get(member);
        if (holders) holders.push(letter);
        else this.#holders.set(member, [letter]);
      }
    }
  }

  /** The Jaccard distance of a set, made by the same shingler, to that of each letter. */
  distances(set: Int32Array): Float64Array {
    const shared = new Float64Array(this.#sizes.length);
    for (const member of set) for (const letter of this.#holders.get(member) ?? []) shared[letter]!++; // a letter of ours
    return shared.map((both, letter) => {
      const all = set.length + this.#sizes[letter]! - both; // one a letter
      return all > 0 ? 1 - both / all : 0;
    });
  }
}

/**
 * {@linkcode neighbourRatios} of vectors, such as embeddings of letters, by their cosine distance.
 *
 * @throws {Error} when a side has no vector, vectors differ in length, or one is zero or not finite
 *
 * @example
 * ```ts
 * import { vectorNeighbourRatios } from "./nearest_neighbours.ts";
 * import { equal } from "node:assert/strict";
 * const { letters } = vectorNeighbourRatios([[1, 0]], [[3, 0]], [[0, 1]]);
 * equal(letters[0]?.ratio, 0);
 * ```
 */
export function vectorNeighbourRatios(
  synthetic: readonly ArrayLike<number>[],
  train: readonly ArrayLike<number>[],
  holdout: readonly ArrayLike<number>[],
): NeighbourRatios {
  const length = synthetic[0]?.length ?? 0;
  const [made, near, far] = [synthetic, train, holdout].map((side) =>
    side.map((vector) => unit(vector, length))
  );
  const known = { train: near ?? [], holdout: far ?? [] };
  const count = { synthetic: synthetic.length, train: train.length, holdout: holdout.length };
  return neighbourRatios(count, (i, side) => {
    const one = made?.[i] ?? new Float64Array();
    return known[side].map((other) =>
      Math.max(0, 1 - one.reduce((sum, value, k) => sum + value * (other[k] ?? 0), 0))
    );
  }, "cosine");
}

function unit(vector: ArrayLike<number>, length: number): Float64Array {
  const values = Float64Array.from(vector);
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (values.length === length && norm > 0 && norm < Infinity) return values.map((value) => value / norm);
  throw new Error(
    `vectorNeighbourRatios: a vector of ${values.length} numbers and norm ${norm} beside one of ${length}. ` +
      "Give finite vectors of one length, none zero.",
  );
}
