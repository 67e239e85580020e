/** What a model would cost in the data-constrained study, without running it. @module */

import { bloom } from "../../architectures/bloom.ts";
import { gpt2 } from "../../architectures/gpt2.ts";
import { modelParameters } from "../../architectures/heads.ts";
import type { Decoder } from "../../architectures/architecture.ts";
import { denseLayers, targeted } from "../../train/lora/dense_layers.ts";
import type { CausalLora } from "../../synth/adapt_causal.ts";
import { sizeOf } from "../../onnx/tensor.ts";
import type { Letter } from "../../corpus/letter.ts";
import type { Row, Table } from "../../report/table.ts";
import { BUDGETS, wordsIn } from "./effort.ts";

/** A decoder as it would be used. */
export interface CostedModel {
  readonly name: string;
  readonly decoder: Decoder;
  /** Left out: all weights are trained. */
  readonly lora?: CausalLora;
}

/** What is done once, in one fold. */
export interface CostedWork {
  /** Words that the decoder is adapted to. */
  readonly words: number;
  /** As many times these words are sampled. */
  readonly amount: number;
}

/** What it takes. */
export interface Cost {
  readonly parameters: number;
  readonly trained: number;
  readonly adaptationHours: number;
  readonly adaptationGigabytes: number;
  readonly samplingHours: number;
  readonly samplingGigabytes: number;
}

/** Pieces of a word, about. */
const PIECES = 1.5;
/** Sampled side by side. */
const ROWS = 64;
/** Numbers that a layer keeps for backward, by the model's width, about: four for each of attention and the layer in between. */
const KEPT = 16;
/** Bytes of a weight of a frozen layer, scales included. */
const BYTES = { float32: 4, int8: 1.125, int4: 0.625 } as const;

/**
 * Time and memory of adapting a decoder once and sampling from it. Operations are counted (6 a parameter and piece where all weights
 * are trained, 4 where they are frozen, 2 in sampling; Kaplan et al. 2020, section 2.1) and divided by what the machine
 * reaches; memory is weights, gradients and AdamW's two moments of what is trained, and what layers keep.
 *
 * @param gigaflops operations that the machine does in a nanosecond. Default 100: two cores with AVX-512 reach it in training steps.
 *
 * @example
 * ```ts
 * import { costOf, FLOR } from "./cost.ts";
 * import { ok } from "node:assert/strict";
 * const work = { words: 40_000, amount: 4 };
 * const { parameters, trained, adaptationGigabytes } = costOf({ ...FLOR, lora: { base: "int4" } }, work);
 * ok(parameters > 1.3e9 && parameters < 1.33e9);
 * ok(trained < 4e6 && adaptationGigabytes < 8);
 * ```
 */
export function costOf(
  { decoder, lora }: CostedModel,
  { words, amount }: CostedWork,
  gigaflops = 100,
): Cost {
  const head = { kind: "language-model" } as const;
  const parameters = [...modelParameters(decoder, head).values()].reduce(
    (sum, shape) => sum + sizeOf(shape),
    0,
  );
  const dense = denseLayers(decoder, head);
  const { epochs, batch, length } = BUDGETS.full.adaptation;
  const pieces = PIECES * words;
  const seconds = (perPiece: number, count: number) => perPiece * parameters * count / (gigaflops * 1e9);
  const activations = 4 * batch * length * decoder.layers * decoder.hidden * KEPT;
  const cache = 4 * ROWS * length * 2 * decoder.layers * decoder.hidden;
  const inLayers = dense.reduce((sum, { from, to }) => sum + from * to, 0);
  const { rank = 8, targets, base = "float32" } = lora ?? {};
  const adapted = targeted(dense, targets ?? [decoder.modelType === "bloom" ? "query_key_value" : "c_attn"]);
  const trained = lora ? adapted.reduce((sum, { from, to }) => sum + rank * (from + to), 0) : parameters;
  const frozen = lora ? BYTES[base] * inLayers + 4 * (parameters - inLayers) : 0;
  return {
    parameters,
    trained,
    adaptationHours: seconds(lora ? 4 : 6, epochs * pieces) / 3600,
    adaptationGigabytes: (frozen + 16 * trained + activations) / 1e9,
    samplingHours: seconds(2, amount * pieces) / 3600,
    samplingGigabytes: (4 * parameters + cache) / 1e9,
  };
}

/** FLOR-1.3B, the smaller Spanish model of the paper (projecte-aina/FLOR-1.3B): a BLOOM with another vocabulary. */
export const FLOR: CostedModel = {
  name: "FLOR-1.3B",
  decoder: bloom({ vocab_size: 50_257, hidden_size: 2048, n_layer: 24, n_head: 16 }),
};

const gpt = (n_layer: number, n_embd: number, n_head: number) =>
  gpt2({ vocab_size: 8192, n_embd, n_layer, n_head, n_positions: 256 });

const MODELS: readonly CostedModel[] = [
  { name: "decoder-tiny", decoder: gpt(2, 96, 2) },
  { name: "decoder-small", decoder: gpt(4, 256, 4) },
  { ...FLOR, name: "FLOR-1.3B, LoRA on float32", lora: {} },
  { ...FLOR, name: "FLOR-1.3B, LoRA on int8", lora: { base: "int8" } },
  { ...FLOR, name: "FLOR-1.3B, LoRA on int4", lora: { base: "int4" } },
];

/**
 * The project's decoders beside the paper's smaller one: what a fold of the study takes, adapted to 95% of what is not tested on and
 * sampled four times over.
 *
 * @example
 * ```ts
 * import { costTable } from "./cost.ts";
 * import { equal } from "node:assert/strict";
 * equal(costTable([{ id: "a", text: "No fever.", spans: [], meta: {} }]).rows.length, 5);
 * ```
 */
export function costTable(corpus: readonly Letter[], gigaflops?: number): Table {
  const all = corpus.reduce((sum, { text }) => sum + wordsIn(text), 0);
  const work = { words: 0.8 * 0.95 * all, amount: 4 };
  return {
    caption:
      `Estimates for one of five folds of this corpus on ${
        gigaflops === undefined ? "two cores with AVX-512" : `${gigaflops} GFLOP/s`
      }: ` +
      `adapting to ${
        Math.round(work.words)
      } words, ${BUDGETS.full.adaptation.epochs} epochs, and sampling four times as many.`,
    columns: [
      { name: "model", kind: "text" },
      { name: "parameters", title: "parameters, millions", kind: "number", digits: 1 },
      { name: "trained", title: "trained, millions", kind: "number", digits: 1 },
      { name: "adaptation_hours", title: "adapting, hours", kind: "number", digits: 2 },
      { name: "adaptation_gigabytes", title: "adapting, GB", kind: "number", digits: 1 },
      { name: "sampling_hours", title: "sampling, hours", kind: "number", digits: 2 },
      { name: "sampling_gigabytes", title: "sampling, GB", kind: "number", digits: 1 },
    ],
    rows: MODELS.map((model): Row => {
      const cost = costOf(model, work, gigaflops);
      return {
        model: model.name,
        parameters: cost.parameters / 1e6,
        trained: cost.trained / 1e6,
        adaptation_hours: cost.adaptationHours,
        adaptation_gigabytes: cost.adaptationGigabytes,
        sampling_hours: cost.samplingHours,
        sampling_gigabytes: cost.samplingGigabytes,
      };
    }),
  };
}
