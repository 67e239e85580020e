/** Aligning words by METEOR. @module */

import { porterStem } from "../porter.ts";
import { Vocabulary } from "../words/vocabulary.ts";
import { type MeteorTokenizer, meteorWords } from "./meteor_words.ts";
import type { WordNet } from "./wordnet.ts";

/** What NLTK's `meteor_score` takes; all defaults are its own. */
export interface MeteorParameters {
  /** The weight of precision's share in the harmonic mean: near 1, recall decides. Default 0.9. */
  readonly alpha?: number;
  /** How steeply the penalty grows with fragmentation. Default 3. */
  readonly beta?: number;
  /** The greatest penalty. Default 0.5. */
  readonly gamma?: number;
}

/**
 * Scores candidates by NLTK 3.10's METEOR: words are matched as they are in lower case, what is left by Porter's stem, and
 * what then is left by WordNet, in which NLTK looks up the stems. Each stage takes words from the end of the candidate and
 * gives each the last free word of the reference that fits. One scorer for many pairs, since it stems and looks up each
 * word once.
 *
 * @example
 * ```ts
 * import { MeteorScorer } from "./meteor_scorer.ts";
 * import { openWordNet } from "./wordnet.ts";
 * import { equal } from "node:assert/strict";
 * const scorer = new MeteorScorer(await openWordNet());
 * const score = scorer.score([["The", "physician", "examined", "him"]], ["the", "doctor", "examines", "him"]);
 * equal(score, 1 - 0.5 * (1 / 4) ** 3);
 * ```
 */
export class MeteorScorer {
  readonly #wordnet: WordNet;
  readonly #parameters: Required<MeteorParameters>;
  readonly #words = new Vocabulary();
  readonly #stems = new Vocabulary();
  /** By word, its stem. */
  readonly #stemOf: number[] = [];
  /** By stem, its entry in WordNet, or -1, and the entries that are its synonyms. */
  readonly #entryOf: number[] = [];
  readonly #synonymsOf: Int32Array[] = [];
  readonly #reference = new Side();
  readonly #candidate = new Side();
  /** By word or stem, and by entry: 1 + the last free word of the reference; 0 for none. */
  #lastOf = new Int32Array(1024);
  readonly #lastOfEntry: Int32Array;
  /** By free word of the reference, 1 + the one before it that is the same; 0 for none. */
  #before = new Int32Array(256);
  /** By place in the candidate, 1 + the place in the reference that it is matched with; 0 for none. */
  #matched = new Int32Array(256);

  constructor(wordnet: WordNet, { alpha = 0.9, beta = 3, gamma = 0.5 }: MeteorParameters = {}) {
    this.#wordnet = wordnet;
    this.#parameters = { alpha, beta, gamma };
    this.#lastOfEntry = new Int32Array(wordnet.size);
  }

  /**
   * The score of a candidate's words against the reference with the highest.
   *
   * @throws {Error} when there is no reference
   */
  score(references: readonly (readonly string[])[], candidate: readonly string[]): number {
    const numbers = (words: readonly string[]) => words.map((word) => this.#words.exact(word.toLowerCase()));
    return this.#best(references.map(numbers), numbers(candidate));
  }

  /**
   * The same of texts, which are cut into words.
   *
   * @throws {Error} when there is no reference
   */
  scoreTexts(references: readonly string[], candidate: string, tokenizer: MeteorTokenizer): number {
    return this.#best(
      references.map((text) => meteorWords(text, tokenizer, this.#words)),
      meteorWords(candidate, tokenizer, this.#words),
    );
  }

  #best(references: readonly (readonly number[])[], candidate: readonly number[]): number {
    if (references.length === 0) {
      throw new Error("meteor: got 0 references for a candidate. Give at least one.");
    }
    return Math.max(...references.map((reference) => this.#single(reference, candidate)));
  }

  #single(reference: readonly number[], candidate: readonly number[]): number {
    this.#align(reference, candidate);
    const { matches, chunks } = this.#alignment(candidate.length);
    if (matches === 0) return 0;
    const { alpha, beta, gamma } = this.#parameters;
    const precision = matches / candidate.length;
    const recall = matches / reference.length;
    const mean = precision * recall / (alpha * precision + (1 - alpha) * recall);
    return (1 - gamma * (chunks / matches) ** beta) * mean;
  }

  #align(reference: readonly number[], candidate: readonly number[]): void {
    const longer = Math.max(reference.length, candidate.length);
    if (longer > this.#matched.length) {
      this.#matched = new Int32Array(2 * longer);
      this.#before = new Int32Array(2 * longer);
    }
    const numbers = Math.max(this.#words.size, this.#stems.size + candidate.length + reference.length);
    if (numbers > this.#lastOf.length) this.#lastOf = new Int32Array(2 * numbers);
    this.#matched.fill(0, 0, candidate.length);
    this.#reference.begin(reference);
    this.#candidate.begin(candidate);
    this.#matchEqual();
    if (this.#reference.length === 0 || this.#candidate.length === 0) return;
    this.#toStems(this.#reference);
    this.#toStems(this.#candidate);
    this.#matchEqual();
    this.#matchSynonyms();
  }

  /** Matches words, or stems, that are the same. Here and below, indices run to the length of their side. */
  #matchEqual(): void {
    const [reference, candidate, lastOf, before] = [
      this.#reference,
      this.#candidate,
      this.#lastOf,
      this.#before,
    ];
    for (let k = 0; k < reference.length; k++) {
      const word = reference.words[k]!;
      before[k] = lastOf[word]!;
      lastOf[word] = k + 1;
    }
    for (let i = candidate.length - 1; i >= 0; i--) {
      const word = candidate.words[i]!;
      const k = lastOf[word]! - 1;
      if (k < 0) continue;
      lastOf[word] = before[k]!;
      this.#match(i, k);
    }
    for (let k = 0; k < reference.length; k++) lastOf[reference.words[k]!] = 0;
    reference.keepFree();
    candidate.keepFree();
  }

  /** Matches stems with stems that WordNet has in a synset with them. */
  #matchSynonyms(): void {
    const [reference, candidate, lastOf, before] = [
      this.#reference,
      this.#candidate,
      this.#lastOfEntry,
      this.#before,
    ];
    for (let k = 0; k < reference.length; k++) {
      const entry = this.#entry(reference.words[k]!);
      if (entry < 0) continue;
      before[k] = lastOf[entry]!; // entry < wordnet.size
      lastOf[entry] = k + 1;
    }
    for (let i = candidate.length - 1; i >= 0; i--) {
      const synonyms = this.#synonyms(candidate.words[i]!);
      let [last, of] = [0, 0];
      for (let at = 0; at < synonyms.length; at++) {
        const entry = synonyms[at]!; // at < synonyms.length
        if (lastOf[entry]! > last) [last, of] = [lastOf[entry]!, entry];
      }
      if (last === 0) continue;
      lastOf[of] = before[last - 1]!;
      this.#match(i, last - 1);
    }
    for (let k = 0; k < reference.length; k++) {
      const entry = this.#entry(reference.words[k]!);
      if (entry >= 0) lastOf[entry] = 0;
    }
  }

  /** Matches the `i`th free word of the candidate with the `k`th of the reference. */
  #match(i: number, k: number): void {
    this.#matched[this.#candidate.take(i)] = this.#reference.take(k) + 1;
  }

  /** How many words are matched, and into how many runs of neighbours in both texts they fall. */
  #alignment(length: number): { matches: number; chunks: number } {
    let [matches, chunks, before] = [0, 0, 0];
    for (let i = 0; i < length; i++) {
      const place = this.#matched[i]!; // i < length ≤ #matched.length
      if (place > 0) {
        matches++;
        if (before === 0 || place !== before + 1) chunks++;
      }
      before = place;
    }
    return { matches, chunks };
  }

  #toStems(side: Side): void {
    for (let i = 0; i < side.length; i++) side.words[i] = this.#stem(side.words[i]!);
  }

  #stem(word: number): number {
    return this.#stemOf[word] ??= this.#stems.exact(porterStem(this.#words.word(word)));
  }

  #entry(stem: number): number {
    return this.#entryOf[stem] ??= this.#wordnet.numberOf(this.#stems.word(stem));
  }

  #synonyms(stem: number): Int32Array {
    return this.#synonymsOf[stem] ??= this.#wordnet.synonyms(this.#stems.word(stem));
  }
}

/** The words of a text that are not matched yet, and their places in it. */
class Side {
  words = new Int32Array(256);
  #places = new Int32Array(256);
  length = 0;

  begin(words: readonly number[]): void {
    if (words.length > this.words.length) {
      this.words = new Int32Array(2 * words.length);
      this.#places = new Int32Array(2 * words.length);
    }
    this.length = words.length;
    for (let i = 0; i < words.length; i++) {
      this.words[i] = words[i]!; // i < words.length
      this.#places[i] = i;
    }
  }

  /** Takes the `i`th word out, at the next `keepFree()`; gives its place. */
  take(i: number): number {
    const place = this.#places[i]!; // i < length
    this.#places[i] = -1;
    return place;
  }

  keepFree(): void {
    let kept = 0;
    for (let i = 0; i < this.length; i++) {
      if (this.#places[i] === -1) continue;
      this.words[kept] = this.words[i]!; // i < length
      this.#places[kept++] = this.#places[i]!;
    }
    this.length = kept;
  }
}
