/** Token classification: the model says which label a word has. @module */

import { type Encoder, lastOf } from "../architectures/architecture.ts";
import type { Net } from "../architectures/net.ts";
import type { Value } from "../onnx/graph.ts";
import { IGNORED, meanCrossEntropy } from "./cross_entropy.ts";
import type { LabelledPieces } from "./labelled_pieces.ts";
import { LengthBuckets } from "./length_buckets.ts";
import { type Batch, inputFor, type Task } from "./task.ts";

export interface TokenClassificationOptions {
  /** How many labels there are. */
  readonly labels: number;
  /** Texts a batch. */
  readonly batch: number;
  readonly seed: number;
  /** What shorter texts are padded with. */
  readonly pad: number;
  /** How much each label counts. Left out: all alike. */
  readonly weights?: readonly number[];
  /** What lengths are rounded up to, ascending. Default `LENGTHS` of length_buckets.ts. */
  readonly lengths?: readonly number[];
}

/**
 * Training a token classifier on texts of similar length at a time. The loss is the mean over labelled pieces, weighted
 * where labels have weights, as `torch.nn.CrossEntropyLoss(weight)` computes it.
 *
 * @example
 * ```ts
 * import { bert } from "../architectures/bert.ts";
 * import { TokenClassification } from "./token_classification.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = bert({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 32,
 * });
 * const texts = [{ ids: [2, 9, 3], labels: [-100, 1, -100] }, { ids: [2, 9, 9, 3], labels: [-100, 0, 1, -100] }];
 * const task = new TokenClassification(encoder, texts, { labels: 2, batch: 2, seed: 42, pad: 0 });
 * deepEqual(task.batch(0)["ids"]?.shape, [2, 32]);
 * ```
 */
export class TokenClassification implements Task {
  readonly #encoder: Encoder;
  readonly #texts: readonly LabelledPieces[];
  readonly #buckets: LengthBuckets;
  readonly #options: TokenClassificationOptions;

  constructor(encoder: Encoder, texts: readonly LabelledPieces[], options: TokenClassificationOptions) {
    this.#encoder = encoder;
    this.#texts = texts;
    this.#options = options;
    this.#buckets = new LengthBuckets(texts.map(({ ids }) => ids.length), options);
  }

  /** How many batches see each text once. */
  get batchesPerEpoch(): number {
    return this.#buckets.batchesPerEpoch;
  }

  loss(net: Net, batch: Batch): Value {
    const { labels, weights } = this.#options;
    const scores = labelScores(this.#encoder, net, batch, labels);
    const wanted = net.b.reshape(inputFor(net.b, batch, "labels"), [scores.shape[0] ?? 1]);
    return meanCrossEntropy(net.b, scores, wanted, {
      ignoring: true,
      ...(weights && {
        weights: net.b.initializer("label weights", {
          dtype: "float32",
          shape: [labels],
          data: Float32Array.from(weights),
        }),
      }),
    });
  }

  batch(step: number): Batch {
    const { length, members } = this.#buckets.batch(step);
    const texts = members.flatMap((member) => this.#texts[member] ?? []);
    return labelledBatch(texts, this.#options.batch, length, this.#options.pad);
  }

  weight({ labels }: Batch): number {
    const { weights } = this.#options;
    return Array.from(labels?.data ?? [], Number).reduce((sum, label) => {
      return sum + (label === IGNORED ? 0 : weights?.[label] ?? 1);
    }, 0);
  }
}

/** Scores of every label at every piece: `ids` and `mask` of a batch → (batch · sequence, labels). */
export function labelScores(encoder: Encoder, net: Net, batch: Batch, labels: number): Value {
  const [ids, mask] = [inputFor(net.b, batch, "ids"), inputFor(net.b, batch, "mask")];
  const hidden = lastOf(encoder.states(net, { ids, mask })); // (batch · sequence, hidden)
  return encoder.tokenClassifier(net, hidden, labels);
}

/** `ids`, `mask` and `labels`, each (rows, length), of at most so many texts; rows without a text ask nothing. */
export function labelledBatch(
  texts: readonly LabelledPieces[],
  rows: number,
  length: number,
  pad: number,
): Record<"ids" | "mask" | "labels", { dtype: "int64"; shape: readonly number[]; data: BigInt64Array }> {
  const filled = (filler: number, of: (text: LabelledPieces) => readonly number[]) => {
    const data = new BigInt64Array(rows * length).fill(BigInt(filler));
    texts.forEach((text, row) => of(text).forEach((x, i) => data[row * length + i] = BigInt(x)));
    return { dtype: "int64" as const, shape: [rows, length], data };
  };
  const mask = filled(0, ({ ids }) => ids.map(() => 1));
  for (let row = texts.length; row < rows; row++) mask.data[row * length] = 1n; // a softmax needs a place to look at
  return { ids: filled(pad, ({ ids }) => ids), mask, labels: filled(IGNORED, ({ labels }) => labels) };
}
