/** A model folder as the encoder filler sees it. @module */

import type { Encoder } from "../architectures/architecture.ts";
import type { Weights } from "../architectures/inference.ts";
import { padded } from "../checkpoint/batch.ts";
import { openEncoder } from "../checkpoint/model.ts";
import type { Graph } from "../onnx/graph.ts";
import { Session, type SessionOptions } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import { likeliestGraph, scoresGraph } from "./fill_graphs.ts";
import { inEightBits } from "./in_eight_bits.ts";
import type { HowMany, Likely, LikelyPiece, MaskedLanguageModel, Window } from "./masked_language_model.ts";

/** A masked language model that holds memory until it is closed. */
export interface OpenMaskedLM extends MaskedLanguageModel {
  close(): Promise<void>;
}

/** How a model is run. */
export interface MaskedLMOptions extends SessionOptions {
  /** Products in whole numbers of eight bits: other fills here and there, in less time and memory. Default false. */
  readonly int8?: boolean;
}

/** More rows of scores than these bytes hold do not leave the runtime at once. */
const MOST_BYTES = 2 ** 26;

/**
 * Opens the folder of an encoder for filling: BERT, DistilBERT, RoBERTa and what is built like it, Longformer. Only masks go
 * through the vocabulary, and of their scores only what is asked for leaves the runtime.
 *
 * @throws Error in one line where the folder is missing, half-written, holds another kind of model or one without a mask
 * token, or its files do not fit each other
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { openMaskedLM } from "./encoder_model.ts";
 * import { equal } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * const model = await openMaskedLM(folder);
 * const window = { ids: [model.clsId, model.maskId, model.sepId], masked: [1] };
 * const [likely] = await model.likeliest([window], { all: 3, words: 1 });
 * equal(model.piece(likely?.[0]?.words[0]?.id ?? NaN), "fever"); // the only whole word it has
 * await model.close();
 * ```
 */
export async function openMaskedLM(folder: string, options: MaskedLMOptions = {}): Promise<OpenMaskedLM> {
  const head = { kind: "language-model" } as const;
  const { name, architecture, tokenizer, maxLength, parameters } = await openEncoder(folder, head);
  const { special, around } = tokenizer;
  const mask = special.mask; // asked first: a model without one is refused before memory is spent on sessions
  const words = padTo(architecture.vocabulary, tokenizer.wholeWords());
  const sessions = lazySessions(architecture, parameters, words, options);
  return {
    name,
    maxLength,
    maskId: mask,
    clsId: around.before[0] ?? special.cls,
    sepId: around.after.at(-1) ?? special.sep,
    padId: special.pad,
    seesBlanks: `${tokenizer.pieces("a", true)}` !== `${tokenizer.pieces("a", false)}`,
    words,
    tails: padTo(architecture.vocabulary, tailsOf(tokenizer)),
    pieces: piecesOf(tokenizer),
    piece: (id) => tokenizer.piece(id),
    surface: (id) => tokenizer.surface(id),
    likeliest: async (windows, howMany) =>
      await likeliest(await sessions.likeliest(), special.pad, windows, howMany),
    scores: async (windows) =>
      await scores(await sessions.scores(), special.pad, windows, architecture.vocabulary),
    close: sessions.close,
  };
}

/** Pieces of letters alone that go on with a word. */
function tailsOf(tokenizer: Tokenizer): Uint8Array {
  return Uint8Array.from({ length: tokenizer.vocabSize }, (_, id) => {
    try {
      const { text, begins } = tokenizer.surface(id);
      return !begins && /^[\p{L}\p{M}]+$/u.test(text) ? 1 : 0;
    } catch {
      return 0; // an id that no piece has
    }
  });
}

/** Pieces that only pad a vocabulary are never written. */
function padTo(length: number, marks: Uint8Array): Uint8Array {
  const all = new Uint8Array(length);
  all.set(marks.subarray(0, length));
  return all;
}

/** Byte-level tokenizers read the blanks before a word; others do not know them. */
function piecesOf(tokenizer: Tokenizer): MaskedLanguageModel["pieces"] {
  const { mask } = tokenizer.special;
  const seesBlanks = `${tokenizer.pieces("a", true)}` !== `${tokenizer.pieces("a", false)}`;
  return (stretch, blanksBefore) => {
    const ids = seesBlanks ? tokenizer.pieces(blanksBefore + stretch, false) : tokenizer.pieces(stretch);
    // A letter may hold the mask's own text; it is text then.
    return ids.includes(mask) ? [...stretch].flatMap((character) => tokenizer.pieces(character, false)) : ids;
  };
}

function lazySessions(encoder: Encoder, weights: Weights, words: Uint8Array, options: MaskedLMOptions) {
  const { int8 = false, ...session } = options;
  const open = async (graph: Graph) => await Session.open(int8 ? await inEightBits(graph) : graph, session);
  let [forLikeliest, forScores]: (Promise<Session> | undefined)[] = [];
  return {
    likeliest: () => forLikeliest ??= open(likeliestGraph(encoder, weights, words)),
    scores: () => forScores ??= open(scoresGraph(encoder, weights)),
    async close() {
      for (const session of [forLikeliest, forScores]) await (await session)?.close();
    },
  };
}

async function likeliest(
  session: Session,
  pad: number,
  windows: readonly Window[],
  { all, words }: HowMany,
): Promise<Likely[][]> {
  const feeds = feedsOf(windows, pad);
  if (feeds === undefined) return windows.map(() => []);
  const results = await session.run({
    ...feeds,
    k_all: { dtype: "int64", shape: [1], data: BigInt64Array.of(BigInt(all)) },
    k_words: { dtype: "int64", shape: [1], data: BigInt64Array.of(BigInt(words)) },
  });
  const greatest = (row: number) => Number(results["all"]?.data[row * all]);
  const share = (row: number) => Number(results["share"]?.data[row]);
  const list = (values: string, ids: string, k: number) => (row: number) =>
    Array.from({ length: k }, (_, i): LikelyPiece => ({
      id: Number(results[ids]?.data[row * k + i]),
      probability: share(row) * Math.exp(Number(results[values]?.data[row * k + i]) - greatest(row)),
    }));
  const [allOf, wordsOf] = [list("all", "all_ids", all), list("words", "word_ids", words)];
  let next = 0;
  return windows.map(({ masked }) => masked.map(() => ({ all: allOf(next), words: wordsOf(next++) })));
}

async function scores(
  session: Session,
  pad: number,
  windows: readonly Window[],
  vocabulary: number,
): Promise<Float32Array[][]> {
  const rows = windows.reduce((sum, { masked }) => sum + masked.length, 0);
  if (windows.length > 1 && rows * vocabulary * 4 > MOST_BYTES) {
    const half = windows.length >> 1;
    const parts = [windows.slice(0, half), windows.slice(half)];
    const results: Float32Array[][] = [];
    for (const part of parts) results.push(...await scores(session, pad, part, vocabulary));
    return results;
  }
  const feeds = feedsOf(windows, pad);
  if (feeds === undefined) return windows.map(() => []);
  const { logits } = await session.run(feeds);
  const { data } = logits ?? {};
  if (!(data instanceof Float32Array)) throw new Error("the runtime gave no scores in float32");
  let next = 0;
  return windows.map(({ masked }) => masked.map(() => data.subarray(next * vocabulary, ++next * vocabulary)));
}

function feedsOf(windows: readonly Window[], pad: number): Record<string, Tensor> | undefined {
  const inputs = padded(windows.map(({ ids }) => ids), pad);
  const longest = inputs.input_ids.shape[1] ?? 0;
  const rows = windows.flatMap(({ masked }, row) => masked.map((at) => row * longest + at));
  if (rows.length === 0) return undefined;
  return {
    ...inputs,
    rows: { dtype: "int64", shape: [rows.length], data: BigInt64Array.from(rows, BigInt) },
  };
}
