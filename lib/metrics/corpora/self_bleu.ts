/** How much the letters of a corpus repeat one another. @module */

import { BLEU_ORDER, bleuScore } from "../bleu/bleu_score.ts";
import { bleuWords } from "../bleu/bleu_words.ts";

/**
 * Self-BLEU: the mean, over the letters of a corpus, of the sentence BLEU of each with all others as its references, between 0
 * and 100; the higher, the more alike they are. Equal to sacrebleu 2.6.0's `sentence_bleu` (13a, exp, effective order) of
 * each. All letters are counted once, whatever their number. Letters without a word are left out; NaN where fewer than two
 * are left.
 *
 * Source: Y. Zhu et al., "Texygen: a benchmarking platform for text generation models", SIGIR 2018.
 *
 * @example
 * ```ts
 * import { selfBleu } from "./self_bleu.ts";
 * import { equal } from "node:assert/strict";
 * equal(Math.round(selfBleu(["no chest pain at all", "no chest pain at all"])), 100);
 * equal(selfBleu(["no chest pain", "feels fine today"]), 0);
 * ```
 */
export function selfBleu(texts: Iterable<string>): number {
  const ids = new Map<string, number>();
  const letters = Array.from(texts, (text) => bleuWords(text, "13a")).filter(({ length }) => length > 0)
    .map((words) => Int32Array.from(words, (word) => numberOf(ids, word)));
  if (letters.length < 2) return NaN;
  const orders = gramsByOrder(letters);
  const lengths = letters.map(({ length }) => length).sort((a, b) => a - b);
  const scores = letters.map(({ length }, i) => {
    const { score } = bleuScore({
      matches: orders.map(({ counts, most }) => matched(counts[i] ?? new Map(), most, i)),
      totals: orders.map((_, n) => Math.max(0, length - n)),
      candidateLength: length,
      referenceLength: nearestOther(lengths, length),
    }, { effectiveOrder: true });
    return score;
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Of an n-gram: the letter that has it most often, how often, and how often any other has it at most. */
interface Most {
  readonly letter: number;
  readonly first: number;
  readonly second: number;
}

interface Order {
  readonly counts: readonly ReadonlyMap<number, number>[];
  readonly most: ReadonlyMap<number, Most>;
}

/** The n-grams of every letter for n = 1 to 4, as numbers. */
function gramsByOrder(letters: readonly Int32Array[]): Order[] {
  const orders: Order[] = [];
  let grams = letters;
  for (let n = 1; n <= BLEU_ORDER; n++) {
    if (n > 1) {
      const ids = new Map<number, number>();
      grams = grams.map((of, i) =>
        Int32Array.from(
          { length: Math.max(0, of.length - 1) },
          (_, at) => numberOf(ids, (of[at] ?? 0) * 2 ** 26 + (letters[i]?.[at + n - 1] ?? 0)),
        )
      );
    }
    const counts = grams.map(countsOf);
    const most = new Map<number, Most>();
    counts.forEach((of, letter) => {
      for (const [gram, count] of of) most.set(gram, withCount(most.get(gram), letter, count));
    });
    orders.push({ counts, most });
  }
  return orders;
}

function withCount(most: Most | undefined, letter: number, count: number): Most {
  if (!most) return { letter, first: count, second: 0 };
  if (count > most.first) return { letter, first: count, second: most.first };
  return count > most.second ? { ...most, second: count } : most;
}

function matched(
  counts: ReadonlyMap<number, number>,
  most: ReadonlyMap<number, Most>,
  letter: number,
): number {
  let sum = 0;
  for (const [gram, count] of counts) {
    const { letter: owner = -1, first = 0, second = 0 } = most.get(gram) ?? {};
    sum += Math.min(count, owner === letter ? second : first);
  }
  return sum;
}

function countsOf(grams: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return counts;
}

/** The length nearest to that of a letter among all lengths but one of its own, the shorter of two. */
function nearestOther(sorted: readonly number[], length: number): number {
  const at = sorted.indexOf(length);
  const [before = -Infinity, after = Infinity] = [sorted[at - 1], sorted[at + 1]];
  return length - before <= after - length ? before : after;
}

function numberOf<K>(table: Map<K, number>, key: K): number {
  const known = table.get(key);
  if (known !== undefined) return known;
  table.set(key, table.size);
  return table.size - 1;
}
