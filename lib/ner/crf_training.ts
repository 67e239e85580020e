/** Training a tagger whose tags are a linear-chain conditional random field. @module */

import type { Encoder } from "../architectures/architecture.ts";
import type { Net } from "../architectures/net.ts";
import type { Value } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { IGNORED } from "../train/cross_entropy.ts";
import type { LabelledPieces } from "../train/labelled_pieces.ts";
import { LengthBuckets } from "../train/length_buckets.ts";
import { type Batch, inputFor, type Task } from "../train/task.ts";
import {
  labelledBatch,
  labelScores,
  type TokenClassificationOptions,
} from "../train/token_classification.ts";
import type { Crf } from "./crf.ts";
import { allowed, crfLoss } from "./crf_loss.ts";

/**
 * The layer's scores are its parameters times this: an optimizer whose steps are of one size for all parameters (AdamW) moves them ten
 * times as fast as an encoder's weights. Transitions begin at 0; the encoder needs only to be tuned.
 */
const PACE = 10;

/** Words are rounded up to so many, so that there are few graphs. */
const ROUND = 8;

/** What the layer's parameters are called in training. */
const [BETWEEN, FIRST, LAST] = ["crf.transitions", "crf.start_transitions", "crf.end_transitions"] as const;

/**
 * Training on texts of similar length at a time. The loss is −ln p of each text's tags among all sequences of tags in which each may
 * follow the one before, over the number of words: the cross-entropy of the tags word by word, plus what the layer adds. Texts are windows
 * of letters and may begin and end within a span.
 *
 * @example
 * ```ts
 * import { bert } from "../architectures/bert.ts";
 * import { CrfTagging } from "./crf_training.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = bert({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 32,
 * });
 * const texts = [{ ids: [2, 9, 9, 3], labels: [-100, 1, 2, -100] }];
 * const task = new CrfTagging(encoder, texts, ["O", "B-X", "I-X"], { batch: 1, seed: 42, pad: 0 });
 * const { places, transitions } = task.batch(0);
 * deepEqual([places?.shape, transitions?.data[1 * 3 + 2]], [[8], 1]); // B-X, I-X
 * ```
 */
export class CrfTagging implements Task {
  readonly #encoder: Encoder;
  readonly #texts: readonly LabelledPieces[];
  readonly #tags: readonly string[];
  readonly #options: Omit<TokenClassificationOptions, "labels" | "weights">;
  readonly #buckets: LengthBuckets;
  /** Words of the text that has the most, by the length that texts are padded to. */
  readonly #words = new Map<number, number>();

  constructor(
    encoder: Encoder,
    texts: readonly LabelledPieces[],
    tags: readonly string[],
    options: Omit<TokenClassificationOptions, "labels" | "weights">,
  ) {
    this.#encoder = encoder;
    this.#texts = texts;
    this.#tags = tags;
    this.#options = options;
    this.#buckets = new LengthBuckets(texts.map(({ ids }) => ids.length), options);
  }

  /** How many batches see each text once. */
  get batchesPerEpoch(): number {
    return this.#buckets.batchesPerEpoch;
  }

  /** The layer's parameters before training: nothing is likelier than anything else. */
  parameters(): Map<string, Tensor<"float32">> {
    const count = this.#tags.length;
    const zeros = (shape: readonly number[], size: number): Tensor<"float32"> => ({
      ...{ dtype: "float32", shape, data: new Float32Array(size) },
    });
    return new Map([
      [BETWEEN, zeros([count, count], count * count)],
      [FIRST, zeros([count], count)],
      [LAST, zeros([count], count)],
    ]);
  }

  loss(net: Net, batch: Batch): Value {
    const { b } = net;
    const count = this.#tags.length;
    const scores = labelScores(this.#encoder, net, batch, count); // (texts · pieces, tags)
    const layer = {
      between: b.mul(net.parameter(BETWEEN, [count, count]), b.scalar(PACE)),
      first: b.mul(net.parameter(FIRST, [count]), b.scalar(PACE)),
      last: b.mul(net.parameter(LAST, [count]), b.scalar(PACE)),
    };
    const of = (name: string) => inputFor(b, batch, name);
    const rows = b.one("Gather", [scores, of("places")]); // (words · texts, tags)
    const taken = {
      labels: of("labels"),
      ends: of("ends"),
      words: of("words"),
      between: of("transitions"),
      first: of("starts"),
      last: of("stops"),
    };
    return crfLoss(b, rows, layer, taken, allowed(this.#tags));
  }

  batch(step: number): Batch {
    const { length, members } = this.#buckets.batch(step);
    const texts = members.flatMap((member) => this.#texts[member] ?? []);
    const { ids, mask } = labelledBatch(texts, this.#options.batch, length, this.#options.pad);
    return {
      ids,
      mask,
      ...tagged(texts, this.#tags.length, this.#longest(length), length, this.#options.batch),
    };
  }

  weight({ words }: Batch): number {
    return Number(words?.data[0]);
  }

  #longest(length: number): number {
    const known = this.#words.get(length);
    if (known !== undefined) return known;
    const most = Math.max(
      1,
      ...this.#texts.flatMap(({ ids, labels }) => ids.length <= length ? [wordsOf(labels).length] : []),
    );
    const rounded = Math.ceil(most / ROUND) * ROUND;
    this.#words.set(length, rounded);
    return rounded;
  }
}

/** The layer as it is after training. */
export function crfOf(parameters: ReadonlyMap<string, Tensor<"float32">>): Crf {
  const part = (name: string) => {
    const data = parameters.get(name)?.data;
    if (!data) throw new Error(`no parameter ${name}`);
    return data.map((x) => PACE * x);
  };
  return { between: part(BETWEEN), first: part(FIRST), last: part(LAST) };
}

function wordsOf(labels: readonly number[]): number[] {
  return labels.flatMap((label, at) => label === IGNORED ? [] : [at]);
}

/** Where words stand, and which tags follow which, of texts that are padded to so many pieces and words. */
function tagged(
  texts: readonly LabelledPieces[],
  count: number,
  words: number,
  length: number,
  rows: number,
): Batch {
  const places = new BigInt64Array(words * rows);
  const labels = new BigInt64Array(words * rows).fill(BigInt(IGNORED));
  const ends = new Float32Array(words * rows);
  const between = new Float32Array(count * count);
  const [first, last] = [new Float32Array(count), new Float32Array(count)];
  let all = 0;
  for (const [row, text] of texts.entries()) {
    const own = wordsOf(text.labels);
    let before: number | undefined;
    for (const [word, at] of own.entries()) {
      const label = text.labels[at] ?? IGNORED;
      places[word * rows + row] = BigInt(row * length + at);
      labels[word * rows + row] = BigInt(label);
      if (before === undefined) first[label] = (first[label] ?? 0) + 1;
      else between[before * count + label] = (between[before * count + label] ?? 0) + 1;
      before = label;
    }
    if (before === undefined) continue;
    last[before] = (last[before] ?? 0) + 1;
    ends[(own.length - 1) * rows + row] = 1;
    all += own.length;
  }
  const float = (data: Float32Array, shape: readonly number[]) => ({
    dtype: "float32" as const,
    shape,
    data,
  });
  const whole = (data: BigInt64Array) => ({ dtype: "int64" as const, shape: [data.length], data });
  return {
    places: whole(places),
    labels: whole(labels),
    ends: float(ends, [words, rows]),
    words: float(Float32Array.of(Math.max(1, all)), []),
    transitions: float(between, [count, count]),
    starts: float(first, [count]),
    stops: float(last, [count]),
  };
}
