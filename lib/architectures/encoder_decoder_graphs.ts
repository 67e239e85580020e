/** Graphs for using a trained encoder-decoder, as transformers.js runs it: named axes, padding, a cache. @module */

import { type Graph, joined, type Value } from "../onnx/graph.ts";
import type { EncoderDecoder, KeyValue } from "./architecture.ts";
import type { Net } from "./net.ts";

const BATCH = "batch_size"; // the name by which transformers.js finds the axis
const SOURCE = "encoder_sequence_length";
const READ = "past_encoder_sequence_length";
const SEQUENCE = "decoder_sequence_length";
const PAST = "past_decoder_sequence_length";

/**
 * `onnx/encoder_model.onnx`: `input_ids` and `attention_mask` (batch, encoder sequence) → `last_hidden_state` (batch,
 * encoder sequence, hidden).
 */
export function encoderModelGraph(net: Net, model: EncoderDecoder): Graph {
  const { b } = net;
  const ids = b.input("input_ids", "int64", [BATCH, SOURCE]);
  const mask = b.input("attention_mask", "int64", [BATCH, SOURCE]);
  const hidden = model.encode(net, { ids, mask }); // (batch · sequence, hidden)
  return b.graph([b.named("last_hidden_state", b.reshape(hidden, [BATCH, SOURCE, model.hidden]))]);
}

/**
 * `onnx/decoder_model_merged.onnx`: `input_ids` (batch, decoder sequence), `encoder_hidden_states` (batch, encoder
 * sequence, hidden), `encoder_attention_mask` (batch, encoder sequence), and of every layer N `past_key_values.N.decoder`
 * and `.encoder`, each `.key` and `.value` (batch, heads, past, head size) → `logits` (batch, decoder sequence,
 * vocabulary) and `present.N.…` alike. At first the past is empty.
 *
 * One graph serves the first step and those after it, without a branch: of the encoder's hidden states only those behind
 * the places in `past_key_values.N.encoder` become keys and values, all at first and none later. So
 * `present.N.encoder` is whole after the first step and empty after the others; the first is what is to be kept.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { mergedDecoderGraph } from "./encoder_decoder_graphs.ts";
 * import { inputParameters, plainNet } from "./net.ts";
 * import { t5 } from "./t5.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const model = t5({ vocab_size: 32, d_model: 8, d_kv: 3, d_ff: 16, num_layers: 1, num_heads: 2 });
 * const { outputs } = mergedDecoderGraph(plainNet(b, inputParameters(b)), model);
 * deepEqual(outputs[0]?.shape, ["batch_size", "decoder_sequence_length", 32]);
 * ```
 */
export function mergedDecoderGraph(net: Net, model: EncoderDecoder): Graph {
  const { b } = net;
  const { heads, headSize, hidden: columns, vocabulary } = model;
  const ids = b.input("input_ids", "int64", [BATCH, SEQUENCE]);
  const encoded = b.input("encoder_hidden_states", "float32", [BATCH, SOURCE, columns]);
  const mask = b.input("encoder_attention_mask", "int64", [BATCH, SOURCE]);
  const given = (of: "decoder" | "encoder", places: string) =>
    Array.from({ length: model.decoderLayers }, (_, layer): KeyValue => {
      const entry = (what: string) =>
        b.input(`past_key_values.${layer}.${of}.${what}`, "float32", [BATCH, heads, places, headSize]);
      return { key: entry("key"), value: entry("value") };
    });
  const [past, read] = [given("decoder", PAST), given("encoder", READ)];
  const unread = b.behind(encoded, 1, READ); // (batch, unread, hidden)
  const places = unread.shape[1] ?? 0;
  const flat = b.reshape(unread, [joined([BATCH, places]), columns]);
  const added = model.memory(net, flat, BATCH, places);
  const memory = added.map(({ key, value }, layer): KeyValue => ({
    key: whole(net, read[layer]?.key, key),
    value: whole(net, read[layer]?.value, value),
  }));
  const { hidden, present } = model.decode(net, { ids, memory, mask, past });
  const logits = b.reshape(model.languageModel(net, hidden), [BATCH, SEQUENCE, vocabulary]);
  const outputs = (of: "decoder" | "encoder", layers: readonly KeyValue[]) =>
    layers.flatMap(({ key, value }, layer) => [
      b.named(`present.${layer}.${of}.key`, key),
      b.named(`present.${layer}.${of}.value`, value),
    ]);
  return b.graph([b.named("logits", logits), ...outputs("decoder", present), ...outputs("encoder", added)]);
}

/** What was read and what was not, which together are the source. */
function whole({ b }: Net, read: Value | undefined, unread: Value): Value {
  if (!read) return unread;
  const both = b.one("Concat", [read, unread], { axis: { int: 2 } });
  return { ...both, shape: both.shape.map((dim, axis) => axis === 2 ? SOURCE : dim) };
}
