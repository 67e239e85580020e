/** Counting what texts share, for chrF. @module */

import { NgramMatcher } from "../words/ngram_matches.ts";
import { isPythonSpace, splitAtSpaces } from "../words/python_spaces.ts";
import { Renumbering } from "../words/renumbering.ts";
import type { Stretch } from "../words/stretch.ts";
import { Vocabulary } from "../words/vocabulary.ts";
import { type ChrfCounts, chrfScore } from "./chrf_score.ts";

/** What sacrebleu's `CHRF` takes; all defaults are its own. */
export interface ChrfOptions {
  /** The longest n-grams of characters. Default 6. */
  readonly characterOrder?: number;
  /** The longest n-grams of words: 0, or 2 for chrF++. Default 0. */
  readonly wordOrder?: number;
  /** How many times as much recall counts as precision. Default 2. */
  readonly beta?: number;
  /** Read all texts in lower case. Default false. */
  readonly lowercase?: boolean;
  /** Count blanks as characters. Default false. */
  readonly whitespace?: boolean;
}

/** The options with their defaults. */
export type ChrfSettings = Required<ChrfOptions>;

const PUNCTUATION = new Set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

/**
 * Counts the n-grams of candidates and how many of them their references have. One counter for many pairs, since it keeps
 * its tables.
 *
 * @example
 * ```ts
 * import { ChrfCounter } from "./chrf_counter.ts";
 * import { deepEqual } from "node:assert/strict";
 * const settings = { characterOrder: 2, wordOrder: 1, beta: 2, lowercase: false, whitespace: false };
 * deepEqual(new ChrfCounter(settings).counts(["no pain"], "no pains"), {
 *   candidate: [7, 6, 2],
 *   reference: [6, 5, 2],
 *   matches: [6, 5, 1],
 * });
 * ```
 */
export class ChrfCounter {
  readonly #settings: ChrfSettings;
  readonly #ngrams = new NgramMatcher();
  readonly #characters = new Sequence();
  readonly #words = new Sequence();
  readonly #vocabulary = new Vocabulary();

  constructor(settings: ChrfSettings) {
    this.#settings = settings;
  }

  /**
   * The counts against the first of the references with the highest score.
   *
   * @throws {Error} when there is no reference
   */
  counts(references: readonly string[], candidate: string): ChrfCounts {
    this.#characters.begin();
    this.#words.begin();
    const hypothesis = this.#read(candidate);
    const all = references.map((text) => this.#compared(hypothesis, this.#read(text)));
    const [first, ...others] = all;
    if (first === undefined) throw new Error("chrf: got 0 references for a candidate. Give at least one.");
    const { beta } = this.#settings;
    return others.reduce((best, one) => chrfScore(one, beta) > chrfScore(best, beta) ? one : best, first);
  }

  #compared(candidate: Read, reference: Read): ChrfCounts {
    const { characterOrder, wordOrder } = this.#settings;
    const match = (sequence: Sequence, part: keyof Read, order: number) =>
      order === 0 ? [] : this.#ngrams.matches(
        sequence.symbols,
        candidate[part],
        [reference[part]],
        order,
        sequence.greatest,
      );
    const totals = (read: Read) => [
      ...numbersOfGrams(read.characters, characterOrder),
      ...numbersOfGrams(read.words, wordOrder),
    ];
    const ofReference = totals(reference);
    return {
      // In a corpus, what a reference is too short for does not count against the candidate.
      candidate: totals(candidate).map((count, i) => ofReference[i] === 0 ? 0 : count),
      reference: ofReference,
      matches: [
        ...match(this.#characters, "characters", characterOrder),
        ...match(this.#words, "words", wordOrder),
      ],
    };
  }

  #read(given: string): Read {
    const { lowercase, whitespace, wordOrder } = this.#settings;
    const text = lowercase ? given.toLowerCase() : given;
    const characters = this.#characters.add(text.length, (push) => {
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        if (!whitespace && isPythonSpace(unit)) continue;
        const isPair = unit >= 0xd800 && unit < 0xdc00 && i + 1 < text.length;
        push(isPair ? text.codePointAt(i++) ?? unit : unit);
      }
    });
    const words = this.#words.add(wordOrder === 0 ? 0 : text.length, (push) => {
      if (wordOrder > 0) {
        eachChrfWord(text, (start, end) => push(this.#vocabulary.exact(text, start, end)));
      }
    });
    return { characters, words };
  }
}

/** Where a text's characters and words are. */
interface Read {
  readonly characters: Stretch;
  readonly words: Stretch;
}

/** The symbols of a few texts, one text after the other. */
class Sequence {
  symbols = new Int32Array(1024);
  readonly #numbers = new Renumbering();
  #length = 0;

  get greatest(): number {
    return this.#numbers.size;
  }

  begin(): void {
    this.#numbers.begin();
    this.#length = 0;
  }

  /** Adds a text of at most `most` symbols. */
  add(most: number, fill: (push: (symbol: number) => void) => void): Stretch {
    const start = this.#length;
    if (start + most > this.symbols.length) {
      const more = new Int32Array(2 * (start + most));
      more.set(this.symbols);
      this.symbols = more;
    }
    fill((symbol) => this.symbols[this.#length++] = this.#numbers.of(symbol));
    return { start, end: this.#length };
  }
}

function numbersOfGrams({ start, end }: Stretch, order: number): number[] {
  return Array.from({ length: order }, (_, i) => Math.max(end - start - i, 0));
}

/** chrF++'s words: what blanks separate, with one punctuation mark taken off the end or else the beginning. */
function eachChrfWord(text: string, found: (start: number, end: number) => void): void {
  splitAtSpaces(text, (start, end) => {
    const cut = end - start === 1
      ? end
      : PUNCTUATION.has(text.charAt(end - 1))
      ? end - 1
      : PUNCTUATION.has(text.charAt(start))
      ? start + 1
      : end;
    found(start, cut);
    if (cut < end) found(cut, end);
  });
}
