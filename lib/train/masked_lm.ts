/** Masked language modelling: pieces are hidden and the model says what they were. @module */

import { type Encoder, lastOf } from "../architectures/architecture.ts";
import type { Net } from "../architectures/net.ts";
import type { SpecialIds } from "../tokenizers/special_tokens.ts";
import type { Value } from "../onnx/graph.ts";
import { type Random, random } from "../random.ts";
import { IGNORED, meanCrossEntropy } from "./cross_entropy.ts";
import { PackedWindows } from "./packed_windows.ts";
import { type Batch, inputFor, type Task } from "./task.ts";

export interface MaskedLMOptions {
  /** Windows a batch, and pieces a window with its two special ones. */
  readonly batch: readonly [windows: number, length: number];
  /** The share of a batch's pieces that the model is asked for. Default 0.15. */
  readonly share?: number;
  readonly seed: number;
  /**
   * Whether a piece goes on with the word that the piece before it began: then words are chosen, and all of their pieces
   * are asked for. Left out: pieces are chosen one by one.
   */
  readonly continues?: (piece: number) => boolean;
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
  readonly #windows: PackedWindows;
  readonly #special: SpecialIds;
  readonly #options: MaskedLMOptions;
  /** How many pieces of a batch the model is asked for. */
  readonly #asked: number;

  /** @param documents the piece ids of each text, without special pieces */
  constructor(
    encoder: Encoder,
    documents: readonly (readonly number[])[],
    special: SpecialIds,
    options: MaskedLMOptions,
  ) {
    const { batch: [windows, length], share = 0.15, seed } = options;
    this.#encoder = encoder;
    this.#special = special;
    this.#options = options;
    this.#asked = Math.round(windows * (length - 2) * share);
    const pieces = Int32Array.from(documents.flatMap((document) => [...document, special.sep]));
    this.#windows = new PackedWindows(pieces, { batch: windows, step: length - 2, seed });
  }

  /** How many batches see each piece about once. */
  get batchesPerEpoch(): number {
    return this.#windows.batchesPerEpoch;
  }

  loss(net: Net, batch: Batch): Value {
    const [ids, positions, labels] = ["ids", "positions", "labels"].map((name) =>
      inputFor(net.b, batch, name)
    );
    if (!ids || !positions || !labels) throw new Error("three names give three inputs");
    const hidden = lastOf(this.#encoder.states(net, { ids })); // (batch · sequence, hidden)
    // Only rows that the loss sees go through the vocabulary, the widest product of all.
    const seen = net.b.one("Gather", [hidden, positions]); // (asked, hidden)
    const scores = this.#encoder.maskedLM(net, seen); // (asked, vocabulary)
    return meanCrossEntropy(net.b, scores, labels, { ignoring: this.#options.continues !== undefined });
  }

  batch(step: number): Batch {
    const { batch: [windows, length], seed } = this.#options;
    const { cls, sep } = this.#special;
    const ids = new BigInt64Array(windows * length);
    this.#windows.batch(step).forEach((pieces, row) => {
      [cls, ...pieces, sep].forEach((piece, i) => ids[row * length + i] = BigInt(piece));
    });
    const stream = random(`${seed}/masks/${step}`);
    const positions = this.#choose(stream, ids);
    const missing = this.#asked - positions.length; // where words do not fill the number
    const labels = positions.map((at) => ids[at] ?? 0n);
    for (const at of positions) ids[at] = this.#hide(stream, ids[at] ?? 0n);
    const filled = <T>(items: readonly T[], filler: T) => [...items, ...Array<T>(missing).fill(filler)];
    const asked = BigInt64Array.from(filled(positions, 0), BigInt);
    return {
      ids: { dtype: "int64", shape: [windows, length], data: ids },
      positions: { dtype: "int64", shape: [this.#asked], data: asked },
      labels: {
        dtype: "int64",
        shape: [this.#asked],
        data: BigInt64Array.from(filled(labels, BigInt(IGNORED))),
      },
    };
  }

  weight({ labels }: Batch): number {
    return Array.from(labels?.data ?? [], Number).filter((label) => label !== IGNORED).length;
  }

  /** Places of ordinary pieces, in ascending order: as many as are to be asked for, or nearly so with whole words. */
  #choose(stream: Random, ids: BigInt64Array): number[] {
    const { cls, sep, unk } = this.#special; // an unknown piece has no word to learn
    const special = new Set([BigInt(cls), BigInt(sep), BigInt(unk)]);
    const places = Array.from(ids.keys()).filter((at) => !special.has(ids[at] ?? 0n));
    const { continues } = this.#options;
    const words = continues ? this.#words(places, ids, continues) : places.map((at) => [at]);
    const chosen: number[] = [];
    for (const word of stream.shuffle(words)) {
      if (chosen.length + word.length <= this.#asked) chosen.push(...word);
      if (chosen.length === this.#asked) break;
    }
    return chosen.sort((x, y) => x - y);
  }

  /** Places of words, each place given at once with those it goes on with; a window's first piece begins a word. */
  #words(places: readonly number[], ids: BigInt64Array, continues: (piece: number) => boolean): number[][] {
    const words: number[][] = [];
    for (const at of places) {
      const last = words.at(-1);
      if (last?.at(-1) === at - 1 && continues(Number(ids[at]))) last.push(at);
      else words.push([at]);
    }
    return words;
  }

  #hide(stream: Random, piece: bigint): bigint {
    const chance = stream.next();
    if (chance < 0.8) return BigInt(this.#special.mask);
    return chance < 0.9 ? BigInt(stream.below(this.#encoder.vocabulary)) : piece;
  }
}
