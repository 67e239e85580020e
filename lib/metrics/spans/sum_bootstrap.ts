/** Intervals of scores that are made of sums over letters, by the bootstrap over letters. @module */

import { bcaInterval, type Interval } from "../stats/bootstrap_interval.ts";
import { resamplePlan, usualResamples } from "../stats/resample_plan.ts";

/** An interval of a score; `method` as in {@linkcode Interval}. */
export type ScoreInterval = Pick<Interval, "low" | "high" | "method">;

/** Options of intervals over letters. */
export interface SumBootstrapOptions {
  /** Confidence between 0 and 1; default 0.95. */
  readonly level?: number;
  /** Decides which letters are drawn; default 42. */
  readonly seed?: number | string;
  /** Default {@linkcode usualResamples}. */
  readonly resamples?: number;
}

/** A sum or a score in each resample, and with each letter left out. */
export interface Replicates {
  readonly resampled: Float64Array;
  readonly leftOut: Float64Array;
}

/**
 * The bootstrap of scores that are made of sums over letters, such as precision: the letter is what is drawn, so that the
 * spans of one letter stay together, and all scores share the draws.
 *
 * @throws {Error} for fewer than two letters
 *
 * @example
 * ```ts
 * import { ratio, SumBootstrap } from "./sum_bootstrap.ts";
 * import { ok } from "node:assert/strict";
 * const bootstrap = new SumBootstrap(4);
 * const precision = ratio(bootstrap.sums([3, 2, 5, 4]), bootstrap.sums([4, 4, 6, 6]));
 * const { low, high } = bootstrap.interval(0.7, precision);
 * ok(0.5 <= low && low < 0.7 && 0.7 < high && high <= 5 / 6);
 * ```
 */
export class SumBootstrap {
  readonly resamples: number;
  readonly level: number;
  /** How often each letter is in each resample: `times[resample * letters + letter]`. */
  readonly #times: Uint16Array;

  constructor(readonly letters: number, options: SumBootstrapOptions = {}) {
    if (!(letters >= 2)) {
      throw new Error(`got ${letters} letters. An interval over letters needs at least 2.`);
    }
    const { level = 0.95, seed = 42 } = options;
    this.level = level;
    this.resamples = options.resamples ?? usualResamples(letters);
    const { indices } = resamplePlan(letters, { resamples: this.resamples, seed });
    this.#times = new Uint16Array(indices.length);
    for (let i = 0; i < indices.length; i++) {
      this.#times[i - i % letters + indices[i]!]!++; // i < length, and every index is below letters
    }
  }

  /** The sum over letters of what each letter adds. */
  sums(column: ArrayLike<number>): Replicates {
    if (column.length !== this.letters) {
      throw new Error(`${column.length} values for ${this.letters} letters. Give one value a letter.`);
    }
    const values = Float64Array.from(column);
    const held = Uint32Array.from([...values.keys()].filter((i) => values[i] !== 0));
    const resampled = new Float64Array(this.resamples);
    const times = this.#times;
    for (let r = 0; r < resampled.length; r++) {
      let sum = 0;
      const row = r * this.letters;
      for (let k = 0; k < held.length; k++) {
        const letter = held[k]!; // k < length
        sum += times[row + letter]! * values[letter]!; // letter < letters
      }
      resampled[r] = sum;
    }
    const total = values.reduce((sum, value) => sum + value, 0);
    return { resampled, leftOut: values.map((value) => total - value) };
  }

  /**
   * The BCa interval of a score from its replicates, its acceleration from the jackknife.
   *
   * Source: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, section 14.3.
   *
   * @throws {Error} when the level is not between 0 and 1
   */
  interval(score: number, { resampled, leftOut }: Replicates): ScoreInterval {
    const mean = leftOut.reduce((sum, value) => sum + value, 0) / leftOut.length;
    // What each letter adds to the score: the mean is the score, and the skewness gives BCa its acceleration.
    const influences = leftOut.map((value) => score + (leftOut.length - 1) * (mean - value));
    return bcaInterval(influences, resampled.toSorted(), this.level);
  }
}

/**
 * The ratio of two sums; 0 where nothing is below.
 *
 * @example
 * ```ts
 * import { ratio, SumBootstrap } from "./sum_bootstrap.ts";
 * import { deepEqual } from "node:assert/strict";
 * const bootstrap = new SumBootstrap(2);
 * const { leftOut } = ratio(bootstrap.sums([1, 5]), bootstrap.sums([2, 0]));
 * deepEqual([...leftOut], [0, 0.5]);
 * ```
 */
export function ratio(above: Replicates, below: Replicates): Replicates {
  return combine(above, below, (a, b) => b > 0 ? a / b : 0);
}

/** The sum of two sums, or of two scores. */
export function plus(left: Replicates, right: Replicates): Replicates {
  return combine(left, right, (a, b) => a + b);
}

/** What one sum, or score, has more than another. */
export function minus(left: Replicates, right: Replicates): Replicates {
  return combine(left, right, (a, b) => a - b);
}

function combine(left: Replicates, right: Replicates, make: (a: number, b: number) => number): Replicates {
  return {
    resampled: left.resampled.map((value, r) => make(value, right.resampled[r] ?? NaN)),
    leftOut: left.leftOut.map((value, i) => make(value, right.leftOut[i] ?? NaN)),
  };
}
