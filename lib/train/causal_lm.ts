/** Causal language modelling: the model says which piece comes next. @module */

import { type Decoder, lastOf } from "../architectures/architecture.ts";
import type { Net } from "../architectures/net.ts";
import type { Value } from "../onnx/graph.ts";
import { meanCrossEntropy } from "./cross_entropy.ts";
import { PackedWindows } from "./packed_windows.ts";
import { type Batch, inputFor, type Task } from "./task.ts";

export interface CausalLMOptions {
  /** Windows a batch, and pieces a window. */
  readonly batch: readonly [windows: number, length: number];
  readonly seed: number;
}

/**
 * Causal-LM training on running text, packed: the documents are joined, each ended by the piece that ends texts, and cut
 * into windows without padding, cut elsewhere and shuffled anew in each epoch. The loss is the mean over all places of a
 * window, the last one's answer being the first piece of the next.
 *
 * @throws where the text is shorter than one batch
 *
 * @example
 * ```ts
 * import { gpt2 } from "../architectures/gpt2.ts";
 * import { CausalLM } from "./causal_lm.ts";
 * import { deepEqual } from "node:assert/strict";
 * const decoder = gpt2({ vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 });
 * const text = Array.from({ length: 100 }, (_, i) => 1 + i % 31);
 * const task = new CausalLM(decoder, [text], 0, { batch: [2, 12], seed: 42 });
 * const { ids, labels } = task.batch(0);
 * deepEqual(ids?.data.slice(1, 12), labels?.data.slice(0, 11));
 * ```
 */
export class CausalLM implements Task {
  readonly #decoder: Decoder;
  readonly #windows: PackedWindows;
  readonly #shape: readonly [number, number];

  /**
   * @param documents the piece ids of each text, without special pieces
   * @param end the piece that ends a text
   */
  constructor(
    decoder: Decoder,
    documents: readonly (readonly number[])[],
    end: number,
    { batch: [windows, length], seed }: CausalLMOptions,
  ) {
    this.#decoder = decoder;
    this.#shape = [windows, length];
    const pieces = Int32Array.from(documents.flatMap((document) => [...document, end]));
    this.#windows = new PackedWindows(pieces, { batch: windows, step: length, overlap: 1, seed });
  }

  /** How many batches see each piece about once. */
  get batchesPerEpoch(): number {
    return this.#windows.batchesPerEpoch;
  }

  loss(net: Net, batch: Batch): Value {
    const [ids, labels] = [inputFor(net.b, batch, "ids"), inputFor(net.b, batch, "labels")];
    const hidden = lastOf(this.#decoder.states(net, { ids }).states); // (batch · sequence, hidden)
    return meanCrossEntropy(net.b, this.#decoder.languageModel(net, hidden), labels);
  }

  batch(step: number): Batch {
    const windows = this.#windows.batch(step);
    const [rows, length] = this.#shape;
    const pieces = (from: number) =>
      BigInt64Array.from(
        windows.flatMap((window) => Array.from(window.subarray(from, from + length), BigInt)),
      );
    return {
      ids: { dtype: "int64", shape: [rows, length], data: pieces(0) },
      labels: { dtype: "int64", shape: [rows * length], data: pieces(1) },
    };
  }
}
