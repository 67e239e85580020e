/** Letters that are nearly the same as one before. @module */

import { fnv1a, mixed } from "../hash.ts";

const bins = 128;
const rows = 4; // of bins a band: letters that share a band are compared
const empty = 0xffffffff;

/** A letter and the earlier one that it is most like. */
export interface NearDuplicate {
  readonly of: string;
  /** Estimated Jaccard similarity of the two sets of five-word runs, from 0 to 1. */
  readonly similarity: number;
}

/**
 * Finds near duplicates among texts that come one by one, in about two kilobytes a text: a sketch by one permutation of the hashed five-word
 * runs (P. Li, A. Owen, C.-H. Zhang, "One Permutation Hashing", NeurIPS 2012), empty bins filled from full ones (A. Shrivastava, "Optimal
 * Densification", ICML 2017), compared with the first text that has the same 4 of 128 bins in a row: one that is as like as 0.8 has so with a probability of 1 − 5 × 10⁻⁸.
 *
 * @example
 * ```ts
 * import { NearDuplicates } from "./near_duplicates.ts";
 * import { equal } from "node:assert/strict";
 * const seen = new NearDuplicates(0.8);
 * const words = Array.from({ length: 200 }, (_, i) => `word${i}`);
 * equal(seen.add("a", words.join(" ")), undefined);
 * equal(seen.add("b", words.with(100, "other").join(" "))?.of, "a");
 * ```
 */
export class NearDuplicates {
  readonly #least: number;
  readonly #ids: string[] = [];
  readonly #sketches: Uint32Array[] = [];
  readonly #bands: Map<number, number>[] = Array.from({ length: bins / rows }, () => new Map());

  /** @param least the similarity from which two texts count as nearly the same */
  constructor(least: number) {
    this.#least = least;
  }

  /** The earlier text that this one is most like, where it is nearly the same. */
  add(id: string, text: string): NearDuplicate | undefined {
    const sketch = sketchOf(text);
    const number = this.#ids.push(id) - 1;
    this.#sketches.push(sketch);
    const candidates = new Set<number>();
    for (const [band, places] of this.#bands.entries()) {
      let key = band;
      for (let i = band * rows; i < (band + 1) * rows; i++) key = mixed(key ^ (sketch[i] ?? 0));
      const first = places.get(key);
      if (first === undefined) places.set(key, number);
      else candidates.add(first);
    }
    let best: NearDuplicate | undefined;
    for (const other of candidates) {
      const similarity = agreement(sketch, this.#sketches[other] ?? sketch);
      if (similarity >= this.#least && similarity > (best?.similarity ?? 0)) {
        best = { of: this.#ids[other] ?? "", similarity };
      }
    }
    return best;
  }
}

function sketchOf(text: string): Uint32Array {
  const sketch = new Uint32Array(bins).fill(empty);
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const hashes = words.length === 0 ? [fnv1a(text)] : words.map(fnv1a);
  for (let i = 0; i < Math.max(1, hashes.length - 4); i++) {
    let hash = 0;
    for (let j = i; j < Math.min(i + 5, hashes.length); j++) {
      hash = mixed((Math.imul(hash, 31) + (hashes[j] ?? 0)) >>> 0);
    }
    const bin = hash % bins;
    sketch[bin] = Math.min(sketch[bin] ?? empty, mixed(hash ^ 0x5bd1e995));
  }
  const full = sketch.slice();
  for (const [bin, value] of full.entries()) {
    let source = bin;
    for (let round = 1; value === empty && full[source] === empty; round++) {
      source = mixed((bin << 16) ^ round) % bins;
    }
    sketch[bin] = full[source] ?? empty;
  }
  return sketch;
}

function agreement(a: Uint32Array, b: Uint32Array): number {
  let same = 0;
  for (let i = 0; i < bins; i++) if (a[i] === b[i]) same++;
  return same / bins;
}
