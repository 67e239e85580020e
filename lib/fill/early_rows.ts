/** Rows chosen as soon as what comes behind looks at each row by itself. @module */

import type { Graph, Node, Value } from "../onnx/graph.ts";
import { needed } from "../onnx/needed.ts";

/** What computes a row of its first output from the same row of its inputs, given that all others are weights. */
const ROW_WISE: ReadonlySet<string> = new Set([
  ...["Add", "Sub", "Mul", "Div", "Gemm", "MatMul", "LayerNormalization"],
  ...["Gelu", "Relu", "Tanh", "Erf", "Sigmoid", "Sqrt", "Pow", "Neg", "Identity"],
]);

/**
 * A graph that picks rows of its last states (`Gather` with the input `rows`) with the picking moved up, before all that is
 * computed row by row: of the last layer only attention is left to the rows that nobody asked for. The results are the same.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { withEarlyRows } from "./early_rows.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const [x, rows] = [b.input("x", "float32", ["all", 4]), b.input("rows", "int64", ["rows"])];
 * const w = b.initializer("w", { dtype: "float32", shape: [4, 4], data: new Float32Array(16) });
 * const graph = b.graph([b.named("y", b.one("Gather", [b.dense(x, w), rows]))]);
 * deepEqual(withEarlyRows(graph).nodes.map(({ operator }) => operator), ["Gather", "Gemm", "Identity", "Identity"]);
 * ```
 */
export function withEarlyRows(graph: Graph): Graph {
  const picking = graph.nodes.find(({ operator, inputs }) =>
    operator === "Gather" && inputs[1]?.name === "rows"
  );
  const [states, rows] = picking?.inputs ?? [];
  const [picked] = picking?.outputs ?? [];
  if (!picking || !states || !rows || !picked) return graph;
  const readers = new Map<string, Node[]>();
  for (const node of graph.nodes) {
    for (const value of node.inputs) {
      if (value) readers.set(value.name, [...readers.get(value.name) ?? [], node]);
    }
  }
  const early = new Set<Node>([picking]);
  const all = states.shape[0];
  const of = (value: Value | undefined) => value?.shape.length === 2 && value.shape[0] === all;
  for (const node of graph.nodes.toReversed()) {
    const [output] = node.outputs;
    const asked = output && (readers.get(output.name) ?? []);
    if (!asked?.length || !asked.every((reader) => early.has(reader)) || !of(output)) continue;
    const rowWise = ROW_WISE.has(node.operator) && !("transA" in node.attributes) &&
      node.inputs.every((value) => !value || of(value) || graph.initializers.has(value.name));
    if (rowWise) early.add(node);
  }
  const short = (value: Value): Value => ({
    ...value,
    name: `${value.name}/picked`,
    shape: [picked.shape[0] ?? "rows", ...value.shape.slice(1)],
  });
  const there = new Set<string>();
  const nodes = graph.nodes.flatMap((node): Node[] => {
    if (!early.has(node)) return [node];
    const before: Node[] = [];
    const inputs = node.inputs.map((value) => {
      if (!value || !of(value) || graph.initializers.has(value.name)) return value;
      const chosen = short(value);
      if (!there.has(chosen.name)) {
        before.push({ operator: "Gather", inputs: [value, rows], outputs: [chosen], attributes: {} });
        there.add(chosen.name);
      }
      return chosen;
    });
    if (node === picking) {
      const chosen = inputs[0];
      return [...before, { operator: "Identity", inputs: [chosen], outputs: [picked], attributes: {} }];
    }
    const [output] = node.outputs;
    if (!output) return [node];
    const chosen = short(output);
    there.add(chosen.name);
    return [...before, { ...node, inputs, outputs: [chosen] }];
  });
  return { ...graph, nodes: needed(nodes, graph.outputs).nodes };
}
