/** Sampling many texts of few prompts, in large batches. @module */

import type { Decoder } from "../architectures/architecture.ts";
import { decodingGraph } from "../architectures/decoder_graphs.ts";
import type { Weights } from "../architectures/inference.ts";
import { fixedParameters, plainNet } from "../architectures/net.ts";
import { checkWhole } from "../check_whole.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { release, Session, type SessionOptions } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Random, random } from "../random.ts";
import { drawFromNucleus } from "./batch_draw.ts";
import { KeyValueCache } from "./key_value_cache.ts";
import { checkSampling } from "./sampling.ts";

/** A text to write. */
export interface TextToSample {
  /** Its first pieces. */
  readonly prompt: readonly number[];
  /** Names its stream of chance, together with the seed. */
  readonly name: string;
  /** The most pieces that are written behind the prompt, the end included. */
  readonly maxPieces: number;
}

/** How texts are sampled. */
export interface BatchSampling {
  readonly seed: number | string;
  /** Pieces that end a text. */
  readonly ends: readonly number[];
  /** Default 1: all pieces may come. */
  readonly topP?: number;
  /** Default 1. */
  readonly temperature?: number;
  /** The most texts at a time. Default 64. What is written does not depend on it. */
  readonly rows?: number;
  /** Called as each text is finished. */
  readonly onFinished?: () => void;
}

/** What was written behind a prompt. */
export interface SampledText {
  /** Without the prompt and the end. */
  readonly pieces: readonly number[];
  /** Whether the model ended the text, rather than the most pieces that it may have. */
  readonly ended: boolean;
}

/**
 * A decoder that samples texts in batches. Texts whose prompts have equally many pieces go side by side; a prompt is read once,
 * however many texts begin with it; a text that is finished leaves the batch. All texts of a batch are equally long at every step and
 * nothing is padded, so that every sum is taken in one order whoever is beside: a text follows from the seed, its name and its
 * prompt alone, bit by bit.
 */
export class BatchSampler {
  readonly #decoder: Decoder;
  readonly #session: Session;

  private constructor(decoder: Decoder, session: Session) {
    this.#decoder = decoder;
    this.#session = session;
  }

  /**
   * Opens a decoder for sampling; it holds memory until it is closed.
   *
   * @example
   * ```ts
   * import { gpt2 } from "../architectures/gpt2.ts";
   * import { modelParameters } from "../architectures/heads.ts";
   * import { initialize } from "../train/initialize.ts";
   * import { BatchSampler } from "./batch_sampler.ts";
   * import { deepEqual } from "node:assert/strict";
   * const decoder = gpt2({ vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 });
   * const shapes = modelParameters(decoder, { kind: "language-model" });
   * const weights = new Map([...shapes].map(([name, shape]) => [name, initialize(name, shape, 42)]));
   * await using sampler = await BatchSampler.open(decoder, weights);
   * const texts = ["a", "b", "c"].map((name) => ({ prompt: [5, 6], name, maxPieces: 8 }));
   * const how = { seed: 42, ends: [0], topP: 0.95 };
   * const together = await sampler.sample(texts, how);
   * deepEqual(await sampler.sample(texts.slice(1), how), together.slice(1));
   * ```
   */
  static async open(decoder: Decoder, weights: Weights, options: SessionOptions = {}): Promise<BatchSampler> {
    const b = new GraphBuilder("sample");
    const graph = decodingGraph(plainNet(b, fixedParameters(b, weights)), decoder);
    const outputs = graph.outputs.filter(({ name }) => name !== "logits"); // large, and not read here
    return new BatchSampler(decoder, await Session.open({ ...graph, outputs }, options));
  }

  /**
   * Writes the texts.
   *
   * @returns what was written, in the order of the texts
   * @throws Error naming the text, where its prompt is empty or there is no room behind it, or the option that is out of its range
   */
  async sample(texts: readonly TextToSample[], options: BatchSampling): Promise<SampledText[]> {
    const { rows = 64 } = options;
    this.#check(texts, options);
    const groups = Map.groupBy(texts.keys(), (i) => texts[i]?.prompt.length ?? 0);
    const written: SampledText[] = [];
    for (const members of groups.values()) {
      for (let first = 0; first < members.length; first += rows) {
        const some = members.slice(first, first + rows);
        const rowsOfThem = some.flatMap((i) => texts[i] ? [new Row(texts[i], options)] : []);
        await this.#write(rowsOfThem, options);
        for (const [row, i] of some.entries()) {
          const text = rowsOfThem[row]?.text;
          if (text) written[i] = text;
        }
      }
    }
    return written;
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #write(rows: readonly Row[], { temperature = 1, onFinished }: BatchSampling): Promise<void> {
    const constant = {
      temperature: { dtype: "float32", shape: [], data: Float32Array.of(temperature) },
    } as const;
    const live = [...rows];
    let step = await this.#read(live.map(({ prompt }) => prompt), constant);
    const cache = new KeyValueCache(this.#decoder, live.length);
    let mask = ones(live.length, live[0]?.prompt.length ?? 0);
    while (true) {
      cache.append(step, mask);
      const probabilities = floats(step, "probabilities");
      const vocabulary = probabilities.length / live.length;
      const chosen = live.map((row, i) =>
        row.go(probabilities.subarray(i * vocabulary, (i + 1) * vocabulary))
      );
      for (let row = live.length - 1; row >= 0; row--) {
        if (!live[row]?.done) continue;
        onFinished?.();
        const [last, piece] = [live.pop(), chosen.pop()];
        cache.drop(row);
        if (last && piece !== undefined && row < live.length) [live[row], chosen[row]] = [last, piece];
      }
      release(Object.values(step));
      if (live.length === 0) return;
      mask = ones(live.length, 1);
      const input_ids = { ...mask, data: BigInt64Array.from(chosen, BigInt) };
      step = await this.#session.run({ ...cache.feeds, ...constant, input_ids });
    }
  }

  /** What the model computes of the prompts of a batch, each different one read once and by itself. */
  async #read(
    prompts: readonly (readonly number[])[],
    constant: Readonly<Record<string, Tensor>>,
  ): Promise<Record<string, Tensor>> {
    const rowsOf = Map.groupBy(prompts.keys(), (row) => prompts[row]?.join(" ") ?? "");
    const nothing = new KeyValueCache(this.#decoder, 1).feeds;
    const joint: Record<string, Tensor<"float32">> = {};
    for (const members of rowsOf.values()) {
      const prompt = prompts[members[0] ?? 0] ?? [];
      const attention_mask = ones(1, prompt.length);
      const input_ids = { ...attention_mask, data: BigInt64Array.from(prompt, BigInt) };
      const one = await this.#session.run({ ...nothing, ...constant, input_ids, attention_mask });
      for (const [name, { shape }] of Object.entries(one)) {
        const data = floats(one, name);
        joint[name] ??= {
          dtype: "float32",
          shape: [prompts.length, ...shape.slice(1)],
          data: new Float32Array(prompts.length * data.length),
        };
        for (const row of members) joint[name].data.set(data, row * data.length);
      }
      release(Object.values(one));
    }
    return joint;
  }

  #check(texts: readonly TextToSample[], { temperature, topP, rows = 64, seed }: BatchSampling): void {
    checkSampling({
      seed,
      ...temperature !== undefined && { temperature },
      ...topP !== undefined && { topP },
    });
    checkWhole("rows", rows);
    const { positions } = this.#decoder;
    for (const { prompt: { length }, name, maxPieces } of texts) {
      if (length === 0) {
        throw new Error(`${name}: the prompt has no pieces. Give it at least the piece that begins a text.`);
      }
      checkWhole(`${name}: maxPieces`, maxPieces);
      if (length + maxPieces > positions) {
        throw new Error(
          `${name}: ${length} pieces and ${maxPieces} to come, but the model has ${positions} positions. Lower maxPieces.`,
        );
      }
    }
  }
}

/** A text in progress. */
class Row {
  readonly prompt: readonly number[];
  readonly #pieces: number[] = [];
  readonly #most: number;
  readonly #options: BatchSampling;
  readonly #stream: Random;
  #ended = false;

  constructor({ prompt, name, maxPieces }: TextToSample, options: BatchSampling) {
    this.prompt = prompt;
    this.#most = maxPieces;
    this.#options = options;
    this.#stream = random(`${options.seed}/${name}`);
  }

  /** Takes a step, and says which piece came. */
  go(probabilities: Float32Array): number {
    const { topP = 1, ends } = this.#options;
    const piece = drawFromNucleus(probabilities, topP, this.#stream);
    this.#ended = ends.includes(piece);
    this.#pieces.push(piece);
    return piece;
  }

  get done(): boolean {
    return this.#ended || this.#pieces.length === this.#most;
  }

  get text(): SampledText {
    return { pieces: this.#pieces.slice(0, this.#ended ? -1 : undefined), ended: this.#ended };
  }
}

function ones(rows: number, columns: number): Tensor<"int64"> {
  return { dtype: "int64", shape: [rows, columns], data: new BigInt64Array(rows * columns).fill(1n) };
}

function floats(outputs: Readonly<Record<string, Tensor>>, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new Error(`the graph gave no ${name}`);
}
