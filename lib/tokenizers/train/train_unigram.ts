/** Training a unigram language model's vocabulary. @module */

import { Lattice } from "./lattice.ts";
import { repeatedSubstrings } from "./substrings.ts";

export interface UnigramOptions {
  /** Pieces in all, special tokens included. Fewer come out where the words give no more. */
  readonly size?: number;
  /** Tokens that the vocabulary starts with; the unknown piece is one of them. */
  readonly special?: readonly string[];
  /** The longest piece, in code points. */
  readonly longest?: number;
  /**
   * Whether training starts with words that occur again as well. Substrings are sought in distinct words, where a word that is part of no
   * other occurs once, however frequent it is: where marks are words of their own, that is most words. Default false, as Hugging Face's.
   */
  readonly wholeWords?: boolean;
}

/** Pieces and their log probabilities, in the order of their ids. */
export type ScoredPieces = readonly (readonly [piece: string, score: number])[];

/** Substrings that training starts with at most. */
const MOST_SEEDS = 1_000_000;
/** Rounds of expectation and maximisation between two prunings. */
const ROUNDS = 2;
/** The share of pieces that a pruning keeps. */
const SHRINK = 0.75;
/** Training stops pruning at a vocabulary larger by this factor, and takes the best of it. */
const SLACK = 1.1;
/** A piece that is expected less often is dropped. */
const LEAST_EXPECTED = 0.5;
/** What characters that no piece holds score above the rarest piece, each a little more than the one before. */
const CHARACTER_STEP = 1e-4;

interface Candidate {
  readonly pieces: readonly string[];
  readonly scores: readonly number[];
}

/**
 * A vocabulary for a unigram language model (Kudo 2018): all substrings that recur, their probabilities estimated by expectation
 * maximisation, and those pruned without which the texts lose the least likelihood, until the size is reached. The steps are those of
 * Hugging Face's `UnigramTrainer`, whose result changes from run to run; here the same words give the same pieces.
 *
 * @param words how often each word occurs: `countWords` with {@linkcode METASPACE}
 * @returns special tokens with score 0, then pieces by falling score; all characters that occur are pieces
 * @throws Error where `size` does not even hold special tokens and characters
 *
 * @example
 * ```ts
 * import { trainUnigram } from "./train_unigram.ts";
 * import { deepEqual } from "node:assert/strict";
 * const words = new Map([["▁fever", 9], ["▁fevers", 3], ["▁never", 2]]);
 * const pieces = trainUnigram(words, { size: 10, special: ["<unk>"] }).map(([piece]) => piece);
 * deepEqual(pieces.slice(0, 2), ["<unk>", "▁fever"]);
 * ```
 */
export function trainUnigram(
  words: ReadonlyMap<string, number>,
  { size = 8192, special = ["<unk>"], longest = 16, wholeWords = false }: UnigramOptions = {},
): ScoredPieces {
  const counted = [...words].filter(([word]) => word !== "").sort(([a], [b]) => a < b ? -1 : 1);
  const characters = [...new Set(counted.flatMap(([word]) => [...word]))].sort();
  const room = size - special.length;
  if (characters.length > room) {
    throw new Error(
      `size ${size}: special tokens and characters alone are ${
        characters.length + special.length
      } pieces. Raise size.`,
    );
  }
  const wanted = Math.floor(size * SLACK);
  let candidate = seeds(counted, longest, wholeWords);
  while (true) {
    for (let round = 0; round < ROUNDS; round++) candidate = reestimated(candidate, counted);
    if (candidate.pieces.length <= wanted) break;
    candidate = pruned(candidate, counted, Math.max(wanted, Math.floor(candidate.pieces.length * SHRINK)));
  }
  const pieces = chosen(candidate, characters, room);
  return [...special.map((token): [string, number] => [token, 0]), ...pieces];
}

/** Characters by frequency, then substrings by the length of text that they make up. */
function seeds(
  words: readonly (readonly [string, number])[],
  longest: number,
  wholeWords: boolean,
): Candidate {
  const counts = new Map<string, number>();
  for (const [word, count] of words) {
    for (const character of word) counts.set(character, (counts.get(character) ?? 0) + count);
  }
  const characters = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? 1 : -1));
  const repeated = repeatedSubstrings(words.map(([word]) => word), longest);
  const known = new Set(repeated.map(({ text }) => text));
  const whole = wholeWords ? words.filter(([word, count]) => count > 1 && isSeed(word, longest, known)) : [];
  const substrings = [...repeated, ...whole.map(([text, count]) => ({ text, count }))]
    .map(({ text, count }): [string, number] => [text, count * [...text].length])
    .sort(([a, m], [b, n]) => n - m || (a < b ? 1 : -1));
  const all = [...characters, ...substrings].slice(0, Math.max(MOST_SEEDS, characters.length));
  const total = Math.log(all.reduce((sum, [, count]) => sum + count, 0));
  return {
    pieces: ["", ...all.map(([piece]) => piece)],
    scores: [NaN, ...all.map(([, count]) => Math.log(count) - total)],
  };
}

/** Whether a word can be a seed that substrings have not given. */
function isSeed(word: string, longest: number, known: ReadonlySet<string>): boolean {
  const { length } = [...word];
  return length > 1 && length <= longest && !known.has(word);
}

/** One round of expectation and maximisation; the digamma function makes a sparse prior (Liang & Klein 2007). */
function reestimated(
  { pieces, scores }: Candidate,
  words: readonly (readonly [string, number])[],
): Candidate {
  const lattice = new Lattice(pieces, scores);
  const expected = new Float64Array(pieces.length);
  for (const [word, count] of words) lattice.expect(word, count, expected);
  const kept = pieces.map((_, id) => id).filter((id) => id > 0 && (expected[id] ?? 0) >= LEAST_EXPECTED);
  const total = digamma(kept.reduce((sum, id) => sum + (expected[id] ?? 0), 0));
  return {
    pieces: ["", ...kept.map((id) => pieces[id] ?? "")],
    scores: [NaN, ...kept.map((id) => digamma(expected[id] ?? 0) - total)],
  };
}

/** Without the pieces that the likelihood loses the least by: those that others can stand for at little cost. */
function pruned(
  { pieces, scores }: Candidate,
  words: readonly (readonly [string, number])[],
  size: number,
): Candidate {
  const lattice = new Lattice(pieces, scores);
  const frequency = new Float64Array(pieces.length);
  let total = 0;
  for (const [word, count] of words) {
    total += count;
    for (const id of lattice.best(word)) frequency[id] = (frequency[id] ?? 0) + count;
  }
  const sum = frequency.reduce((sum, x) => sum + x, 0);
  const kept: number[] = [];
  const losses: { readonly id: number; readonly loss: number }[] = [];
  for (const [id, piece] of pieces.entries()) {
    if (id === 0) continue;
    const used = frequency[id] ?? 0;
    const single = lattice.best(piece).length === 1;
    const alternative = single && [...piece].length > 1 ? lattice.best(piece, id) : [];
    if (alternative.length === 0) {
      if (used > 0 || single) kept.push(id);
    } else if (used > 0) {
      const after = Math.log(sum + used * (alternative.length - 1));
      const replaced = alternative.reduce(
        (log, other) => log + Math.log((frequency[other] ?? 0) + used) - after,
        0,
      );
      losses.push({ id, loss: used / total * (Math.log(used) - Math.log(sum) - replaced) });
    }
  }
  losses.sort((a, b) => b.loss - a.loss || a.id - b.id);
  const ids = [...kept, ...losses.slice(0, Math.max(0, size - 1 - kept.length)).map(({ id }) => id)];
  return {
    pieces: ["", ...ids.map((id) => pieces[id] ?? "")],
    scores: [NaN, ...ids.map((id) => scores[id] ?? 0)],
  };
}

/** All characters, and of the other pieces as many as there is room for, by falling score. */
function chosen(
  { pieces, scores }: Candidate,
  characters: readonly string[],
  room: number,
): [string, number][] {
  const known = new Map(pieces.map((piece, id) => [piece, scores[id] ?? 0]));
  const least = scores.slice(1).reduce((least, score) => Math.min(least, score), Infinity);
  let missing = 0;
  const result = new Map(
    characters.map((character) => [character, known.get(character) ?? least + CHARACTER_STEP * missing++]),
  );
  for (const [id, piece] of pieces.entries()) {
    if (result.size >= room) break;
    if (id > 0 && !result.has(piece)) result.set(piece, scores[id] ?? 0);
  }
  return [...result].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** The derivative of log Γ, by its asymptotic series. */
function digamma(x: number): number {
  let result = 0;
  let shifted = x;
  for (; shifted < 7; shifted++) result -= 1 / shifted;
  const y = shifted - 0.5;
  const z = 1 / (y * y);
  return result + Math.log(y) + z / 24 - 7 / 960 * z * z + 31 / 8064 * z ** 3 - 127 / 30720 * z ** 4;
}

/** How T5's tokenizer splits texts, with a normalisation that needs no table of rules. */
export const METASPACE = {
  normalizer: { type: "NFKC" },
  pre_tokenizer: {
    type: "Sequence",
    pretokenizers: [
      { type: "WhitespaceSplit" },
      { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
    ],
  },
} as const;

/**
 * The same in lower case, with marks and numbers as words of their own, so that no piece holds letters and anything else:
 * words that are masked are whole pieces.
 */
export const LOWER_CASE_WORDS = {
  normalizer: { type: "Sequence", normalizers: [METASPACE.normalizer, { type: "Lowercase" }] },
  pre_tokenizer: {
    type: "Sequence",
    pretokenizers: [
      ...METASPACE.pre_tokenizer.pretokenizers,
      { type: "Punctuation", behavior: "Isolated" },
      { type: "Digits", individual_digits: false },
    ],
  },
} as const;
