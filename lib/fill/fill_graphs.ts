/** The graphs that filling runs: an encoder of which the masks alone go through the vocabulary. @module */

import type { Encoder } from "../architectures/architecture.ts";
import { maskedLMGraph, type Weights } from "../architectures/inference.ts";
import type { Graph, Node, Value } from "../onnx/graph.ts";
import { withEarlyRows } from "./early_rows.ts";

/**
 * `input_ids`, `attention_mask` (batch, sequence), `rows` (rows), the places of masks counted over the whole batch, and
 * `k_all`, `k_words` (1) → `all`, `all_ids` (rows, k_all): the greatest scores of all pieces and whose they are; `words`,
 * `word_ids` (rows, k_words): of those that `allowed` marks with 1; `share` (rows): the probability of the likeliest piece,
 * from which those of all others follow.
 *
 * @example
 * ```ts
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { openEncoder } from "../checkpoint/model.ts";
 * import { likeliestGraph } from "./fill_graphs.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * const { architecture, parameters, tokenizer } = await openEncoder(folder, { kind: "language-model" });
 * const graph = likeliestGraph(architecture, parameters, tokenizer.wholeWords());
 * deepEqual(graph.outputs.map(({ name }) => name), ["all", "all_ids", "words", "word_ids", "share"]);
 * ```
 */
export function likeliestGraph(encoder: Encoder, weights: Weights, allowed: Uint8Array): Graph {
  const graph = scoresGraph(encoder, weights);
  const [scores] = graph.outputs;
  if (!scores) throw new Error(`${graph.name}: no scores`);
  const { vocabulary } = encoder;
  const bias = Float32Array.from({ length: vocabulary }, (_, id) => allowed[id] === 1 ? 0 : -1e30);
  const [allowedBias, axis, kAll, kWords] = [
    { name: "allowed", dtype: "float32", shape: [vocabulary] },
    { name: "last_axis", dtype: "int64", shape: [1] },
    { name: "k_all", dtype: "int64", shape: [1] },
    { name: "k_words", dtype: "int64", shape: [1] },
  ] as const satisfies readonly Value[];
  const like = (name: string): Value => ({ ...scores, name });
  const [among, all, words] = [like("among_allowed"), best("all", kAll), best("words", kWords)];
  const share: Value = { name: "share", dtype: "float32", shape: ["rows"] };
  const [greatest, below, powers, sum] = [
    { ...share, name: "greatest", shape: ["rows", 1] },
    like("below_greatest"),
    like("powers"),
    { ...share, name: "sum_of_powers" },
  ];
  const node = (
    operator: string,
    inputs: readonly Value[],
    outputs: readonly Value[],
    attributes: Node["attributes"] = {},
  ): Node => ({ operator, inputs, outputs, attributes });
  const nodes = [
    node("Add", [scores, allowedBias], [among]),
    node("TopK", [scores, kAll], all),
    node("TopK", [among, kWords], words),
    node("ReduceMax", [scores, axis], [greatest], { keepdims: { int: 1 } }),
    node("Sub", [scores, greatest], [below]),
    node("Exp", [below], [powers]),
    node("ReduceSum", [powers, axis], [sum], { keepdims: { int: 0 } }),
    node("Reciprocal", [sum], [share]),
  ];
  return {
    ...graph,
    inputs: [...graph.inputs, kAll, kWords],
    outputs: [...all, ...words, share],
    nodes: [...graph.nodes, ...nodes],
    initializers: new Map([
      ...graph.initializers,
      ["allowed", { dtype: "float32", shape: [vocabulary], data: bias }],
      ["last_axis", { dtype: "int64", shape: [1], data: BigInt64Array.of(-1n) }],
    ]),
  };
}

/**
 * `input_ids`, `attention_mask`, `rows` as {@linkcode likeliestGraph} has them → `logits` (rows, vocabulary). Behind the last
 * layer's attention there is nothing but the rows.
 *
 * @example See {@linkcode likeliestGraph}.
 */
export function scoresGraph(encoder: Encoder, weights: Weights): Graph {
  return withEarlyRows(maskedLMGraph(encoder, weights, { rows: true }));
}

function best(name: "all" | "words", k: Value): [values: Value, ids: Value] {
  const shape = ["rows", k.name];
  const ids = name === "all" ? "all_ids" : "word_ids";
  return [{ name, dtype: "float32", shape }, { name: ids, dtype: "int64", shape }];
}
