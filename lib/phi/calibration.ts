/** How far a tagger's probabilities can be believed, and making them believable. @module */

/** Words of texts with what a tagger says of them, and what they are. */
export interface JudgedWords {
  /** ln p of every tag at every word, row after row. */
  readonly scores: Float32Array;
  /** For each word the place of its tag. */
  readonly wanted: Int32Array;
  /** Tags a row. */
  readonly count: number;
}

/**
 * The temperature by which scores are divided so that they cost least: the minimum of the mean of −ln p of the right tags (Guo et al., ICML 2017),
 * found by golden-section search on its logarithm between 1/8 and 8, in which it has one minimum.
 *
 * @throws {Error} where there are no words
 *
 * @example
 * ```ts
 * import { temperatureOf } from "./calibration.ts";
 * import { ok } from "node:assert/strict";
 * // Says 0.99 and is right three times of four.
 * const row = [Math.log(0.99), Math.log(0.01)];
 * const words = { scores: Float32Array.from([row, row, row, row].flat()), wanted: Int32Array.of(0, 0, 0, 1), count: 2 };
 * ok(Math.abs(temperatureOf(words) - Math.log(99) / Math.log(3)) < 1e-3);
 * ```
 */
export function temperatureOf(words: JudgedWords): number {
  if (words.wanted.length === 0) throw new Error("no words to calibrate on. Give texts with words.");
  const cost = (log: number) => meanCost(words, Math.exp(log));
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [-Math.log(8), Math.log(8)];
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [atLeft, atRight] = [cost(left), cost(right)];
  while (high - low > 1e-4) {
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - ratio * (high - low);
      atLeft = cost(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + ratio * (high - low);
      atRight = cost(right);
    }
  }
  return Math.exp((low + high) / 2);
}

function meanCost({ scores, wanted, count }: JudgedWords, temperature: number): number {
  let sum = 0;
  for (const [word, tag] of wanted.entries()) {
    let total = 0;
    for (let i = 0; i < count; i++) total += Math.exp((scores[word * count + i] ?? 0) / temperature);
    sum += Math.log(total) - (scores[word * count + tag] ?? 0) / temperature;
  }
  return sum / wanted.length;
}

/**
 * p of every tag at every word after division by a temperature.
 *
 * @example
 * ```ts
 * import { tempered } from "./calibration.ts";
 * import { deepEqual } from "node:assert/strict";
 * const scores = Float32Array.of(Math.log(0.8), Math.log(0.2));
 * deepEqual(tempered(scores, 2, 1).map((p) => Math.round(100 * p)), Float32Array.of(80, 20));
 * deepEqual(tempered(scores, 2, 2).map((p) => Math.round(100 * p)), Float32Array.of(67, 33));
 * ```
 */
export function tempered(scores: Float32Array, count: number, temperature: number): Float32Array {
  const result = new Float32Array(scores.length);
  for (let row = 0; row < scores.length; row += count) {
    let total = 0;
    for (let i = row; i < row + count; i++) total += result[i] = Math.exp((scores[i] ?? 0) / temperature);
    for (let i = row; i < row + count; i++) result[i] = (result[i] ?? 0) / total;
  }
  return result;
}

/**
 * The expected calibration error: the mean distance between what is said and what is so, over bins of equal numbers of words, in the order of what is
 * said (Nguyen & O'Connor, EMNLP 2015; Guo et al. 2017 with bins of equal width).
 *
 * @param said probabilities
 * @param so 1 where it was so, 0 where it was not
 *
 * @example
 * ```ts
 * import { expectedCalibrationError } from "./calibration.ts";
 * import { equal } from "node:assert/strict";
 * equal(expectedCalibrationError(Float32Array.of(0, 0, 0.5, 0.5), Uint8Array.of(0, 0, 1, 0), 2), 0);
 * equal(expectedCalibrationError(Float32Array.of(0, 0, 1, 1), Uint8Array.of(0, 0, 1, 0), 2), 0.25);
 * ```
 */
export function expectedCalibrationError(said: Float32Array, so: Uint8Array, bins = 100): number {
  const order = Uint32Array.from(said.keys()).sort((a, b) => (said[a] ?? 0) - (said[b] ?? 0) || a - b);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const own = order.subarray(
      Math.floor(bin * order.length / bins),
      Math.floor((bin + 1) * order.length / bins),
    );
    let gap = 0;
    for (const word of own) gap += (said[word] ?? 0) - (so[word] ?? 0);
    error += Math.abs(gap);
  }
  return error / Math.max(1, order.length);
}
