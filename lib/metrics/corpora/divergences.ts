/** Divergences of two distributions over things that are counted. @module */

import type { Counts } from "./ngram_table.ts";

/** What is added to each count before a Kullback–Leibler divergence: Jeffreys' prior, Krichevsky–Trofimov's smoothing. */
export const SMOOTHING = 0.5;

/**
 * The Jensen–Shannon divergence of two lists of counts over the same things, in bits: with p and q their shares and m the
 * mean of both, (KL(p|m) + KL(q|m)) / 2. 0 for equal shares, 1 for corpora that share nothing, symmetric, and finite whatever
 * is absent from one of them. A list that ends early has none of the rest.
 *
 * Source: J. Lin, "Divergence measures based on the Shannon entropy", IEEE Trans. Information Theory 37, 1991.
 *
 * @throws {Error} where a list counts nothing, or a count is negative or not finite
 *
 * @example
 * ```ts
 * import { jensenShannon } from "./divergences.ts";
 * import { equal } from "node:assert/strict";
 * equal(jensenShannon([1, 1], [2, 2]), 0);
 * equal(jensenShannon([3, 0], [0, 5]), 1);
 * ```
 */
export function jensenShannon(a: Counts, b: Counts): number {
  const [p, q] = [shares(a, Math.max(a.length, b.length), 0), shares(b, Math.max(a.length, b.length), 0)];
  const middle = p.map((x, i) => (x + (q[i] ?? 0)) / 2);
  return Math.min(1, Math.max(0, (kullbackLeibler(p, middle) + kullbackLeibler(q, middle)) / 2));
}

/**
 * The Kullback–Leibler divergence KL(a|b) of two lists of counts over the same things, in bits, half a count being added to
 * everything that either list counts: finite where something is absent from one of them, and 0 for equal lists.
 *
 * Source: S. Kullback, R. A. Leibler, "On information and sufficiency", Annals of Mathematical Statistics 22, 1951;
 * R. Krichevsky, V. Trofimov, "The performance of universal encoding", IEEE Trans. Information Theory 27, 1981.
 *
 * @throws {Error} where a list counts nothing, or a count is negative or not finite
 *
 * @example
 * ```ts
 * import { smoothedKullbackLeibler } from "./divergences.ts";
 * import { equal } from "node:assert/strict";
 * equal(smoothedKullbackLeibler([1, 1], [1, 1]), 0);
 * equal(smoothedKullbackLeibler([3, 0], [0, 3]).toFixed(9), (0.75 * Math.log2(7)).toFixed(9));
 * ```
 */
export function smoothedKullbackLeibler(a: Counts, b: Counts): number {
  const length = Math.max(a.length, b.length);
  const seen = Array.from({ length }, (_, i) => i).filter((i) => (a[i] ?? 0) + (b[i] ?? 0) !== 0);
  const [one, other] = [a, b].map((counts) => {
    shares(counts, length, 0); // nothing counted is an error, and half a count a thing would hide it
    return shares(seen.map((i) => counts[i] ?? 0), seen.length, SMOOTHING);
  });
  return Math.max(0, kullbackLeibler(one ?? [], other ?? []));
}

function shares(counts: Counts, length: number, added: number): number[] {
  const all = Array.from({ length }, (_, i) => (counts[i] ?? 0) + added);
  const bad = all.findIndex((count) => !(count >= 0 && count < Infinity));
  if (bad >= 0) throw new Error(`divergence: count ${bad} is ${all[bad]}. Give counts from 0 up.`);
  const total = all.reduce((sum, count) => sum + count, 0);
  if (total === 0) throw new Error("divergence: a corpus counts nothing. Give one that has some.");
  return all.map((count) => count / total);
}

/** In bits; q is positive wherever p is. */
function kullbackLeibler(p: readonly number[], q: readonly number[]): number {
  return p.reduce((sum, x, i) => x === 0 ? sum : sum + x * Math.log2(x / (q[i] ?? 0)), 0);
}
