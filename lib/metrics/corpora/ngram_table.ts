/** How often two corpora have each of their n-grams. @module */

import { words } from "../../text/words.ts";

/** Counts over one numbering: the n-gram at a place is the same in every corpus. */
export type Counts = readonly number[];

/** A word's number is below this, so that two numbers make one that a double holds. */
const MOST_WORDS = 2 ** 26;

/**
 * Counts the n-grams of texts, words in lower case, with punctuation marks as words of their own (`text/words.ts`); an n-gram
 * does not reach over the end of a text. Corpora that one table counts share its numbering.
 *
 * @example
 * ```ts
 * import { NgramTable } from "./ngram_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const table = new NgramTable(2);
 * deepEqual(table.counts(["No fever. No fever."]), [2, 2, 1]); // no fever, fever ., . no
 * deepEqual(table.counts(["no fever"]), [1]);
 * ```
 */
export class NgramTable {
  readonly #order: number;
  readonly #words = new Map<string, number>();
  /** Of each length from 2 on, numbers by that of all but the last word and that of the last. */
  readonly #longer: Map<number, number>[];

  constructor(order: number) {
    if (!Number.isInteger(order) || order < 1) {
      throw new Error(`n-grams of ${order} words: give a whole number from 1.`);
    }
    this.#order = order;
    this.#longer = Array.from({ length: order - 1 }, () => new Map());
  }

  counts(texts: Iterable<string>): number[] {
    const counts: number[] = [];
    for (const text of texts) {
      const ids = words(text.toLowerCase()).map(({ text }) => numberOf(this.#words, text));
      for (let i = 0; i + this.#order <= ids.length; i++) {
        const gram = this.#longer.reduce(
          (id, table, k) => numberOf(table, id * MOST_WORDS + (ids[i + k + 1] ?? 0)),
          ids[i] ?? 0,
        );
        while (counts.length <= gram) counts.push(0);
        counts[gram] = (counts[gram] ?? 0) + 1;
      }
    }
    return counts;
  }
}

function numberOf<K>(table: Map<K, number>, key: K): number {
  const known = table.get(key);
  if (known !== undefined) return known;
  table.set(key, table.size);
  return table.size - 1;
}
