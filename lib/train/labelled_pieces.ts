/** Labelled words as the pieces that a model sees. @module */

import { IGNORED } from "./cross_entropy.ts";

/** A sentence, word by word. */
export interface LabelledWords {
  readonly words: readonly string[];
  /** One a word. */
  readonly labels: readonly string[];
  /** Where the sentence is from, for error messages: `train.tsv:12`. */
  readonly at: string;
}

/** What is needed of a tokenizer. */
export interface WordTokenizer {
  /** The pieces of words, and for each word the place of its first one; −1 where it has none. */
  encodeWords(
    words: readonly string[],
  ): { readonly ids: readonly number[]; readonly first: readonly number[] };
  /** The special pieces before and after a text. */
  readonly around: { readonly before: readonly number[]; readonly after: readonly number[] };
}

/** What a model sees of a sentence, or of a part of a long one, and what it is asked. */
export interface LabelledPieces {
  readonly ids: readonly number[];
  /** The label of a word at its first piece; {@linkcode IGNORED} at the others and at special pieces. */
  readonly labels: readonly number[];
}

/**
 * Pieces with labels on the first piece of each word (Devlin et al. 2019, section 5.3). A sentence that is too long is cut
 * between words; a word that has no piece (an invisible character) asks nothing.
 *
 * @param labels the label set, in the order of its ids
 * @param longest pieces a text, special ones included
 * @throws Error naming the place and the label that is not in the set
 *
 * @example
 * ```ts
 * import { labelledPieces } from "./labelled_pieces.ts";
 * import { deepEqual } from "node:assert/strict";
 * const tokenizer = {
 *   encodeWords: () => ({ ids: [9, 7, 8], first: [0, 1] }),
 *   around: { before: [2], after: [3] },
 * };
 * const sentence = { words: ["no", "fever"], labels: ["O", "SIGN"], at: "a.tsv:1" };
 * deepEqual(labelledPieces(sentence, tokenizer, ["O", "SIGN"], 16), [
 *   { ids: [2, 9, 7, 8, 3], labels: [-100, 0, 1, -100, -100] },
 * ]);
 * ```
 */
export function labelledPieces(
  sentence: LabelledWords,
  tokenizer: WordTokenizer,
  labels: readonly string[],
  longest: number,
): LabelledPieces[] {
  const { before, after } = tokenizer.around;
  const room = longest - before.length - after.length;
  const { ids, first } = tokenizer.encodeWords(sentence.words);
  const begins = new Map(first.map((piece, word) => [piece, word]));
  const parts: { ids: number[]; labels: number[] }[] = [];
  for (const [piece, word] of begins) {
    if (piece < 0) continue;
    const label = labels.indexOf(sentence.labels[word] ?? "");
    if (label < 0) {
      throw new Error(
        `${sentence.at}: label "${sentence.labels[word]}" is not among ${
          labels.join(", ")
        }. Name all labels.`,
      );
    }
    let end = piece + 1;
    while (end < ids.length && !begins.has(end)) end++;
    const pieces = ids.slice(piece, Math.min(end, piece + room));
    let part = parts.at(-1);
    if (!part || part.ids.length + pieces.length > room) parts.push(part = { ids: [], labels: [] });
    part.ids.push(...pieces);
    part.labels.push(label, ...pieces.slice(1).map(() => IGNORED));
  }
  return parts.map(({ ids, labels }) => ({
    ids: [...before, ...ids, ...after],
    labels: [...before.map(() => IGNORED), ...labels, ...after.map(() => IGNORED)],
  }));
}
