/** Texts as ROUGE compares them: numbers for words, in lines. @module */

import type { Pair } from "../metric.ts";
import { porterStem } from "../porter.ts";
import { Renumbering } from "../words/renumbering.ts";
import type { Stretch } from "../words/stretch.ts";
import { extendHash, HASH_START, Vocabulary } from "../words/vocabulary.ts";
import type { RougeOptions, RougeTokenizer } from "./rouge_words.ts";

/** A text's words among those of all texts, and where in them its lines end, but for the last. */
export interface NumberedText extends Stretch {
  readonly lineEnds: readonly number[];
}

/** The texts of a pair, numbered alike. */
export interface NumberedPair {
  readonly candidate: NumberedText;
  readonly references: readonly NumberedText[];
  /** How many different words they have, numbered from 1 to this. */
  readonly distinct: number;
}

/** Pairs, and the words of all their texts. */
export interface NumberedPairs {
  readonly words: Int32Array;
  readonly pairs: readonly NumberedPair[];
}

const LINE_FEED = 10;
/** By ASCII character: the small letter of a letter, a digit itself, 0 for all others. */
const WORD_UNITS = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  return /[a-z0-9]/i.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});
const UNICODE_WORD = /[\p{L}\p{M}\p{N}]+|\n/gu;
const NO_LINES: readonly number[] = [];

/**
 * Reads the texts of pairs. A reader remembers the words it has seen, and their stems.
 *
 * @example
 * ```ts
 * import { RougeReader } from "./rouge_reader.ts";
 * import { deepEqual } from "node:assert/strict";
 * const reader = new RougeReader({ stemmer: true });
 * const { words, pairs } = reader.read([{ candidate: "Tablets\n2 tablet", reference: "2 tablets" }]);
 * deepEqual([...words], [1, 2, 1, 2, 1]);
 * deepEqual(pairs, [{
 *   candidate: { start: 0, end: 3, lineEnds: [1] },
 *   references: [{ start: 3, end: 5, lineEnds: [] }],
 *   distinct: 2,
 * }]);
 * ```
 */
export class RougeReader {
  readonly #tokenizer: RougeTokenizer;
  readonly #vocabulary = new Vocabulary();
  readonly #stems = new Vocabulary();
  /** By a word's number, its stem's; undefined where words are not stemmed. */
  readonly #stemOf: number[] | undefined;
  readonly #numbers = new Renumbering();
  #words = new Int32Array(1024);
  #length = 0;

  /** @throws {Error} for a stemmer together with the `unicode` tokenizer: it knows English only */
  constructor({ tokenizer = "rouge_score", stemmer = false }: RougeOptions = {}) {
    if (stemmer && tokenizer !== "rouge_score") {
      throw new Error(
        `stemmer: true works with tokenizer rouge_score only, got ${tokenizer}. Drop one of the two.`,
      );
    }
    this.#tokenizer = tokenizer;
    this.#stemOf = stemmer ? [] : undefined;
  }

  read(pairs: readonly Pick<Pair, "candidate" | "reference">[]): NumberedPairs {
    this.#length = 0;
    const read = pairs.map(({ candidate, reference }) => this.#pair(candidate, reference));
    return { words: this.#words.slice(0, this.#length), pairs: read };
  }

  #pair(candidate: string, reference: string | readonly string[]): NumberedPair {
    this.#numbers.begin();
    const first = this.#text(candidate);
    const references = typeof reference === "string"
      ? [this.#text(reference)]
      : reference.map((text) => this.#text(text));
    return { candidate: first, references, distinct: this.#numbers.size };
  }

  #text(text: string): NumberedText {
    const start = this.#length;
    if (start + text.length > this.#words.length) {
      const more = new Int32Array(2 * (start + text.length)); // a text has fewer words than code units
      more.set(this.#words);
      this.#words = more;
    }
    const lineEnds = this.#tokenizer === "unicode"
      ? this.#unicodeWords(text.normalize("NFC").toLowerCase())
      : this.#asciiWords(text);
    return { start, end: this.#length, lineEnds };
  }

  #asciiWords(text: string): readonly number[] {
    const { length } = text;
    const words = this.#words;
    let lineEnds: number[] | undefined;
    let at = this.#length;
    for (let i = 0; i < length;) {
      let unit = text.charCodeAt(i);
      let small = unit < 128 ? WORD_UNITS[unit]! : 0;
      if (small === 0) {
        if (unit === LINE_FEED) (lineEnds ??= []).push(at);
        // Outside ASCII, only these become letters of it in lower case: İ, an i and a dot, and the Kelvin sign.
        else if (unit === 0x130 || unit === 0x212a) return this.#asciiWords(text.toLowerCase());
        i++;
        continue;
      }
      const start = i;
      let hash = HASH_START;
      do {
        hash = extendHash(hash, small);
        if (++i === length) break;
        unit = text.charCodeAt(i);
        small = unit < 128 ? WORD_UNITS[unit]! : 0;
      } while (small !== 0);
      words[at++] = this.#numbers.of(this.#stemmed(this.#vocabulary.folded(hash, text, start, i)));
    }
    this.#length = at;
    return lineEnds ?? NO_LINES;
  }

  #unicodeWords(text: string): readonly number[] {
    const lineEnds: number[] = [];
    for (const { 0: word } of text.matchAll(UNICODE_WORD)) {
      if (word === "\n") lineEnds.push(this.#length);
      else this.#words[this.#length++] = this.#numbers.of(this.#vocabulary.exact(word));
    }
    return lineEnds;
  }

  #stemmed(word: number): number {
    if (this.#stemOf === undefined) return word;
    return this.#stemOf[word] ??= this.#stem(this.#vocabulary.word(word));
  }

  #stem(word: string): number {
    return this.#stems.exact(word.length > 3 ? porterStem(word) : word);
  }
}
