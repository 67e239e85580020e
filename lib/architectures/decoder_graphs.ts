/** Graphs for using a trained decoder: named axes, padding, a cache of keys and values. @module */

import { type Graph, summed, type Value } from "../onnx/graph.ts";
import { type Decoder, type KeyValue, lastOf } from "./architecture.ts";
import type { Net } from "./net.ts";

const BATCH = "batch_size"; // the name by which transformers.js finds the axis
const SEQUENCE = "sequence_length";
const PAST = "past_sequence_length";

/** The inputs of both graphs, `past_key_values.N.key` and `.value` for every layer N among them. */
function inputs({ b }: Net, { layers, heads, headSize }: Decoder) {
  const entry = (name: string) => b.input(name, "float32", [BATCH, heads, PAST, headSize]);
  return {
    ids: b.input("input_ids", "int64", [BATCH, SEQUENCE]),
    mask: b.input("attention_mask", "int64", [BATCH, summed([PAST, SEQUENCE])]),
    past: Array.from({ length: layers }, (_, layer): KeyValue => ({
      key: entry(`past_key_values.${layer}.key`),
      value: entry(`past_key_values.${layer}.value`),
    })),
  };
}

/**
 * A causal LM as transformers.js and Python's exports have it, `onnx/model.onnx` of a decoder's folder: `input_ids`
 * (batch, sequence), `attention_mask` (batch, past + sequence) and `past_key_values.N.key` and `.value`, each (batch, heads,
 * past, head size), the past being empty at first → `logits` (batch, sequence, vocabulary) and `present.N.key` and `.value`, the
 * next past. Positions follow from the mask, so that `position_ids` is not asked for.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { causalLMGraph } from "./decoder_graphs.ts";
 * import { gpt2 } from "./gpt2.ts";
 * import { inputParameters, plainNet } from "./net.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const decoder = gpt2({ vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 });
 * const { outputs } = causalLMGraph(plainNet(b, inputParameters(b)), decoder);
 * deepEqual(outputs.map(({ name }) => name), ["logits", "present.0.key", "present.0.value"]);
 * ```
 */
export function causalLMGraph(net: Net, decoder: Decoder): Graph {
  const { b } = net;
  const given = inputs(net, decoder);
  const { states, added } = decoder.states(net, given);
  const logits = decoder.languageModel(net, lastOf(states)); // (batch · sequence, vocabulary)
  const joint = (name: string, before: Value | undefined, these: Value) =>
    b.named(name, before ? b.one("Concat", [before, these], { axis: { int: 2 } }) : these);
  const present = added.flatMap(({ key, value }, layer) => [
    joint(`present.${layer}.key`, given.past[layer]?.key, key),
    joint(`present.${layer}.value`, given.past[layer]?.value, value),
  ]);
  return b.graph([
    b.named("logits", b.reshape(logits, [BATCH, SEQUENCE, decoder.vocabulary])),
    ...present,
  ]);
}

/**
 * What decoding needs of a causal LM, piece by piece. The inputs are those of {@linkcode causalLMGraph} and `temperature` ()
 * → `logits` (batch, vocabulary) of what follows the last column of `input_ids`, `probabilities` (batch, vocabulary) of the
 * same at the temperature, and `added.N.key` and `.value` (batch, heads, sequence, head size), the keys and values of
 * `input_ids` alone. A cache may be larger than what it holds, with the mask 0 over the rest: nothing of it is copied, and only
 * the last column goes through the vocabulary.
 */
export function decodingGraph(net: Net, decoder: Decoder): Graph {
  const { b } = net;
  const { states, added } = decoder.states(net, inputs(net, decoder));
  const hidden = b.reshape(lastOf(states), [BATCH, SEQUENCE, decoder.hidden]);
  const last = b.one("Gather", [hidden, b.reshape(b.ints([-1]), [])], { axis: { int: 1 } }); // (batch, hidden)
  const logits = decoder.languageModel(net, last);
  const tempered = b.one("Div", [logits, b.input("temperature", "float32", [])]);
  return b.graph([
    b.named("logits", logits),
    b.named("probabilities", b.one("Softmax", [tempered], { axis: { int: -1 } })),
    ...added.flatMap(({ key, value }, layer) => [
      b.named(`added.${layer}.key`, key),
      b.named(`added.${layer}.value`, value),
    ]),
  ]);
}
