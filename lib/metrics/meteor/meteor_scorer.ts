/** Aligning words by METEOR. @module */

import { porterStem } from "../porter.ts";
import { Vocabulary } from "../words/vocabulary.ts";
import { type MeteorTokenizer, readMeteorWords } from "./meteor_words.ts";
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
  /** By word or stem, and by entry: 1 + the last free word of the reference; 0 for none. */
  #lastOf = new Int32Array(1024);
  readonly #lastOfEntry: Int32Array;
  readonly #reference = new Side();
  readonly #candidate = new Side();

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
    return this.#best(references, candidate, (words, side) => {
      side.begin(words.length);
      for (const word of words) side.words[side.length++] = this.#words.exact(word.toLowerCase());
    });
  }

  /**
   * The same of texts, which are cut into words.
   *
   * @throws {Error} when there is no reference
   */
  scoreTexts(references: readonly string[], candidate: string, tokenizer: MeteorTokenizer): number {
    return this.#best(references, candidate, (text, side) => {
      side.begin(text.length);
      side.length = readMeteorWords(text, tokenizer, this.#words, side.words);
    });
  }

  #best<T>(references: readonly T[], candidate: T, read: (text: T, side: Side) => void): number {
    if (references.length === 0) {
      throw new Error("meteor: got 0 references for a candidate. Give at least one.");
    }
    read(candidate, this.#candidate);
    let best = 0;
    for (const reference of references) {
      read(reference, this.#reference);
      best = Math.max(best, this.#single());
    }
    return best;
  }

  #single(): number {
    this.#align();
    const { matches, chunks } = this.#alignment();
    if (matches === 0) return 0;
    const { alpha, beta, gamma } = this.#parameters;
    const precision = matches / this.#candidate.length;
    const recall = matches / this.#reference.length;
    const mean = precision * recall / (alpha * precision + (1 - alpha) * recall);
    return (1 - gamma * (chunks / matches) ** beta) * mean;
  }

  #align(): void {
    const [reference, candidate] = [this.#reference, this.#candidate];
    if (this.#words.size > this.#lastOf.length) this.#lastOf = new Int32Array(2 * this.#words.size);
    this.#matchWords(reference, candidate);
    if (reference.free === 0 || candidate.free === 0) return;
    this.#matchStems(reference, candidate);
    this.#matchSynonyms(reference, candidate);
  }

  /** Matches words that are the same. Here and below, indices run to the length of a side, or of what is free of it. */
  #matchWords(reference: Side, candidate: Side): void {
    const lastOf = this.#lastOf;
    for (let j = 0; j < reference.length; j++) {
      const word = reference.words[j]!;
      reference.partners[j] = 0;
      reference.before[j] = lastOf[word]!;
      lastOf[word] = j + 1;
    }
    candidate.free = 0;
    for (let i = candidate.length - 1; i >= 0; i--) {
      const word = candidate.words[i]!;
      const last = lastOf[word]!;
      candidate.partners[i] = last;
      if (last === 0) candidate.add(word, i);
      else {
        lastOf[word] = reference.before[last - 1]!;
        reference.partners[last - 1] = 1;
      }
    }
    reference.free = 0;
    for (let j = 0; j < reference.length; j++) {
      const word = reference.words[j]!;
      lastOf[word] = 0;
      if (reference.partners[j] === 0) reference.add(word, j);
    }
  }

  /** Matches words whose stems are the same; what is free are stems then. */
  #matchStems(reference: Side, candidate: Side): void {
    const lastOf = this.#lastOf; // there are no more stems than words
    for (let k = 0; k < reference.free; k++) {
      const stem = reference.freeWords[k] = this.#stem(reference.freeWords[k]!);
      reference.before[k] = lastOf[stem]!;
      lastOf[stem] = k + 1;
    }
    for (let i = 0; i < candidate.free; i++) {
      const stem = candidate.freeWords[i] = this.#stem(candidate.freeWords[i]!);
      const last = lastOf[stem]!;
      if (last === 0) continue;
      lastOf[stem] = reference.before[last - 1]!;
      this.#match(i, last - 1);
    }
    for (let k = 0; k < reference.free; k++) lastOf[reference.freeWords[k]!] = 0;
    candidate.keepFree();
    reference.keepFree();
  }

  /** Matches stems with stems that WordNet has in a synset with them. */
  #matchSynonyms(reference: Side, candidate: Side): void {
    const lastOf = this.#lastOfEntry;
    let offered = 0;
    for (let k = 0; k < reference.free; k++) {
      const entry = this.#entry(reference.freeWords[k]!);
      if (entry < 0) continue;
      reference.before[k] = lastOf[entry]!; // entry < wordnet.size
      lastOf[entry] = k + 1;
      offered++;
    }
    if (offered === 0) return;
    for (let i = 0; i < candidate.free; i++) {
      const synonyms = this.#synonyms(candidate.freeWords[i]!);
      let last = 0;
      let of = 0;
      for (let at = 0; at < synonyms.length; at++) {
        const entry = synonyms[at]!;
        if (lastOf[entry]! > last) {
          last = lastOf[entry]!;
          of = entry;
        }
      }
      if (last === 0) continue;
      lastOf[of] = reference.before[last - 1]!;
      this.#match(i, last - 1);
    }
    for (let k = 0; k < reference.free; k++) {
      const entry = this.#entry(reference.freeWords[k]!);
      if (entry >= 0) lastOf[entry] = 0;
    }
  }

  /** Matches the `i`th free word of the candidate with the `k`th of the reference. */
  #match(i: number, k: number): void {
    const [at, to] = [this.#candidate.places[i]!, this.#reference.places[k]!]; // i and k are below what is free
    this.#candidate.partners[at] = to + 1;
    this.#reference.partners[to] = 1;
  }

  /** How many words are matched, and into how many runs of neighbours in both texts they fall. */
  #alignment(): { matches: number; chunks: number } {
    const { partners, length } = this.#candidate;
    let matches = 0;
    let chunks = 0;
    let before = 0;
    for (let i = 0; i < length; i++) {
      const place = partners[i]!; // i < length
      if (place > 0) {
        matches++;
        if (before === 0 || place !== before + 1) chunks++;
      }
      before = place;
    }
    return { matches, chunks };
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

/** The words of a text, and which of them are matched. */
class Side {
  words = new Int32Array(256);
  length = 0;
  /** By place, 0 for a word that is not matched; in the candidate, 1 + the place of its partner for one that is. */
  partners = new Int32Array(256);
  /** The words that the stages before have left, or their stems: the reference's from first to last, the candidate's from last to first. */
  freeWords = new Int32Array(256);
  /** Their places in the text. */
  places = new Int32Array(256);
  /** How many they are. */
  free = 0;
  /** In the reference, by place or by free word: 1 + the one before it that is the same; 0 for none. */
  before = new Int32Array(256);

  /** Makes room for a text of at most so many words. */
  begin(most: number): void {
    this.length = 0;
    if (most <= this.words.length) return;
    this.words = new Int32Array(2 * most);
    this.partners = new Int32Array(2 * most);
    this.freeWords = new Int32Array(2 * most);
    this.places = new Int32Array(2 * most);
    this.before = new Int32Array(2 * most);
  }

  add(word: number, place: number): void {
    this.freeWords[this.free] = word;
    this.places[this.free++] = place;
  }

  /** Leaves out what was matched since. */
  keepFree(): void {
    const free = this.free;
    this.free = 0;
    for (let i = 0; i < free; i++) {
      const place = this.places[i]!; // i < free
      if (this.partners[place] === 0) this.add(this.freeWords[i]!, place);
    }
  }
}
