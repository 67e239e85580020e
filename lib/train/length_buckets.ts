/** Texts of similar length together, so that little is padded. @module */

import { random } from "../random.ts";

/** Lengths that batches are padded to: few, because each has a graph. */
export const LENGTHS: readonly number[] = [32, 64, 128, 192, 256, 384, 512, 1024, 2048, 4096];

export interface LengthBucketsOptions {
  /** Members a batch. */
  readonly batch: number;
  readonly seed: number;
  /** What lengths are rounded up to, ascending. Default {@linkcode LENGTHS}. */
  readonly lengths?: readonly number[];
}

/** Members of about one length. */
export interface Bucket {
  /** What all are padded to. */
  readonly length: number;
  /** By their position in the list of lengths; the last batch of an epoch may have fewer than the others. */
  readonly members: readonly number[];
}

/**
 * Batches of members with similar lengths. Each epoch sees each member once: batches are filled from a bucket, its rest
 * goes on to the next longer one, and the batches come in random order. The batch's number alone decides what is in it.
 *
 * @throws Error where there are no members, or one is longer than all buckets
 *
 * @example
 * ```ts
 * import { LengthBuckets } from "./length_buckets.ts";
 * import { deepEqual } from "node:assert/strict";
 * const buckets = new LengthBuckets([5, 60, 7], { batch: 2, seed: 1 });
 * const both = [buckets.batch(0), buckets.batch(1)].toSorted((a, b) => a.length - b.length);
 * deepEqual(both.map(({ length, members }) => [length, members.toSorted()]), [[32, [0, 2]], [64, [1]]]);
 * ```
 */
export class LengthBuckets {
  readonly #options: LengthBucketsOptions;
  readonly #count: number;
  /** Members by the length they are padded to, ascending. */
  readonly #byLength: ReadonlyMap<number, readonly number[]>;
  #epoch: { readonly number: number; readonly batches: readonly Bucket[] } = { number: -1, batches: [] };

  constructor(lengths: readonly number[], options: LengthBucketsOptions) {
    if (lengths.length === 0) throw new Error("there is nothing to make batches of");
    this.#options = options;
    this.#count = lengths.length;
    const known = options.lengths ?? LENGTHS;
    const byLength = new Map(known.map((length): [number, number[]] => [length, []]));
    for (const [member, length] of lengths.entries()) {
      const bucket = known.find((most) => length <= most);
      if (bucket === undefined) {
        throw new Error(`a length of ${length}, the longest bucket is ${known.at(-1)}`);
      }
      byLength.get(bucket)?.push(member);
    }
    this.#byLength = byLength;
  }

  get batchesPerEpoch(): number {
    return Math.ceil(this.#count / this.#options.batch);
  }

  /** The batch of a number, from 0. */
  batch(number: number): Bucket {
    const epoch = Math.floor(number / this.batchesPerEpoch);
    if (this.#epoch.number !== epoch) this.#epoch = { number: epoch, batches: this.#batches(epoch) };
    const bucket = this.#epoch.batches[number % this.batchesPerEpoch];
    if (!bucket) throw new Error(`no batch ${number}`);
    return bucket;
  }

  #batches(epoch: number): Bucket[] {
    const { batch, seed } = this.#options;
    const stream = random(`${seed}/epoch/${epoch}`);
    const batches: Bucket[] = [];
    let rest: readonly number[] = [];
    let longest = 0;
    for (const [length, bucket] of this.#byLength) {
      if (bucket.length === 0) continue;
      const members = [...rest, ...stream.shuffle([...bucket])];
      const full = members.length - members.length % batch;
      for (let i = 0; i < full; i += batch) batches.push({ length, members: members.slice(i, i + batch) });
      rest = members.slice(full);
      longest = length;
    }
    if (rest.length > 0) batches.push({ length: longest, members: rest });
    return stream.shuffle(batches);
  }
}
