import { ok } from "node:assert/strict";
import { families } from "../architectures/families.ts";
import type { Value } from "../onnx/graph.ts";
import { largestError, runWritten } from "../onnx/run_written.ts";
import { sizeOf, type Tensor } from "../onnx/tensor.ts";
import { inMemory, type LazyGraph, withWeights } from "../onnx/tensor_source.ts";
import { random } from "../random.ts";
import { FORMATS } from "./formats.ts";
import { modelGraphs } from "./model_graphs.ts";

const encoder = {
  ...{ vocab_size: 50, hidden_size: 32, num_hidden_layers: 2, num_attention_heads: 4, intermediate_size: 64 },
  ...{ max_position_embeddings: 40, type_vocab_size: 2, pad_token_id: 1 },
};
const configs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  bert: encoder,
  roberta: encoder,
  distilbert: {
    vocab_size: 50,
    dim: 32,
    n_layers: 2,
    n_heads: 4,
    hidden_dim: 64,
    max_position_embeddings: 40,
  },
  longformer: { ...encoder, attention_window: [4, 4] },
  gpt2: { vocab_size: 50, n_embd: 32, n_layer: 2, n_head: 4, n_positions: 40 },
  bloom: { vocab_size: 50, hidden_size: 32, n_layer: 2, n_head: 4 },
  biogpt: encoder,
  t5: {
    ...{ vocab_size: 50, d_model: 32, d_kv: 8, d_ff: 64, num_layers: 2, num_heads: 4 },
    ...{ decoder_start_token_id: 0, pad_token_id: 0, eos_token_id: 1 },
  },
};

const isWeight = ({ dtype, shape }: Value) =>
  dtype === "float32" && shape.every((dim) => typeof dim === "number");

/** Random weights of the sizes that trained ones have; those of norms lie around 1. */
function weight({ name, shape }: Value): Tensor<"float32"> {
  const { normal } = random(name);
  const middle = /norm|ln_/i.test(name) && name.endsWith("weight") ? 1 : 0;
  const sizes = shape.map(Number);
  return {
    dtype: "float32",
    shape: sizes,
    data: Float32Array.from({ length: sizeOf(sizes) }, () => middle + 0.3 * normal()),
  };
}

/** Two texts of six pieces without a past, the second one padded. */
function given({ name, dtype, shape }: Value): Tensor {
  const size = (dim: string | number): number => {
    if (typeof dim === "number") return dim;
    if (dim.includes("+")) return dim.split("+").reduce((sum, part) => sum + size(part), 0);
    return dim.startsWith("past") ? 0 : dim.startsWith("batch") ? 2 : 6;
  };
  const sizes = shape.map(size);
  const length = sizeOf(sizes);
  const { normal, below } = random(name);
  if (dtype === "bool") return { dtype, shape: sizes, data: new Uint8Array(length) };
  if (dtype === "float32") return { dtype, shape: sizes, data: Float32Array.from({ length }, normal) };
  const whole = (i: number) => name.includes("mask") ? (i < 10 ? 1 : 0) : 2 + below(48);
  return { dtype: "int64", shape: sizes, data: BigInt64Array.from({ length }, (_, i) => BigInt(whole(i))) };
}

for (const [type, keys] of Object.entries(configs)) {
  Deno.test(`${type} in float16 and int8 gives nearly the results of float32`, async () => {
    const architecture = families.get(type)?.({ model_type: type, ...keys });
    if (!architecture) throw new Error(type);
    for (const [name, graph] of modelGraphs(architecture, { kind: "language-model" })) {
      const weights = graph.inputs.filter(isWeight).map((input) =>
        [input.name, inMemory(weight(input))] as const
      );
      const plain: LazyGraph = withWeights(graph, new Map(weights));
      const feeds = Object.fromEntries(plain.inputs.map((input) => [input.name, given(input)]));
      const exact = await runWritten(plain, feeds);
      for (const [format, most] of [["float16", 1e-2], ["int8", 0.2]] as const) {
        const near = await runWritten(FORMATS[format].convert(plain), feeds);
        for (const output of plain.outputs) {
          if (exact[output.name]?.data.length === 0) continue; // a cache of a text that is not gone on with
          const error = largestError(near[output.name], exact[output.name]);
          ok(error > 0 && error < most, `${name}, ${format}, ${output.name}: ${error}`);
        }
      }
    }
  });
}
