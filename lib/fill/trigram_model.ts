/** Word statistics of a few letters, for guessing a word from its neighbours. @module */
import type { Letter } from "../corpus/letter.ts";
import { isAlphabetic } from "../text/alphabetic.ts";
import { type Word, words as wordsOf } from "../text/words.ts";

/** Stands before the first word of a line and after the last. */
export const lineEnd = "\n";

/**
 * A word as context: in small letters, all words with a digit alike.
 *
 * @example
 * ```ts
 * import { contextOf } from "./trigram_model.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["Well", "75", "5mg"].map(contextOf), ["well", "0", "0"]);
 * ```
 */
export function contextOf(text: string): string {
  return /\p{N}/u.test(text) ? "0" : text.toLowerCase();
}

/**
 * For each word, whether a line break (or the text's start) comes before it; one entry more for the text's end.
 *
 * @example
 * ```ts
 * import { words } from "../text/words.ts";
 * import { lineStarts } from "./trigram_model.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = "Plan:\nhome";
 * deepEqual(lineStarts(text, words(text)), [true, false, true, true]);
 * ```
 */
export function lineStarts(text: string, words: readonly Word[]): boolean[] {
  const ends = [0, ...words.map(({ end }) => end)];
  return ends.map((end, index) => {
    const next = words[index];
    return index === 0 || next === undefined || /[\n\r]/.test(text.slice(end, next.start));
  });
}

/** How often what came after (or before) something. */
class Counts {
  readonly of = new Map<string, number>();
  total = 0;
  add(key: string): void {
    this.of.set(key, (this.of.get(key) ?? 0) + 1);
    this.total++;
  }
  share(key: string): number {
    return this.total === 0 ? 0 : (this.of.get(key) ?? 0) / this.total;
  }
}

const none = new Counts();

/**
 * Guesses an alphabetic word `w` from the two words `a b` on its left and, where it is visible, the word `r` on its right, as the one
 * with the greatest
 *
 *     (0.6 P(w | a b) + 0.3 P(w | b) + 0.1 P(w)) × (0.9 P(r | w) + 0.1 P(r))
 *
 * of relative frequencies (P(r) with one added to every count). This is the interpolated trigram of Jelinek and Mercer (1980) with
 * fixed weights, times a bigram that looks ahead. Of words that score the same, the first by code unit is taken.
 */
export class TrigramModel {
  readonly #words = new Counts();
  readonly #after = new Map<string, Counts>();
  readonly #afterTwo = new Map<string, Counts>();
  /** Alphabetic words seen after, and before, a context. */
  readonly #candidatesAfter = new Map<string, string[]>();
  readonly #before = new Map<string, Set<string>>();
  readonly #frequent: string;

  /** @throws Error when the letters hold no alphabetic word. */
  constructor(letters: readonly Letter[]) {
    for (const { text } of letters) this.#learn(text);
    for (const [context, { of }] of this.#after) {
      this.#candidatesAfter.set(context, [...of.keys()].filter(isAlphabetic));
    }
    const candidates = [...this.#words.of.keys()].filter(isAlphabetic).sort();
    const frequency = (word: string) => this.#words.of.get(word) ?? 0;
    const [first] = candidates;
    if (first === undefined) {
      throw new Error("the training letters hold no alphabetic word. Train on other letters.");
    }
    this.#frequent = candidates.reduce(
      (best, word) => frequency(word) > frequency(best) ? word : best,
      first,
    );
  }

  #learn(text: string): void {
    const words = wordsOf(text);
    const starts = lineStarts(text, words);
    let [a, b] = [lineEnd, lineEnd];
    const see = (word: string) => {
      entry(this.#after, b, () => new Counts()).add(word);
      entry(this.#afterTwo, `${a} ${b}`, () => new Counts()).add(word);
      if (isAlphabetic(b)) entry(this.#before, word, () => new Set()).add(b);
      [a, b] = [b, word];
    };
    for (const [index, start] of starts.entries()) {
      if (start && index > 0) {
        see(lineEnd);
        [a, b] = [lineEnd, lineEnd];
      }
      const word = words[index];
      if (!word) break;
      this.#words.add(contextOf(word.text));
      see(contextOf(word.text));
    }
  }

  /** The word for a blank; contexts as {@linkcode contextOf} gives them, `right` undefined where the next word is a blank too. */
  guess(a: string, b: string, right: string | undefined): string {
    const [bigram, trigram] = [this.#after.get(b) ?? none, this.#afterTwo.get(`${a} ${b}`) ?? none];
    const anyRight = right === undefined
      ? 0
      : ((this.#words.of.get(right) ?? 0) + 1) / (this.#words.total + this.#words.of.size + 1);
    const leftScore = (word: string) =>
      0.6 * trigram.share(word) + 0.3 * bigram.share(word) + 0.1 * this.#words.share(word);
    const rightScore = (word: string) =>
      right === undefined ? 1 : 0.9 * (this.#after.get(word) ?? none).share(right) + 0.1 * anyRight;
    // A word seen neither after `b` nor before `right` scores by its frequency alone, so one such word stands for all.
    let [best, most] = [this.#frequent, leftScore(this.#frequent) * rightScore(this.#frequent)];
    const consider = (word: string) => {
      const left = leftScore(word);
      if (left < most) return; // no right score is above 1
      const value = left * rightScore(word);
      if (value > most || (value === most && word < best)) [best, most] = [word, value];
    };
    this.#candidatesAfter.get(b)?.forEach(consider);
    if (right !== undefined) this.#before.get(right)?.forEach(consider);
    return best;
  }
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
