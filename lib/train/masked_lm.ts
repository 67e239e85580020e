/** Masked language modelling: pieces are hidden and the model says what they were. @module */

import { type Encoder, lastOf } from "../architectures/architecture.ts";
import type { Net } from "../architectures/net.ts";
import type { SpecialIds } from "../checkpoint/tokenizer.ts";
import type { Value } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Random, random } from "../random.ts";
import type { Task } from "./trainer.ts";

export interface MaskedLMOptions {
  /** Windows a batch, and pieces a window with its two special ones. */
  readonly batch: readonly [windows: number, length: number];
  /** The share of a batch's pieces that the model is asked for. Default 0.15. */
  readonly share?: number;
  readonly seed: number;
}

/**
 * Masked-LM training on running text (Devlin et al. 2019, section 3.1). The documents are joined and cut into windows
 * of equal length, cut elsewhere and shuffled anew in each epoch. Of the pieces asked for, 80% are hidden behind
 * [MASK], 10% replaced by a random piece and 10% left as they are.
 *
 * @throws where the text is shorter than one batch
 *
 * @example
 * ```ts
 * import { bert } from "../architectures/bert.ts";
 * import { MaskedLM } from "./masked_lm.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = bert({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 12,
 * });
 * const text = Array.from({ length: 100 }, (_, i) => 5 + i % 27);
 * const special = { pad: 0, unk: 1, cls: 2, sep: 3, mask: 4 };
 * const task = new MaskedLM(encoder, [text], special, { batch: [2, 12], seed: 42 });
 * deepEqual(task.batch(0)["ids"]?.shape, [2, 12]);
 * ```
 */
export class MaskedLM implements Task {
  readonly #encoder: Encoder;
  readonly #pieces: Int32Array;
  readonly #special: SpecialIds;
  readonly #options: Required<MaskedLMOptions>;
  #epoch = { number: -1, windows: new Int32Array() };

  /** @param documents the piece ids of each text, without special pieces */
  constructor(
    encoder: Encoder,
    documents: readonly (readonly number[])[],
    special: SpecialIds,
    options: MaskedLMOptions,
  ) {
    this.#encoder = encoder;
    this.#special = special;
    this.#options = { share: 0.15, ...options };
    this.#pieces = Int32Array.from(documents.flatMap((document) => [...document, special.sep]));
    const [windows, length] = options.batch;
    if (this.batchesPerEpoch < 1) {
      throw new Error(`the text has ${this.#pieces.length} pieces, a batch takes ${windows * (length - 2)}`);
    }
  }

  /** How many batches see each piece about once. The odd pieces at the ends stay out of an epoch. */
  get batchesPerEpoch(): number {
    const [windows, length] = this.#options.batch;
    const offset = length - 2;
    return Math.floor(Math.floor((this.#pieces.length - offset) / (length - 2)) / windows);
  }

  loss(net: Net): Value {
    const { b } = net;
    const { batch, masked } = this.#sizes();
    const ids = b.input("ids", "int64", batch);
    const positions = b.input("positions", "int64", [masked]);
    const labels = b.input("labels", "int64", [masked]);
    const hidden = lastOf(this.#encoder.states(net, { ids })); // (batch · sequence, hidden)
    // Only rows that the loss sees go through the vocabulary, the widest product of all.
    const seen = b.one("Gather", [hidden, positions]); // (masked, hidden)
    const scores = this.#encoder.maskedLM(net, seen); // (masked, vocabulary)
    const [loss] = b.apply("SoftmaxCrossEntropyLoss", [scores, labels], { reduction: { text: "mean" } });
    if (!loss) throw new Error("SoftmaxCrossEntropyLoss has no output");
    return loss;
  }

  batch(step: number): Record<string, Tensor> {
    const { batch: [windows, length], masked } = this.#sizes();
    const { cls, sep } = this.#special;
    const starts = this.#starts(Math.floor(step / this.batchesPerEpoch));
    const first = (step % this.batchesPerEpoch) * windows;
    const ids = new BigInt64Array(windows * length);
    for (let row = 0; row < windows; row++) {
      const start = starts[first + row] ?? 0;
      const window = [cls, ...this.#pieces.subarray(start, start + length - 2), sep];
      window.forEach((piece, i) => ids[row * length + i] = BigInt(piece));
    }
    const stream = random(`${this.#options.seed}/masks/${step}`);
    const positions = this.#choose(stream, masked, ids);
    const labels = positions.map((at) => ids[at] ?? 0n);
    for (const at of positions) ids[at] = this.#hide(stream, ids[at] ?? 0n);
    return {
      ids: { dtype: "int64", shape: [windows, length], data: ids },
      positions: { dtype: "int64", shape: [masked], data: BigInt64Array.from(positions, BigInt) },
      labels: { dtype: "int64", shape: [masked], data: BigInt64Array.from(labels) },
    };
  }

  #sizes() {
    const { batch: [windows, length], share } = this.#options;
    return { batch: [windows, length] as const, masked: Math.round(windows * (length - 2) * share) };
  }

  /** Where the windows of an epoch start, shuffled. */
  #starts(number: number): Int32Array {
    if (this.#epoch.number !== number) {
      const stream = random(`${this.#options.seed}/epoch/${number}`);
      const size = this.#options.batch[1] - 2;
      const shift = stream.below(size);
      const count = Math.floor((this.#pieces.length - shift) / size);
      const windows = Int32Array.from(
        stream.shuffle(Array.from({ length: count }, (_, i) => shift + i * size)),
      );
      this.#epoch = { number, windows };
    }
    return this.#epoch.windows;
  }

  /** Places of ordinary pieces, in ascending order. */
  #choose(stream: Random, count: number, ids: BigInt64Array): number[] {
    const { cls, sep, unk } = this.#special; // an unknown piece has no word to learn
    const special = new Set([BigInt(cls), BigInt(sep), BigInt(unk)]);
    const places = Array.from(ids.keys()).filter((at) => !special.has(ids[at] ?? 0n));
    return stream.shuffle(places).slice(0, count).sort((x, y) => x - y);
  }

  #hide(stream: Random, piece: bigint): bigint {
    const chance = stream.next();
    if (chance < 0.8) return BigInt(this.#special.mask);
    return chance < 0.9 ? BigInt(stream.below(this.#encoder.vocabulary)) : piece;
  }
}
