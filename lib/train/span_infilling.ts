/** Span infilling: stretches of text are put aside, and the model writes them. @module */

import type { EncoderDecoder } from "../architectures/architecture.ts";
import type { Net } from "../architectures/net.ts";
import type { Value } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Random, random } from "../random.ts";
import { meanCrossEntropy } from "./cross_entropy.ts";
import { PackedWindows } from "./packed_windows.ts";
import { type PieceSpan, toSentinels } from "./sentinels.ts";
import { type Batch, inputFor, type Task } from "./task.ts";

/** How much of a text is put aside. */
export interface NoiseOptions {
  /** The share of pieces. Default 0.15. */
  readonly density?: number;
  /** Pieces a span, on average. Default 3. */
  readonly meanSpan?: number;
}

export interface SpanInfillingOptions extends NoiseOptions {
  /** Texts a batch, and the most pieces that the encoder reads of each, the end and the sentinels included. */
  readonly batch: readonly [texts: number, length: number];
  readonly seed: number;
}

/**
 * Span-infilling training on running text (Raffel et al. 2020, section 3.1.4). The documents are joined, each ended by
 * the piece that ends texts, and cut into windows, cut elsewhere and shuffled anew in each epoch; of each window spans are
 * put aside, and the decoder writes them behind their sentinels. Windows are as long as the encoder takes once the spans
 * are out, so that nothing is padded.
 *
 * @throws where the text is shorter than one batch, or a window has more spans than there are sentinels
 *
 * @example
 * ```ts
 * import { t5 } from "../architectures/t5.ts";
 * import { SpanInfilling } from "./span_infilling.ts";
 * import { deepEqual } from "node:assert/strict";
 * const model = t5({ vocab_size: 64, d_model: 8, d_kv: 4, d_ff: 16, num_layers: 1, num_heads: 2 });
 * const text = Array.from({ length: 200 }, (_, i) => 2 + i % 50);
 * const task = new SpanInfilling(model, [text], [63, 62, 61, 60], { batch: [2, 32], seed: 42 });
 * deepEqual(task.batch(0)["ids"]?.shape, [2, 32]);
 * ```
 */
export class SpanInfilling implements Task {
  readonly #model: EncoderDecoder;
  readonly #sentinels: readonly number[];
  readonly #windows: PackedWindows;
  readonly #options: SpanInfillingOptions;

  /**
   * @param documents the piece ids of each text, without special pieces
   * @param sentinels the ids of the sentinels in their order, `<extra_id_0>` first: the tokenizer's `sentinels`
   */
  constructor(
    model: EncoderDecoder,
    documents: readonly (readonly number[])[],
    sentinels: readonly number[],
    options: SpanInfillingOptions,
  ) {
    const { batch: [texts, length], seed } = options;
    const window = windowLength(length, options);
    const { spans } = noiseCounts(window, options);
    if (spans > sentinels.length) {
      throw new Error(
        `a window of ${window} pieces has ${spans} spans, but there are ${sentinels.length} sentinels. Shorten the batch.`,
      );
    }
    this.#model = model;
    this.#sentinels = sentinels;
    this.#options = options;
    const pieces = Int32Array.from(documents.flatMap((document) => [...document, model.special.end]));
    this.#windows = new PackedWindows(pieces, { batch: texts, step: window, seed });
  }

  /** How many batches see each piece about once. */
  get batchesPerEpoch(): number {
    return this.#windows.batchesPerEpoch;
  }

  loss(net: Net, batch: Batch): Value {
    const { b } = net;
    const [ids, written] = [inputFor(b, batch, "ids"), inputFor(b, batch, "written")];
    const [texts = 1, length = 1] = ids.shape;
    const memory = this.#model.memory(net, this.#model.encode(net, { ids }), texts, length);
    const { hidden } = this.#model.decode(net, { ids: written, memory }); // (texts · target, hidden)
    return meanCrossEntropy(b, this.#model.languageModel(net, hidden), inputFor(b, batch, "labels"));
  }

  /** `ids`, what the encoder reads; `labels`, what is to be written; `written`, the same one place later. */
  batch(step: number): Batch {
    const { start, end } = this.#model.special;
    const pairs = this.#windows.batch(step).map((window, row) => {
      const stream = random(`${this.#options.seed}/spans/${step}/${row}`);
      return toSentinels([...window], noiseSpans(window.length, stream, this.#options), this.#sentinels);
    });
    const labels = pairs.map(({ target }) => [...target, end]);
    const flat = int64(labels);
    return {
      ids: int64(pairs.map(({ input }) => [...input, end])),
      written: int64(labels.map((row) => [start, ...row.slice(0, -1)])),
      labels: { ...flat, shape: [flat.data.length] },
    };
  }
}

/**
 * Spans to put aside, T5's random_spans_noise_mask: their number and that of their pieces follow from the length; the text
 * begins with a piece that stays and ends with one that goes; all ways to place them so are equally likely.
 *
 * @param length of the text in pieces, 2 or more
 *
 * @example
 * ```ts
 * import { random } from "../random.ts";
 * import { noiseSpans } from "./span_infilling.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = noiseSpans(20, random(42));
 * deepEqual(spans.map(({ start, end }) => end - start), [3]); // 15% of 20 pieces, 3 a span
 * deepEqual(spans[0]?.end, 20);
 * ```
 */
export function noiseSpans(length: number, stream: Random, options: NoiseOptions = {}): PieceSpan[] {
  const { noise, spans } = noiseCounts(length, options);
  const gone = segments(noise, spans, stream);
  const kept = segments(length - noise, spans, stream);
  let at = 0;
  return gone.map((size, i) => {
    const start = at + (kept[i] ?? 0);
    at = start + size;
    return { start, end: at };
  });
}

/**
 * How long a text may be so that what the encoder reads of it, a sentinel a span and the end included, is at most so long.
 *
 * @throws where no text is short enough, or an option is not in its range
 *
 * @example
 * ```ts
 * import { windowLength } from "./span_infilling.ts";
 * import { equal } from "node:assert/strict";
 * equal(windowLength(512), 568); // as T5 was trained
 * ```
 */
export function windowLength(inputLength: number, options: NoiseOptions = {}): number {
  const read = (length: number) => {
    const { noise, spans } = noiseCounts(length, options);
    return length - noise + spans + 1;
  };
  if (!(read(2) <= inputLength)) {
    throw new Error(`batch: ${inputLength} pieces a text are too few. Take ${read(2)} or more.`);
  }
  let length = 2;
  while (read(length + 1) <= inputLength) length++;
  return length;
}

/** How many pieces go, in how many spans. */
function noiseCounts(
  length: number,
  { density = 0.15, meanSpan = 3 }: NoiseOptions,
): { noise: number; spans: number } {
  if (!(density > 0 && density < 1)) throw new Error(`density ${density}: choose a share between 0 and 1.`);
  if (!(meanSpan >= 1)) throw new Error(`meanSpan ${meanSpan}: choose a number of 1 or more.`);
  const noise = Math.min(Math.max(rounded(length * density), 1), length - 1);
  const spans = Math.min(Math.max(rounded(noise / meanSpan), 1), length - noise);
  return { noise, spans };
}

/** The nearest whole number, the even one of two, as NumPy rounds. */
function rounded(x: number): number {
  const down = Math.floor(x);
  return x - down === 0.5 ? down + down % 2 : Math.round(x);
}

/** The sizes of so many segments of a row of items, none empty: all ways to cut it are equally likely. */
function segments(items: number, count: number, stream: Random): number[] {
  const cuts = stream.shuffle(Array.from({ length: items - 1 }, (_, i) => i < count - 1));
  const sizes = [1];
  for (const cut of cuts) {
    if (cut) sizes.push(1);
    else sizes.push((sizes.pop() ?? 0) + 1);
  }
  return sizes;
}

function int64(rows: readonly (readonly number[])[]): Tensor<"int64"> {
  return {
    dtype: "int64",
    shape: [rows.length, rows[0]?.length ?? 0],
    data: BigInt64Array.from(rows.flat(), BigInt),
  };
}
