/** Graphs for using a trained encoder: named axes, padding, weights inside. @module */

import { GraphBuilder } from "../onnx/builder.ts";
import type { Graph } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Encoder, lastOf } from "./architecture.ts";
import { fixedParameters, type Net, plainNet } from "./net.ts";

/** The weights of a checkpoint by name. */
export type Weights = ReadonlyMap<string, Tensor<"float32">>;

/**
 * A masked LM as transformers.js and Python's exports have it: `input_ids`, `attention_mask` (batch, sequence) →
 * `logits` (batch, sequence, vocabulary).
 */
export function maskedLMGraph(encoder: Encoder, weights: Weights): Graph {
  const net = start("masked-lm", weights);
  const hidden = lastOf(encoder.states(net, inputs(net)));
  const logits = encoder.maskedLM(net, hidden); // (batch · sequence, vocabulary)
  return net.b.graph([
    net.b.named("logits", net.b.reshape(logits, ["batch", "sequence", encoder.vocabulary])),
  ]);
}

/** A token classifier in the same form: `logits` (batch, sequence, labels). */
export function tokenClassificationGraph(encoder: Encoder, weights: Weights, labels: number): Graph {
  const net = start("token-classification", weights);
  const hidden = lastOf(encoder.states(net, inputs(net)));
  const logits = encoder.tokenClassifier(net, hidden, labels); // (batch · sequence, labels)
  return net.b.graph([net.b.named("logits", net.b.reshape(logits, ["batch", "sequence", labels]))]);
}

/**
 * What filling needs of a masked LM: `input_ids`, `attention_mask` (batch, sequence) and `rows` (masked), the places of
 * the blanks counted over the whole batch → `raw` and `word` (masked), the best piece of all and the best of those that
 * `allowed` marks with 1. Only the blanks go through the vocabulary.
 */
export function fillGraph(encoder: Encoder, weights: Weights, allowed: Uint8Array): Graph {
  const net = start("fill", weights);
  const { b } = net;
  const hidden = lastOf(encoder.states(net, inputs(net)));
  const seen = b.one("Gather", [hidden, b.input("rows", "int64", ["masked"])]); // (masked, hidden)
  const scores = encoder.maskedLM(net, seen); // (masked, vocabulary)
  const bias = Float32Array.from({ length: encoder.vocabulary }, (_, id) => allowed[id] === 1 ? 0 : -1e30);
  const among = b.add(
    scores,
    b.initializer("allowed", { dtype: "float32", shape: [encoder.vocabulary], data: bias }),
  );
  const best = (x: typeof scores) => b.one("ArgMax", [x], { axis: { int: -1 }, keepdims: { int: 0 } });
  return b.graph([b.named("raw", best(scores)), b.named("word", best(among))]);
}

/**
 * Contextual embeddings: `input_ids`, `attention_mask` (batch, sequence) → `hidden` (batch · sequence, hidden), the
 * output of the given layer, 0 being the embeddings. The layers after it are left out.
 */
export function embeddingGraph(encoder: Encoder, weights: Weights, layer: number): Graph {
  const net = start(`layer-${layer}`, weights);
  return net.b.graph([net.b.named("hidden", lastOf(encoder.states(net, inputs(net), layer)))]);
}

function start(name: string, weights: Weights): Net {
  const b = new GraphBuilder(name);
  return plainNet(b, fixedParameters(b, weights));
}

function inputs({ b }: Net) {
  return {
    ids: b.input("input_ids", "int64", ["batch", "sequence"]),
    mask: b.input("attention_mask", "int64", ["batch", "sequence"]),
  };
}
