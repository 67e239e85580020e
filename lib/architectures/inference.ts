/** Graphs for using a trained model: named axes, padding, weights inside. @module */

import { GraphBuilder } from "../onnx/builder.ts";
import type { Graph, Value } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { bertEncoder, type BertShape, maskedLMHead, type Parameters } from "./bert.ts";

/** The weights of a checkpoint by name. */
export type Weights = ReadonlyMap<string, Tensor<"float32">>;

/**
 * A masked LM as transformers.js and Python's exports have it: `input_ids`, `attention_mask` (batch, sequence) →
 * `logits` (batch, sequence, vocabulary).
 */
export function maskedLMGraph(config: BertShape, weights: Weights): Graph {
  const b = new GraphBuilder("masked-lm");
  const of = initializers(b, weights);
  const hidden = lastOf(bertEncoder(b, config, of, inputs(b)));
  const logits = maskedLMHead(b, config, of, hidden); // (batch · sequence, vocabulary)
  return b.graph([b.named("logits", b.reshape(logits, ["batch", "sequence", config.vocab_size]))]);
}

/**
 * What filling needs of a masked LM: `input_ids`, `attention_mask` (batch, sequence) and `rows` (masked), the places of
 * the blanks counted over the whole batch → `raw` and `word` (masked), the best piece of all and the best of those that
 * `allowed` marks with 1. Only the blanks go through the vocabulary.
 */
export function fillGraph(config: BertShape, weights: Weights, allowed: Uint8Array): Graph {
  const b = new GraphBuilder("fill");
  const of = initializers(b, weights);
  const hidden = lastOf(bertEncoder(b, config, of, inputs(b)));
  const seen = b.one("Gather", [hidden, b.input("rows", "int64", ["masked"])]); // (masked, hidden)
  const scores = maskedLMHead(b, config, of, seen); // (masked, vocabulary)
  const bias = Float32Array.from({ length: config.vocab_size }, (_, id) => allowed[id] === 1 ? 0 : -1e30);
  const among = b.add(
    scores,
    b.initializer("allowed", { dtype: "float32", shape: [config.vocab_size], data: bias }),
  );
  const best = (x: Value) => b.one("ArgMax", [x], { axis: { int: -1 }, keepdims: { int: 0 } });
  return b.graph([b.named("raw", best(scores)), b.named("word", best(among))]);
}

/**
 * Contextual embeddings: `input_ids`, `attention_mask` (batch, sequence) → `hidden` (batch · sequence, hidden), the
 * output of the given layer, 0 being the embeddings. The layers after it are left out.
 */
export function embeddingGraph(config: BertShape, weights: Weights, layer: number): Graph {
  const b = new GraphBuilder(`layer-${layer}`);
  const cut = { ...config, num_hidden_layers: layer };
  return b.graph([b.named("hidden", lastOf(bertEncoder(b, cut, initializers(b, weights), inputs(b))))]);
}

function inputs(b: GraphBuilder) {
  return {
    ids: b.input("input_ids", "int64", ["batch", "sequence"]),
    mask: b.input("attention_mask", "int64", ["batch", "sequence"]),
  };
}

function initializers(b: GraphBuilder, weights: Weights): Parameters {
  const made = new Map<string, Value>();
  return (name) => {
    const known = made.get(name);
    if (known) return known;
    const tensor = weights.get(name);
    if (!tensor) throw new Error(`the checkpoint has no tensor ${name}`);
    const value = b.initializer(name, tensor);
    made.set(name, value);
    return value;
  };
}

function lastOf(states: readonly Value[]): Value {
  const last = states.at(-1);
  if (!last) throw new Error("the encoder has no states");
  return last;
}
