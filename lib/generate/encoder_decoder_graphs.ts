/** The two graphs that an encoder-decoder writes with. @module */

import type { EncoderDecoder, KeyValue } from "../architectures/architecture.ts";
import type { Net } from "../architectures/net.ts";
import { type Dim, type Graph, joined, type Value } from "../onnx/graph.ts";

/** The names of a layer's keys and values among the inputs or outputs of a graph. */
export function keyValueNames(stem: string, layer: number): { readonly key: string; readonly value: string } {
  return { key: `${stem}.${layer}.key`, value: `${stem}.${layer}.value` };
}

/**
 * Reading, once a text: `input_ids`, `attention_mask` (texts, source) → `memory.N.key`, `memory.N.value` (texts, heads,
 * source, head size), what the decoder's layers look at.
 */
export function readingGraph(net: Net, model: EncoderDecoder): Graph {
  const { b } = net;
  const shape = ["texts", "source"];
  const [ids, mask] = [b.input("input_ids", "int64", shape), b.input("attention_mask", "int64", shape)];
  const encoded = model.encode(net, { ids, mask });
  return b.graph(outputs(net, "memory", model.memory(net, encoded, "texts", "source")));
}

/**
 * Writing, once a piece: `pieces` (texts, continuations), the last of each, and what came before → `scores` (texts ·
 * continuations, vocabulary), the log-probabilities of all pieces to follow, and `present.N.…` (texts · continuations,
 * heads, pieces, head size). Inputs besides: `attention_mask` (texts, source) and `memory.N.…` of reading; `past.N.…`,
 * `present.N.…` of the step before, or arrays without pieces; `parents` (texts · continuations), which row of the past
 * each continuation follows. So a beam that is given up is never computed with, and the memory is there once a text.
 */
export function writingGraph(net: Net, model: EncoderDecoder): Graph {
  const { b } = net;
  const last = b.input("pieces", "int64", ["texts", "continuations"]);
  const mask = b.input("attention_mask", "int64", ["texts", "source"]);
  const parents = b.input("parents", "int64", [joined(["texts", "continuations"])]);
  const given = (stem: string, rows: Dim, places: Dim) =>
    Array.from({ length: model.decoderLayers }, (_, layer): KeyValue => {
      const { key, value } = keyValueNames(stem, layer);
      const shape = [rows, model.heads, places, model.headSize];
      return { key: b.input(key, "float32", shape), value: b.input(value, "float32", shape) };
    });
  const memory = given("memory", "texts", "source");
  const followed = (x: Value) => b.one("Gather", [x, parents]); // (texts · continuations, heads, past, head size)
  const past = given("past", "before", "past").map(({ key, value }) => ({
    key: followed(key),
    value: followed(value),
  }));
  const ids = b.one("Unsqueeze", [last, b.ints([2])]); // (texts, continuations, 1)
  const { hidden, present } = model.decode(net, { ids, memory, mask, past });
  const scores = b.one("LogSoftmax", [model.languageModel(net, hidden)], { axis: { int: -1 } });
  return b.graph([b.named("scores", scores), ...outputs(net, "present", present)]);
}

function outputs({ b }: Net, stem: string, layers: readonly KeyValue[]): Value[] {
  return layers.flatMap((layer, i) => {
    const { key, value } = keyValueNames(stem, i);
    return [b.named(key, layer.key), b.named(value, layer.value)];
  });
}
