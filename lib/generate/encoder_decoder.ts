/** Writing texts with an encoder-decoder. @module */

import type { EncoderDecoder } from "../architectures/architecture.ts";
import type { Weights } from "../architectures/inference.ts";
import { fixedParameters, plainNet } from "../architectures/net.ts";
import { checkWhole } from "../check_whole.ts";
import { padded } from "../checkpoint/batch.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import { Session, type SessionOptions } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type BeamOptions, BeamSearch, type Found, type Search, type SearchOptions } from "./beam.ts";
import { GreedySearch } from "./beam_greedy.ts";
import { SampledSearch } from "./sampled_search.ts";
import type { Sampling } from "./sampling.ts";
import { keyValueNames, readingGraph, writingGraph } from "./encoder_decoder_graphs.ts";

/** How texts are written. Without `beams` and sampling, or with one beam, the likeliest piece is taken at every step. */
export interface WriteOptions
  extends
    Omit<SearchOptions, "end" | "maxPieces">,
    Partial<Pick<BeamOptions, "beams" | "lengthPenalty" | "earlyStopping">> {
  /** The most pieces that are written, the end included: of every text, or of each. */
  readonly maxPieces: number | readonly number[];
  /** How many texts are written at once. Default 8. It does not change what is written. */
  readonly textsAtOnce?: number;
  /** Every piece is drawn; not together with beams. */
  readonly sampling?: Sampling;
  /** The names of the texts' streams of chance, one a text. Default their numbers, from `sampling.first`. */
  readonly names?: readonly string[];
}

/** An encoder-decoder that is ready to write, and holds memory until it is closed. */
export interface Writer {
  /**
   * Writes a text for every text, in their order.
   *
   * @param texts piece ids as the encoder takes them, special ones included
   * @throws where a text has no pieces, or an option is not a whole number of 1 or more
   */
  write(texts: readonly (readonly number[])[], options: WriteOptions): Promise<Found[]>;
  /** The same with all that the search kept for each text, as many as beams at most, the best first. */
  search(texts: readonly (readonly number[])[], options: WriteOptions): Promise<(readonly Found[])[]>;
  close(): Promise<void>;
}

/**
 * Opens an encoder-decoder for writing. The keys and values of the text are computed once, those of written pieces are
 * kept, and texts that are finished leave the batch.
 *
 * @example
 * ```ts
 * import { modelParameters } from "../architectures/heads.ts";
 * import { t5 } from "../architectures/t5.ts";
 * import { initialize } from "../train/initialize.ts";
 * import { openWriter } from "./encoder_decoder.ts";
 * import { equal } from "node:assert/strict";
 * const model = t5({ vocab_size: 32, d_model: 8, d_kv: 3, d_ff: 16, num_layers: 1, num_heads: 2 });
 * const shapes = modelParameters(model, { kind: "language-model" });
 * const writer = await openWriter(model, new Map([...shapes].map(([name, shape]) => [name, initialize(name, shape, 42)])));
 * const [best] = await writer.write([[5, 6, 1]], { maxPieces: 4, beams: 5, noRepeat: 2 });
 * equal((best?.pieces.length ?? 5) <= 4, true);
 * await writer.close();
 * ```
 */
export async function openWriter(
  model: EncoderDecoder,
  weights: Weights,
  options: SessionOptions = {},
): Promise<Writer> {
  const open = (name: string, graph: typeof readingGraph) => {
    const b = new GraphBuilder(name);
    return Session.open(graph(plainNet(b, fixedParameters(b, weights)), model), options);
  };
  const reading = await open("read", readingGraph);
  const writing = await open("write", writingGraph);

  /** Feeds the searches of some texts until all are done. */
  async function run(texts: readonly (readonly number[])[], searches: readonly Search[]): Promise<void> {
    const source = padded(texts, model.special.pad);
    const read = await reading.run({ ...source });
    let perText: Record<string, Tensor> = { ...read, attention_mask: source.attention_mask };
    let live = searches;
    let parents = live.flatMap(({ last }, text) => last.map((_, i) => text * last.length + i));
    let past = nothing(model, parents.length);
    while (live.length > 0) {
      const last = live.map((search) => search.last);
      const step = await writing.run({
        ...perText,
        ...past,
        pieces: int64(last.flat(), [last.length, last[0]?.length ?? 1]),
        parents: int64(parents, [parents.length]),
      });
      const rows = logProbabilities(step["scores"], model.vocabulary);
      const continued = live.map((search, text) => {
        const first = text * (last[0]?.length ?? 1);
        return search.advance((i) => rows(first + i)).map((i) => first + i);
      });
      const kept = live.flatMap(({ done }, text) => done ? [] : [text]);
      if (kept.length < live.length) {
        perText = Object.fromEntries(
          Object.entries(perText).map(([name, tensor]) => [name, rowsOf(tensor, kept)]),
        );
      }
      parents = kept.flatMap((text) => continued[text] ?? []);
      live = live.filter(({ done }) => !done);
      past = Object.fromEntries(
        Object.entries(step).filter(([name]) => name !== "scores")
          .map(([name, tensor]) => [name.replace("present", "past"), tensor]),
      );
    }
  }

  async function search(texts: readonly (readonly number[])[], options: WriteOptions) {
    const { textsAtOnce = 8, beams = 1, sampling, names, maxPieces, ...rest } = options;
    checkWhole("textsAtOnce", textsAtOnce);
    if (sampling && beams !== 1) {
      throw new Error(`${beams} beams and sampling: choose one, the likeliest texts or drawn ones.`);
    }
    const empty = texts.findIndex(({ length }) => length === 0);
    if (empty >= 0) throw new Error(`text ${empty} has no pieces. Give each at least its end.`);
    const { start, end } = model.special;
    const searchOf = (text: number): Search => {
      const most = typeof maxPieces === "number" ? maxPieces : maxPieces[text] ?? 0;
      const one = { ...rest, end, maxPieces: most };
      if (beams !== 1) return new BeamSearch([start], { ...one, beams });
      if (!sampling) return new GreedySearch([start], one);
      const name = names?.[text] ?? `${(sampling.first ?? 0) + text}`;
      return new SampledSearch([start], { ...one, sampling }, name);
    };
    const searches = texts.map((_, text) => searchOf(text));
    const byLength = [...texts.keys()].sort((a, b) => (texts[b]?.length ?? 0) - (texts[a]?.length ?? 0));
    for (let i = 0; i < byLength.length; i += textsAtOnce) {
      const batch = byLength.slice(i, i + textsAtOnce);
      await run(batch.map((text) => texts[text] ?? []), batch.flatMap((text) => searches[text] ?? []));
    }
    return searches.map(({ found }) => found);
  }

  return {
    search,
    async write(texts, options) {
      return (await search(texts, options)).map(([best]) => {
        if (!best) throw new Error("the search ended without a text");
        return best;
      });
    },
    async close() {
      await reading.close();
      await writing.close();
    },
  };
}

/** Keys and values of rows without pieces. */
function nothing({ decoderLayers, heads, headSize }: EncoderDecoder, rows: number): Record<string, Tensor> {
  const tensor: Tensor = { dtype: "float32", shape: [rows, heads, 0, headSize], data: new Float32Array() };
  const names = Array.from({ length: decoderLayers }, (_, layer) => keyValueNames("past", layer));
  return Object.fromEntries(names.flatMap(({ key, value }) => [[key, tensor], [value, tensor]]));
}

function int64(values: readonly number[], shape: readonly number[]): Tensor<"int64"> {
  return { dtype: "int64", shape, data: BigInt64Array.from(values, BigInt) };
}

function logProbabilities(scores: Tensor | undefined, vocabulary: number): (row: number) => Float32Array {
  if (!(scores?.data instanceof Float32Array)) throw new Error("the graph gave no scores");
  const { data } = scores;
  return (row) => data.subarray(row * vocabulary, (row + 1) * vocabulary);
}

/** Some rows of an array, along its first axis. */
function rowsOf({ dtype, shape: [all = 1, ...rest], data }: Tensor, rows: readonly number[]): Tensor {
  const size = data.length / all;
  const shape = [rows.length, ...rest];
  const picked = <A extends Elements<A>>(from: A, to: A) => {
    for (const [i, row] of rows.entries()) to.set(from.subarray(row * size, (row + 1) * size), i * size);
    return to;
  };
  if (data instanceof BigInt64Array) {
    return { dtype: "int64", shape, data: picked(data, new BigInt64Array(rows.length * size)) };
  }
  if (data instanceof Float32Array) {
    return { dtype: "float32", shape, data: picked(data, new Float32Array(rows.length * size)) };
  }
  throw new Error(`rows of ${dtype} arrays are not picked`);
}

interface Elements<A> {
  subarray(start: number, end: number): A;
  set(from: A, at: number): void;
}
