/** Counting what texts share, for BLEU. @module */

import { NgramMatcher } from "../words/ngram_matches.ts";
import { Renumbering } from "../words/renumbering.ts";
import type { Stretch } from "../words/stretch.ts";
import { Vocabulary } from "../words/vocabulary.ts";
import { BLEU_ORDER, type BleuCounts } from "./bleu_score.ts";
import { type BleuTokenizer, eachBleuWord } from "./bleu_words.ts";

/** How texts become words. */
export interface BleuReading {
  /** Default `"13a"`. */
  readonly tokenizer?: BleuTokenizer;
  /** Read all texts in lower case. Default false. */
  readonly lowercase?: boolean;
}

/**
 * Counts the n-grams of candidates and how many of them their references have. One counter for many pairs, since it keeps
 * its tables.
 *
 * @example
 * ```ts
 * import { BleuCounter } from "./bleu_counter.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { matches, totals } = new BleuCounter().counts(["no pain at all"], "no pain at night");
 * deepEqual([matches, totals], [[3, 2, 1, 0], [4, 3, 2, 1]]);
 * ```
 */
export class BleuCounter {
  readonly #reading: Required<BleuReading>;
  readonly #vocabulary = new Vocabulary();
  readonly #numbers = new Renumbering();
  readonly #ngrams = new NgramMatcher();
  #words = new Int32Array(1024);
  #length = 0;

  constructor({ tokenizer = "13a", lowercase = false }: BleuReading = {}) {
    this.#reading = { tokenizer, lowercase };
  }

  /** @throws {Error} when there is no reference */
  counts(references: readonly string[], candidate: string): BleuCounts {
    if (references.length === 0) {
      throw new Error("bleu: got 0 references for a candidate. Give at least one.");
    }
    this.#numbers.begin();
    this.#length = 0;
    const hypothesis = this.#read(candidate);
    const others = references.map((text) => this.#read(text));
    const matches = this.#ngrams.matches(this.#words, hypothesis, others, BLEU_ORDER, this.#numbers.size);
    const candidateLength = hypothesis.end;
    const totals = matches.map((_, i) => Math.max(candidateLength - i, 0));
    const lengths = others.map(({ start, end }) => end - start);
    return { matches, totals, candidateLength, referenceLength: nearest(lengths, candidateLength) };
  }

  #read(text: string): Stretch {
    const { tokenizer, lowercase } = this.#reading;
    const read = lowercase ? text.toLowerCase() : text;
    const start = this.#length;
    if (start + read.length > this.#words.length) {
      const more = new Int32Array(2 * (start + read.length)); // a text has no more words than code units
      more.set(this.#words);
      this.#words = more;
    }
    eachBleuWord(read, tokenizer, (line, from, to) => {
      this.#words[this.#length++] = this.#numbers.of(this.#vocabulary.exact(line, from, to));
    });
    return { start, end: this.#length };
  }
}

function nearest(lengths: readonly number[], to: number): number {
  return lengths.reduce((best, length) => {
    const [gap, bestGap] = [Math.abs(length - to), Math.abs(best - to)];
    return gap < bestGap || (gap === bestGap && length < best) ? length : best;
  });
}
