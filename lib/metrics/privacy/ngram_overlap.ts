/** How much of the training text a synthetic corpus repeats, in n-grams of words. @module */

import { CopiedText, type Side } from "./copied_text.ts";

/** A share of n-grams; null where the side has none of this length. */
export interface NgramShare {
  readonly shared: number;
  readonly of: number;
  readonly share: number | null;
}

/** The n-grams of one length. Recall is of the training text's n-grams, precision of the synthetic text's. */
export interface NgramOverlap {
  readonly n: number;
  /** Each distinct n-gram counts once. */
  readonly recall: NgramShare;
  readonly precision: NgramShare;
  /** Each place counts at which an n-gram begins. */
  readonly recallOfPlaces: NgramShare;
  readonly precisionOfPlaces: NgramShare;
}

/** What the numbers are: words as `WordReader` reads them, n-grams within letters. */
export const NGRAM_SIGNATURE = "ngram-overlap|words:folded|within:letter|v1";

/**
 * The n-gram recall and precision of a synthetic corpus against its training text, for n from 1 to `longest`. Recall is the
 * share of the distinct n-grams of the training text that the synthetic one has somewhere, precision the share of the
 * distinct n-grams of the synthetic text that stand in the training text. No n-gram goes over the end of a letter.
 *
 * @throws {Error} when `longest` is no whole number from 1 to 255
 *
 * @example
 * ```ts
 * import { CopiedText } from "./copied_text.ts";
 * import { ngramOverlap } from "./ngram_overlap.ts";
 * import { deepEqual } from "node:assert/strict";
 * const copied = new CopiedText(["no chest pain, no fever"], ["chest pain and fever"]);
 * const [words, pairs] = ngramOverlap(copied, 2);
 * deepEqual(words?.recall, { shared: 3, of: 4, share: 0.75 });
 * deepEqual(words?.recallOfPlaces, { shared: 3, of: 5, share: 0.6 });
 * deepEqual(pairs?.precision, { shared: 1, of: 3, share: 1 / 3 });
 * ```
 */
export function ngramOverlap(copied: CopiedText, longest = 10): NgramOverlap[] {
  if (!(Number.isInteger(longest) && longest >= 1 && longest <= 255)) {
    throw new Error(`ngramOverlap: longest is ${longest}. Give a whole number from 1 to 255.`);
  }
  const left = wordsLeft(copied, longest);
  const distinct = distinctNgrams(copied, left, longest);
  const [train, synthetic] = [copied.train, copied.synthetic].map((side) => places(side, left, longest));
  return Array.from({ length: longest }, (_, i) => {
    const n = i + 1;
    const of = (shared: Float64Array | undefined, all: Float64Array | undefined): NgramShare => {
      const [part, whole] = [shared?.[n] ?? 0, all?.[n] ?? 0];
      return { shared: part, of: whole, share: whole > 0 ? part / whole : null };
    };
    return {
      n,
      recall: of(distinct.both, distinct.train),
      precision: of(distinct.both, distinct.synthetic),
      recallOfPlaces: of(train?.shared, train?.all),
      precisionOfPlaces: of(synthetic?.shared, synthetic?.all),
    };
  });
}

/**
 * For each synthetic letter the share of its n-grams, place by place, that stand in the training text: what `precisionOfPlaces`
 * sums up, with the letter as the unit of intervals and tests. NaN for a letter of fewer than n words.
 *
 * @throws {Error} when n is no positive whole number
 *
 * @example
 * ```ts
 * import { CopiedText } from "./copied_text.ts";
 * import { letterNgramPrecision } from "./ngram_overlap.ts";
 * import { deepEqual } from "node:assert/strict";
 * const copied = new CopiedText(["no chest pain"], ["chest pain and fever", "pain"]);
 * deepEqual([...letterNgramPrecision(copied, 2)], [1 / 3, NaN]);
 * ```
 */
export function letterNgramPrecision(
  { synthetic: { lengths, ends, from } }: CopiedText,
  n: number,
): Float64Array {
  if (!(Number.isInteger(n) && n > 0)) {
    throw new Error(`letterNgramPrecision: n is ${n}. Give a positive whole number.`);
  }
  let start = from;
  return Float64Array.from(ends, (end) => {
    const all = Math.max(0, end - start - n + 1);
    let shared = 0;
    for (let at = start; at < start + all; at++) if (lengths[at - from]! >= n) shared++; // at < end
    start = end + 1;
    return all > 0 ? shared / all : NaN;
  });
}

/** By place, how many words are left in the letter, `longest` for more. */
function wordsLeft({ train, synthetic, symbols }: CopiedText, longest: number): Uint8Array {
  const left = new Uint8Array(symbols.length);
  for (const { ends, from } of [train, synthetic]) {
    let start = from;
    for (const end of ends) {
      for (let at = end - 1; at >= start; at--) left[at] = Math.min(left[at + 1]! + 1, longest); // the end has 0
      start = end + 1;
    }
  }
  return left;
}

/** How many places of a side begin an n-gram, and how many one that the other side has; by n. */
function places({ lengths, from, to }: Side, left: Uint8Array, longest: number) {
  const [all, shared] = [new Float64Array(longest + 2), new Float64Array(longest + 2)];
  for (let at = from; at < to; at++) {
    const here = left[at]!; // at < to
    const common = Math.min(lengths[at - from]!, here);
    all[here]!++; // here ≤ longest
    shared[common]!++;
  }
  for (const counts of [all, shared]) for (let n = longest; n > 0; n--) counts[n]! += counts[n + 1]!;
  return { all, shared };
}

/**
 * An n-gram is counted at the first suffix, in their order, that begins with it: the first of its side, or of both. That is
 * the first where the one before shares less than n, so a suffix counts for each n above that, up to the words it has left.
 */
function distinctNgrams({ order, shared, train }: CopiedText, left: Uint8Array, longest: number) {
  const counts = () => new Float64Array(longest + 2);
  const distinct = { train: counts(), synthetic: counts(), both: counts() };
  const add = (to: Float64Array, above: number, upTo: number) => {
    if (above >= upTo) return;
    to[above + 1]!++; // upTo ≤ longest
    to[upTo + 1]!--;
  };
  let [trainShares, syntheticShares] = [0, 0]; // what the last suffix of each side shares with the one at hand
  for (let k = 0; k < order.length; k++) {
    const at = order[k]!; // k < length
    const [common, words] = [shared[at]!, left[at]!];
    if (common < trainShares) trainShares = common;
    if (common < syntheticShares) syntheticShares = common;
    add(distinct.both, common, words);
    if (at < train.to) {
      add(distinct.train, trainShares, words);
      trainShares = longest;
    } else {
      add(distinct.synthetic, syntheticShares, words);
      syntheticShares = longest;
    }
  }
  for (const side of [distinct.train, distinct.synthetic, distinct.both]) {
    for (let n = 1; n <= longest; n++) side[n]! += side[n - 1]!;
  }
  // So far `both` holds what stands on either side.
  distinct.both.forEach((either, n) =>
    distinct.both[n] = distinct.train[n]! + distinct.synthetic[n]! - either
  );
  return distinct;
}
