/** What a decoder has computed of the texts in progress. @module */

import type { Decoder } from "../architectures/architecture.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { keyValueNames } from "./encoder_decoder_graphs.ts";

/** Columns that a cache grows by when it is full, beside half of what it has. */
const ROOM = 32;

/**
 * The keys and values of a batch of texts, in arrays with room for more, which the runtime reads where they lie. Growing
 * them in the graph would copy all of them at every step.
 *
 * @example
 * ```ts
 * import { KeyValueCache } from "./key_value_cache.ts";
 * import { deepEqual } from "node:assert/strict";
 * const step = (x: number) => ({ dtype: "float32", shape: [1, 1, 1, 2], data: Float32Array.of(x, x) }) as const;
 * const mask = { dtype: "int64", shape: [1, 1], data: BigInt64Array.of(1n) } as const;
 * const cache = new KeyValueCache({ layers: 1, heads: 1, headSize: 2 }, 1);
 * cache.append({ "added.0.key": step(1), "added.0.value": step(2) }, mask);
 * cache.append({ "added.0.key": step(3), "added.0.value": step(4) }, mask);
 * deepEqual(cache.feeds["past_key_values.0.key"]?.data.subarray(0, 4), Float32Array.of(1, 1, 3, 3));
 * ```
 */
export class KeyValueCache {
  readonly #names: readonly { readonly past: string; readonly added: string }[];
  readonly #heads: number;
  readonly #headSize: number;
  #rows: number;
  #capacity = 0;
  #held = 0;
  #arrays: Float32Array<ArrayBuffer>[];
  /** (rows, capacity + 1): 1 where a piece is held, and in the last column, that of the piece that comes next. */
  #mask: BigInt64Array;

  /** @param rows how many texts there are */
  constructor({ layers, heads, headSize }: Pick<Decoder, "layers" | "heads" | "headSize">, rows: number) {
    this.#names = Array.from({ length: layers }, (_, layer) => {
      const [past, added] = [keyValueNames("past_key_values", layer), keyValueNames("added", layer)];
      return [{ past: past.key, added: added.key }, { past: past.value, added: added.value }];
    }).flat();
    this.#heads = heads;
    this.#headSize = headSize;
    this.#rows = rows;
    this.#arrays = this.#names.map(() => new Float32Array());
    this.#mask = new BigInt64Array(rows).fill(1n);
  }

  /** The inputs of the decoding graph for one more piece a text, but for the pieces. */
  get feeds(): Record<string, Tensor> {
    const shape = [this.#rows, this.#heads, this.#capacity, this.#headSize];
    const size = shape.reduce((a, b) => a * b, 1);
    const columns = this.#capacity + 1;
    const mask = this.#mask.subarray(0, this.#rows * columns);
    const arrays = this.#names.map(({ past }, i) => {
      const data = this.#arrays[i]?.subarray(0, size) ?? new Float32Array();
      return [past, { dtype: "float32", shape, data } satisfies Tensor] as const;
    });
    return {
      attention_mask: { dtype: "int64", shape: [this.#rows, columns], data: mask },
      ...Object.fromEntries(arrays),
    };
  }

  /**
   * Puts the keys and values of more pieces behind those that are held.
   *
   * @param added `added.N.key` and `.value`, (rows, heads, pieces, head size) each
   * @param mask 1 for pieces, 0 for padding, (rows, pieces)
   */
  append(added: Readonly<Record<string, Tensor>>, mask: Tensor<"int64">): void {
    const [, pieces = 0] = mask.shape;
    if (this.#held + pieces > this.#capacity) this.#grow(this.#held + pieces);
    const width = this.#headSize;
    for (const [i, { added: name }] of this.#names.entries()) {
      const [to, from] = [this.#arrays[i], added[name]?.data];
      if (!to || !(from instanceof Float32Array)) throw new Error(`the graph gave no ${name}`);
      for (let head = 0; head < this.#rows * this.#heads; head++) {
        // A view of so few numbers takes longer to make than they take to copy.
        let at = (head * this.#capacity + this.#held) * width;
        for (let i = head * pieces * width; i < (head + 1) * pieces * width; i++) to[at++] = from[i] ?? 0;
      }
    }
    for (let row = 0; row < this.#rows; row++) {
      const part = mask.data.subarray(row * pieces, (row + 1) * pieces);
      this.#mask.set(part, row * (this.#capacity + 1) + this.#held);
    }
    this.#held += pieces;
  }

  /** Gives a text up: the last one takes its row. */
  drop(row: number): void {
    const last = --this.#rows;
    if (row === last) return;
    const size = this.#heads * this.#capacity * this.#headSize;
    for (const array of this.#arrays) array.copyWithin(row * size, last * size, (last + 1) * size);
    const columns = this.#capacity + 1;
    this.#mask.copyWithin(row * columns, last * columns, (last + 1) * columns);
  }

  #grow(least: number): void {
    const [before, capacity] = [this.#capacity, Math.max(least, Math.ceil(1.5 * this.#capacity)) + ROOM];
    const width = this.#headSize;
    const wider = <A extends Row<A>>(from: A, to: A, rows: number, [old, now]: readonly [number, number]) => {
      for (let row = 0; row < rows; row++) to.set(from.subarray(row * old, (row + 1) * old), row * now);
      return to;
    };
    const heads = this.#rows * this.#heads;
    this.#arrays = this.#arrays.map((array) =>
      wider(array, new Float32Array(heads * capacity * width), heads, [before * width, capacity * width])
    );
    const mask = new BigInt64Array(this.#rows * (capacity + 1));
    wider(this.#mask, mask, this.#rows, [before + 1, capacity + 1]);
    for (let row = 0; row < this.#rows; row++) {
      mask[row * (capacity + 1) + before] = 0n;
      mask[(row + 1) * (capacity + 1) - 1] = 1n;
    }
    this.#mask = mask;
    this.#capacity = capacity;
  }
}

interface Row<A> {
  subarray(start: number, end: number): A;
  set(from: A, at: number): void;
}
