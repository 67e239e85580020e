/** Writing on with a decoder: greedily or by chance. @module */

import type { Decoder } from "../architectures/architecture.ts";
import { decodingGraph } from "../architectures/decoder_graphs.ts";
import type { Weights } from "../architectures/inference.ts";
import { fixedParameters, plainNet } from "../architectures/net.ts";
import { checkWhole } from "../check_whole.ts";
import { padded } from "../checkpoint/batch.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { Session, type SessionOptions } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { random } from "../random.ts";
import { repeating } from "./beam_no_repeat.ts";
import { KeyValueCache } from "./key_value_cache.ts";
import { checkSampling, draw, type Sampling } from "./sampling.ts";

/** How texts are written on. */
export interface GenerateOptions {
  /** The most pieces that are written, the end included. */
  readonly maxPieces: number;
  /** Pieces that end a text. Default none. */
  readonly ends?: readonly number[];
  /** No n-gram of this size comes twice in a text, its prompt included. Default 0: all may. */
  readonly noRepeat?: number;
  /** Left out: the likeliest piece is taken at every step. */
  readonly sampling?: Sampling;
  /** The names of the texts' streams of chance, one a prompt. Default their numbers, from `sampling.first`. */
  readonly names?: readonly string[];
  /** Whether each piece's place among all is told. Default false. */
  readonly standings?: boolean;
  /** How many texts are written at once. Default 16. It changes what is written only through rounding. */
  readonly textsAtOnce?: number;
}

/** A piece among all that could have come. */
export interface Standing {
  /** At temperature 1, whatever was not to be repeated included. */
  readonly logProbability: number;
  /** 1 is the likeliest. */
  readonly rank: number;
}

/** What follows a prompt. */
export interface Continuation {
  /** Without the prompt and the end. */
  readonly pieces: readonly number[];
  /** Whether the model ended the text, rather than `maxPieces`. */
  readonly ended: boolean;
  /** Of each piece, where they were asked for. */
  readonly standings?: readonly Standing[];
}

/** A decoder that is ready to write, and holds memory until it is closed. */
export interface TextGenerator {
  /**
   * Writes a text for every prompt, in their order, as many at once as the options say.
   *
   * @throws where a prompt has no pieces, or no room is left behind it; or an option is out of its range
   */
  generate(prompts: readonly (readonly number[])[], options: GenerateOptions): AsyncGenerator<Continuation>;
  close(): Promise<void>;
}

/**
 * Opens a decoder for writing. The keys and values of all pieces are kept, only the last piece of each text goes through the
 * model and the vocabulary at a step, and texts that are finished leave the batch. A model over 2 GB goes through a file.
 *
 * @example
 * ```ts
 * import { gpt2 } from "../architectures/gpt2.ts";
 * import { modelParameters } from "../architectures/heads.ts";
 * import { initialize } from "../train/initialize.ts";
 * import { openGenerator } from "./decoder.ts";
 * import { equal } from "node:assert/strict";
 * const decoder = gpt2({ vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 });
 * const shapes = modelParameters(decoder, { kind: "language-model" });
 * const weights = new Map([...shapes].map(([name, shape]) => [name, initialize(name, shape, 42)]));
 * const generator = await openGenerator(decoder, weights);
 * const options = { maxPieces: 4, sampling: { seed: 42, topP: 0.95 } };
 * for await (const { pieces } of generator.generate([[5, 6], [7]], options)) equal(pieces.length, 4);
 * await generator.close();
 * ```
 */
export async function openGenerator(
  decoder: Decoder,
  weights: Weights,
  options: SessionOptions = {},
): Promise<TextGenerator> {
  const b = new GraphBuilder("decode");
  const session = await Session.open(
    decodingGraph(plainNet(b, fixedParameters(b, weights)), decoder),
    options,
  );

  /** Writes some texts side by side until all are done. */
  async function write(prompts: readonly (readonly number[])[], texts: readonly Text[], temperature: number) {
    const constant = {
      temperature: { dtype: "float32", shape: [], data: Float32Array.of(temperature) },
    } as const;
    const { input_ids, attention_mask } = padded(prompts, 0, "left"); // which piece stands for padding does not matter
    const nothing = new KeyValueCache(decoder, prompts.length).feeds;
    const cache = new KeyValueCache(decoder, prompts.length);
    let step = await session.run({ ...nothing, ...constant, input_ids, attention_mask });
    let mask = attention_mask;
    const live = [...texts];
    while (true) {
      cache.append(step, mask);
      const chosen = live.map((text, row) => text.go(rowOf(step, row)));
      for (let row = live.length - 1; row >= 0; row--) {
        if (!live[row]?.done) continue;
        const [last, piece] = [live.pop(), chosen.pop()];
        cache.drop(row);
        if (last && piece !== undefined && row < live.length) [live[row], chosen[row]] = [last, piece];
      }
      if (live.length === 0) return;
      mask = { dtype: "int64", shape: [live.length, 1], data: new BigInt64Array(live.length).fill(1n) };
      step = await session.run({
        ...cache.feeds,
        ...constant,
        input_ids: { ...mask, data: BigInt64Array.from(chosen, BigInt) },
      });
    }
  }

  return {
    async *generate(prompts, options) {
      const { textsAtOnce = 16, sampling } = options;
      checkOptions(decoder, prompts, options);
      for (let start = 0; start < prompts.length; start += textsAtOnce) {
        const some = prompts.slice(start, start + textsAtOnce);
        const texts = some.map((prompt, i) => new Text(prompt, options, start + i));
        await write(some, texts, sampling?.temperature ?? 1);
        yield* texts.map(({ continuation }) => continuation);
      }
    },
    close: () => session.close(),
  };
}

/** A text in progress. */
class Text {
  readonly #pieces: number[];
  readonly #prompt: number;
  readonly #options: GenerateOptions;
  readonly #choose: (answer: Answer) => number;
  readonly #standings: Standing[] = [];
  #ended = false;

  constructor(prompt: readonly number[], options: GenerateOptions, number: number) {
    this.#pieces = [...prompt];
    this.#prompt = prompt.length;
    this.#options = options;
    const { sampling, names } = options;
    const name = names?.[number] ?? `${(sampling?.first ?? 0) + number}`;
    const stream = sampling && random(`${sampling.seed}/${name}`);
    this.#choose = sampling && stream
      ? ({ probabilities }) => draw(probabilities, sampling, stream)
      : ({ logits }) => greatest(logits);
  }

  /** Takes a step, and says which piece came. */
  go(answer: Answer): number {
    const before = this.#options.standings ? answer.logits.slice() : undefined;
    for (const piece of repeating(this.#pieces, this.#options.noRepeat ?? 0)) {
      answer.logits[piece] = -Infinity;
      answer.probabilities[piece] = 0;
    }
    const piece = this.#choose(answer);
    if (before) this.#standings.push(standing(before, piece));
    this.#ended = this.#options.ends?.includes(piece) ?? false;
    this.#pieces.push(piece);
    return piece;
  }

  get done(): boolean {
    return this.#ended || this.#pieces.length - this.#prompt === this.#options.maxPieces;
  }

  get continuation(): Continuation {
    const pieces = this.#pieces.slice(this.#prompt, this.#ended ? -1 : undefined);
    return {
      ...{ pieces, ended: this.#ended },
      ...(this.#options.standings && { standings: this.#standings.slice(0, pieces.length) }),
    };
  }
}

/** What the model says of all pieces to follow a text. */
interface Answer {
  readonly logits: Float32Array;
  readonly probabilities: Float32Array;
}

function rowOf({ logits, probabilities }: Readonly<Record<string, Tensor>>, row: number): Answer {
  if (!(logits?.data instanceof Float32Array) || !(probabilities?.data instanceof Float32Array)) {
    throw new Error("the graph gave no logits and probabilities");
  }
  const [, vocabulary = 0] = logits.shape;
  const part = (data: Float32Array) => data.subarray(row * vocabulary, (row + 1) * vocabulary);
  return { logits: part(logits.data), probabilities: part(probabilities.data) };
}

function standing(logits: Float32Array, piece: number): Standing {
  const own = logits[piece] ?? -Infinity;
  let [greatest, sum, rank] = [-Infinity, 0, 1];
  for (const x of logits) if (x > greatest) greatest = x;
  for (const x of logits) {
    sum += Math.exp(x - greatest);
    if (x > own) rank++;
  }
  return { logProbability: own - greatest - Math.log(sum), rank };
}

/** The first of the greatest. */
function greatest(logits: Float32Array): number {
  let best = -1;
  for (let piece = 0; piece < logits.length; piece++) {
    if ((logits[piece] ?? 0) > (best < 0 ? -Infinity : logits[best] ?? 0)) best = piece;
  }
  if (best < 0) throw new Error(`none of ${logits.length} pieces is possible. Raise noRepeat.`);
  return best;
}

function checkOptions(
  decoder: Decoder,
  prompts: readonly (readonly number[])[],
  { maxPieces, noRepeat = 0, textsAtOnce = 16, sampling }: GenerateOptions,
): void {
  checkWhole("maxPieces", maxPieces);
  checkWhole("noRepeat", noRepeat, 0);
  checkWhole("textsAtOnce", textsAtOnce);
  if (sampling) checkSampling(sampling);
  for (const [i, { length }] of prompts.entries()) {
    if (length === 0) {
      throw new Error(`prompt ${i} has no pieces. Give each at least the piece that begins a text.`);
    }
    if (length + maxPieces > decoder.positions) {
      throw new Error(
        `prompt ${i}: ${length} pieces and ${maxPieces} to come, but the model has ${decoder.positions} positions. Lower maxPieces.`,
      );
    }
  }
}
