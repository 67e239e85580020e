/** Running text cut into windows of equal length. @module */

import { random } from "../random.ts";

export interface PackedWindowsOptions {
  /** Windows a batch. */
  readonly batch: number;
  /** Pieces from the start of a window to the start of the next. */
  readonly step: number;
  /** Pieces that a window has beyond those. Default 0. */
  readonly overlap?: number;
  readonly seed: number;
}

/**
 * All of a text's pieces in windows, cut elsewhere and shuffled anew in each epoch. The batch's number alone decides which
 * windows it holds.
 *
 * @throws Error where the text is shorter than one batch
 *
 * @example
 * ```ts
 * import { PackedWindows } from "./packed_windows.ts";
 * import { equal } from "node:assert/strict";
 * const windows = new PackedWindows(Int32Array.from({ length: 100 }, (_, i) => i), { batch: 2, step: 10, seed: 1 });
 * equal(windows.batchesPerEpoch, 4);
 * equal(windows.batch(0)[0]?.length, 10);
 * ```
 */
export class PackedWindows {
  readonly #pieces: Int32Array;
  readonly #options: Required<PackedWindowsOptions>;
  #epoch = { number: -1, starts: new Int32Array() };

  constructor(pieces: Int32Array, options: PackedWindowsOptions) {
    this.#pieces = pieces;
    this.#options = { overlap: 0, ...options };
    if (this.batchesPerEpoch < 1) {
      const { batch, step, overlap } = this.#options;
      throw new Error(`the text has ${pieces.length} pieces, a batch takes ${batch * step + overlap}`);
    }
  }

  /** How many batches see each piece about once. The odd pieces at the ends stay out of an epoch. */
  get batchesPerEpoch(): number {
    const { batch, step } = this.#options;
    return Math.floor(this.#count(step) / batch);
  }

  /** The windows of a batch, from 0. */
  batch(number: number): Int32Array[] {
    const { batch, step, overlap } = this.#options;
    const starts = this.#starts(Math.floor(number / this.batchesPerEpoch));
    const first = (number % this.batchesPerEpoch) * batch;
    return Array.from(starts.subarray(first, first + batch), (start) => {
      return this.#pieces.subarray(start, start + step + overlap);
    });
  }

  /** How many windows there are behind a shift. */
  #count(shift: number): number {
    const { step, overlap } = this.#options;
    return Math.floor((this.#pieces.length - overlap - shift) / step);
  }

  /** Where the windows of an epoch start, shuffled. */
  #starts(number: number): Int32Array {
    if (this.#epoch.number !== number) {
      const { step, seed } = this.#options;
      const stream = random(`${seed}/epoch/${number}`);
      const shift = stream.below(step);
      const starts = Array.from({ length: this.#count(shift) }, (_, i) => shift + i * step);
      this.#epoch = { number, starts: Int32Array.from(stream.shuffle(starts)) };
    }
    return this.#epoch.starts;
  }
}
