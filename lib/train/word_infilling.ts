/** Word infilling: words are put aside, each behind a sentinel of its own, and the model writes them. @module */

import type { EncoderDecoder } from "../architectures/architecture.ts";
import type { Net } from "../architectures/net.ts";
import type { Value } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Random, random } from "../random.ts";
import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import { IGNORED, meanCrossEntropy } from "./cross_entropy.ts";
import { PackedWindows } from "./packed_windows.ts";
import { type Batch, inputFor, type Task } from "./task.ts";

/** What a piece is to a word of letters. */
export type PieceKind = "begins" | "continues" | "other";

export interface WordInfillingOptions {
  /** Texts a batch, and the pieces that the encoder reads of each, sentinels and the end included. */
  readonly batch: readonly [texts: number, length: number];
  /** The share of words that are put aside. */
  readonly share: number;
  readonly seed: number;
}

/** Room for targets beyond the mean, so that few words that were drawn have to stay. */
const SLACK = 1.1;

/**
 * Infilling as letters are masked: words of letters alone, drawn one by one, each behind a sentinel of its own (the spans of Raffel et al.
 * 2020, section 3.1.4, are drawn as stretches of pieces). The encoder's texts are all of one length; what the decoder writes is filled up
 * with labels that the loss passes over. A window's first sentinel is drawn too, so that all hundred are learned from windows that have
 * few words.
 *
 * @throws Error where the text is shorter than one batch
 *
 * @example
 * ```ts
 * import { t5 } from "../architectures/t5.ts";
 * import { WordInfilling } from "./word_infilling.ts";
 * import { deepEqual } from "node:assert/strict";
 * const model = t5({ vocab_size: 64, d_model: 8, d_kv: 4, d_ff: 16, num_layers: 1, num_heads: 2 });
 * const text = Array.from({ length: 200 }, (_, i) => 2 + i % 50);
 * const kinds = Array.from({ length: 64 }, () => "begins" as const);
 * const sentinels = [63, 62, 61, 60, 59, 58, 57, 56, 55, 54];
 * const task = new WordInfilling(model, [text], sentinels, kinds, { batch: [2, 16], share: 0.3, seed: 42 });
 * deepEqual(task.batch(0)["ids"]?.shape, [2, 16]);
 * ```
 */
export class WordInfilling implements Task {
  readonly #model: EncoderDecoder;
  readonly #sentinels: readonly number[];
  readonly #kinds: readonly PieceKind[];
  readonly #options: WordInfillingOptions;
  readonly #windows: PackedWindows;
  /** Pieces that the decoder writes of each text, the end included. */
  readonly #target: number;

  /**
   * @param documents the piece ids of each text, without special pieces
   * @param sentinels the ids of the sentinels in their order: the tokenizer's `sentinels`
   * @param kinds of every piece: {@linkcode pieceKinds}
   */
  constructor(
    model: EncoderDecoder,
    documents: readonly (readonly number[])[],
    sentinels: readonly number[],
    kinds: readonly PieceKind[],
    options: WordInfillingOptions,
  ) {
    const { batch: [texts, length], share, seed } = options;
    this.#model = model;
    this.#sentinels = sentinels;
    this.#kinds = kinds;
    this.#options = options;
    const pieces = Int32Array.from(documents.flatMap((document) => [...document, model.special.end]));
    const { words, ofWords } = this.#counts(pieces);
    // Of each piece of the text, so much is read and so much is written, on average.
    const step = Math.floor((length - 1) / (1 - share * (ofWords - words)));
    this.#target = Math.min(
      Math.ceil(step * share * (words + ofWords) * SLACK) + 2,
      2 * sentinels.length,
    );
    this.#windows = new PackedWindows(pieces, {
      ...{ batch: texts, step, overlap: length + this.#target - step, seed },
    });
  }

  /** How many batches see each piece about once. */
  get batchesPerEpoch(): number {
    return this.#windows.batchesPerEpoch;
  }

  /** The piece that ends a text. */
  get end(): number {
    return this.#model.special.end;
  }

  loss(net: Net, batch: Batch): Value {
    const { scores, labels } = this.scores(net, batch);
    return meanCrossEntropy(net.b, scores, labels, { ignoring: true });
  }

  /** Scores of every piece for each piece that is written, (texts · target, vocabulary), and what is right there. */
  scores(net: Net, batch: Batch): { readonly scores: Value; readonly labels: Value } {
    const [ids, written] = [inputFor(net.b, batch, "ids"), inputFor(net.b, batch, "written")];
    const [texts = 1, length = 1] = ids.shape;
    const memory = this.#model.memory(net, this.#model.encode(net, { ids }), texts, length);
    const { hidden } = this.#model.decode(net, { ids: written, memory }); // (texts · target, hidden)
    return { scores: this.#model.languageModel(net, hidden), labels: inputFor(net.b, batch, "labels") };
  }

  /** `ids`, what the encoder reads; `labels`, what is to be written; `written`, the same one place later. */
  batch(step: number): Batch {
    const { start, end, pad } = this.#model.special;
    const { batch: [texts, length], seed } = this.#options;
    const rows = this.#windows.batch(step).map((window, row) =>
      this.#draw(window, random(`${seed}/words/${step}/${row}`))
    );
    const filled = (pieces: readonly number[], filler: number) =>
      Array.from({ length: this.#target }, (_, i) => pieces[i] ?? filler);
    return {
      ids: int64([texts, length], rows.flatMap(({ input }) => [...input, end])),
      written: int64(
        [texts, this.#target],
        rows.flatMap(({ target }) => filled([start, ...target], pad)),
      ),
      labels: int64(
        [texts * this.#target],
        rows.flatMap(({ target }) => filled([...target, end], IGNORED)),
      ),
    };
  }

  /** How many pieces a batch asks for: they are not as many in all. */
  weight({ labels }: Batch): number {
    return Array.from(labels?.data ?? [], Number).filter((label) => label !== IGNORED).length;
  }

  #draw(window: Int32Array, stream: Random): { readonly input: number[]; readonly target: number[] } {
    const { batch: [, length], share } = this.#options;
    const [read, hidden]: [number[], number[][]] = [[], []];
    const room = this.#target - 1;
    for (let [at, used] = [0, 0]; read.length < length - 1 && at < window.length;) {
      const end = this.#wordEnd(window, at);
      const size = 1 + end - at;
      if (
        end > at && stream.next() < share && used + size <= room && hidden.length < this.#sentinels.length
      ) {
        read.push(-1 - hidden.length);
        hidden.push([...window.subarray(at, end)]);
        used += size;
        at = end;
      } else read.push(window[at++] ?? 0);
      while (end > at && read.length < length - 1) read.push(window[at++] ?? 0);
    }
    const first = stream.below(this.#sentinels.length - hidden.length + 1);
    const sentinel = (number: number) => this.#sentinels[first + number] ?? 0;
    return {
      input: read.map((piece) => piece < 0 ? sentinel(-1 - piece) : piece),
      target: hidden.flatMap((pieces, number) => [sentinel(number), ...pieces]),
    };
  }

  /** Where the word of letters that begins here ends; here, where none begins. */
  #wordEnd(pieces: Int32Array, at: number): number {
    if (this.#kinds[pieces[at] ?? -1] !== "begins") return at;
    let end = at + 1;
    while (this.#kinds[pieces[end] ?? -1] === "continues") end++;
    return end;
  }

  /** How many words of letters there are a piece, and what share of the pieces they are. */
  #counts(pieces: Int32Array): { readonly words: number; readonly ofWords: number } {
    let [words, ofWords] = [0, 0];
    for (let at = 0; at < pieces.length;) {
      const end = this.#wordEnd(pieces, at);
      if (end > at) words++;
      ofWords += end - at;
      at = Math.max(end, at + 1);
    }
    return { words: words / pieces.length, ofWords: ofWords / pieces.length };
  }
}

/** What each piece of a vocabulary is to words of letters. */
export function pieceKinds(tokenizer: Tokenizer, vocabulary: number): PieceKind[] {
  return Array.from({ length: vocabulary }, (_, id): PieceKind => {
    if (id >= tokenizer.vocabSize) return "other";
    const { text, begins } = tokenizer.surface(id);
    if (!/^\p{L}+$/u.test(text)) return "other";
    return begins ? "begins" : "continues";
  });
}

function int64(shape: readonly number[], values: readonly number[]): Tensor<"int64"> {
  return { dtype: "int64", shape, data: BigInt64Array.from(values, BigInt) };
}
