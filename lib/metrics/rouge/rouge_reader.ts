/** Texts as ROUGE compares them: numbers for words, in lines. @module */

import type { Pair } from "../metric.ts";
import { porterStem } from "../porter.ts";
import { Renumbering } from "../words/renumbering.ts";
import type { Stretch } from "../words/stretch.ts";
import { PairWords } from "./pair_words.ts";
import { Vocabulary } from "../words/vocabulary.ts";
import { checkRougeOptions, type RougeOptions, type RougeTokenizer } from "./rouge_words.ts";

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

const UNICODE_WORD = /[\p{L}\p{M}\p{N}]+|\n/gu;

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
  readonly #pairWords = new PairWords();
  readonly #vocabulary = new Vocabulary();
  readonly #numbers = new Renumbering();
  /** The small number of a word's stem; undefined where words are not stemmed. */
  readonly #stemOf: ((hash: number, text: string, start: number, end: number) => number) | undefined;
  #words = new Int32Array(1024);
  #length = 0;

  /** @throws {Error} for a stemmer together with the `unicode` tokenizer: it knows English only */
  constructor({ tokenizer = "rouge_score", stemmer = false }: RougeOptions = {}) {
    checkRougeOptions({ stemmer, tokenizer });
    this.#tokenizer = tokenizer;
    if (!stemmer) return;
    const stems = new Vocabulary();
    const known: number[] = []; // by word, its stem
    this.#stemOf = (hash, text, start, end) => {
      const word = this.#vocabulary.folded(hash, text, start, end);
      return this.#numbers.of(known[word] ??= stems.exact(stemOf(this.#vocabulary.word(word))));
    };
  }

  read(pairs: readonly Pick<Pair, "candidate" | "reference">[]): NumberedPairs {
    this.#length = 0;
    const read = pairs.map(({ candidate, reference }) => this.#pair(candidate, reference));
    return { words: this.#words.slice(0, this.#length), pairs: read };
  }

  #pair(candidate: string, reference: string | readonly string[]): NumberedPair {
    const given = typeof reference === "string" ? [reference] : reference;
    let length = candidate.length + 1;
    for (const text of given) length += text.length + 1;
    const start = this.#length;
    if (start + length > this.#words.length) {
      const more = new Int32Array(2 * (start + length)); // a text has fewer words than code units
      more.set(this.#words);
      this.#words = more;
    }
    this.#numbers.begin();
    this.#pairWords.begin(length);
    const first = this.#text(candidate);
    const references: NumberedText[] = [];
    for (const text of given) {
      const read = first && this.#text(text);
      if (read) references.push(read);
    }
    if (first === undefined || references.length < given.length) {
      this.#length = start;
      return this.#pair(candidate.toLowerCase(), given.map((text) => text.toLowerCase()));
    }
    const local = this.#tokenizer === "rouge_score" && this.#stemOf === undefined;
    const distinct = local ? this.#pairWords.distinct : this.#numbers.size;
    return { candidate: first, references, distinct };
  }

  /** Undefined for a text that has to be given in lower case. */
  #text(text: string): NumberedText | undefined {
    const start = this.#length;
    if (this.#tokenizer === "unicode") {
      const lineEnds = this.#unicodeWords(text.normalize("NFC").toLowerCase());
      return { start, end: this.#length, lineEnds };
    }
    const end = this.#pairWords.add(text, this.#words, start, this.#stemOf);
    if (end < 0) return undefined;
    this.#length = end;
    return { start, end, lineEnds: this.#pairWords.lineEnds };
  }

  #unicodeWords(text: string): readonly number[] {
    const lineEnds: number[] = [];
    for (const { 0: word } of text.matchAll(UNICODE_WORD)) {
      if (word === "\n") lineEnds.push(this.#length);
      else this.#words[this.#length++] = this.#numbers.of(this.#vocabulary.exact(word));
    }
    return lineEnds;
  }
}

function stemOf(word: string): string {
  return word.length > 3 ? porterStem(word) : word;
}
