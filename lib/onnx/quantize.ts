/** Graphs whose matrix products are computed in whole numbers of eight bits. @module */

import { ELEMENT_TYPE } from "./codec.ts";
import type { Dim, Node, Value } from "./graph.ts";
import { quantizeWeight, transposed } from "./quantize_weight.ts";
import { Rewriter } from "./rewriter.ts";
import type { DType } from "./tensor.ts";
import { isFloat32, type LazyGraph } from "./tensor_source.ts";

/** How a node uses a weight: rows looked up in a table, or a product with a matrix. */
interface Use {
  readonly kind: "look-up" | "product";
  readonly weight: string;
  /** The axis of the weight whose every index has a scale. */
  readonly axis: 0 | 1;
}

/**
 * The graph with weights in int8, a scale a channel, and activations quantised as they come: products with a weight become
 * DynamicQuantizeLinear and MatMulInteger, which the runtime fuses; look-ups in a table take rows of whole numbers and scale
 * them. In the manner of `onnxruntime.quantization.quantize_dynamic` in Python, but for tables: they have a scale a row, and
 * one that is also multiplied with (tied embeddings) is kept once.
 *
 * Weights that anything else uses stay in float32, and so do products of two activations.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { quantizeDynamic } from "./quantize.ts";
 * import { inMemory, withWeights } from "./tensor_source.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("dense");
 * const y = b.dense(b.input("x", "float32", ["n", 1]), b.input("w", "float32", [1, 1]));
 * const w = inMemory({ dtype: "float32", shape: [1, 1], data: Float32Array.of(2) });
 * const graph = quantizeDynamic(withWeights(b.graph([y]), new Map([["w", w]])));
 * deepEqual([...graph.initializers.keys()], ["w_quantized", "w_scale"]);
 * ```
 */
export function quantizeDynamic(graph: LazyGraph): LazyGraph {
  const uses = usesOfWeights(graph);
  const lookedUp = new Set([...uses.values()].filter(({ kind }) => kind === "look-up").map(keyOf));
  const to = new Rewriter();
  for (const node of graph.nodes) {
    const use = uses.get(node);
    const weight = use && graph.initializers.get(use.weight);
    const [result] = node.outputs;
    if (!use || !result || !weight || !isFloat32(weight)) {
      to.nodes.push(node);
      continue;
    }
    const { values, scales } = quantizeWeight(weight, use.axis);
    const isTable = lookedUp.has(keyOf(use));
    const stem = use.axis === 0 ? use.weight : `${use.weight}_by_column`;
    const stored = to.array(`${stem}_quantized`, use.axis === 1 || isTable ? values : transposed(values));
    if (use.kind === "look-up") {
      const column = { ...scales, shape: [...scales.shape, 1] };
      lookUp(to, node, stored, to.array(`${stem}_scale_column`, column), result);
    } else {
      const matrix = isTable ? turned(to, stored) : stored;
      product(to, node, matrix, to.array(`${stem}_scale`, scales), result);
    }
  }
  return to.graph(graph);
}

/** Rows of a table (v, n), each with its scale (v, 1), by index (i…): (i…, n). */
function lookUp(to: Rewriter, { inputs: [, indices] }: Node, table: Value, scales: Value, result: Value) {
  if (!indices) throw new Error(`Gather ${result.name}: no indices`);
  const rows = to.add("Gather", [table, indices], part(result, "quantized", "int8", result.shape));
  const column = part(result, "scale", "float32", [...indices.shape, 1]);
  to.add("Mul", [float32(to, rows, result), to.add("Gather", [scales, indices], column)], result);
}

/** x (…, m, k) · w (k, n) with a scale a column, + bias: (…, m, n). */
function product(to: Rewriter, { inputs: [x, , bias] }: Node, w: Value, scales: Value, result: Value) {
  if (!x) throw new Error(`${result.name}: no left side`);
  const zero = part(x, "dynamic_zero_point", "uint8", []);
  const xScale = part(x, "dynamic_scale", "float32", []);
  const xs = to.once(`${x.name}/dynamic`, () => {
    const quantized = part(x, "dynamic", "uint8", x.shape);
    const outputs = [quantized, xScale, zero];
    to.nodes.push({ operator: "DynamicQuantizeLinear", inputs: [x], outputs, attributes: {} });
    return quantized;
  });
  const sums = to.add("MatMulInteger", [xs, w, zero], part(result, "sums", "int32", result.shape));
  const scale = to.add("Mul", [xScale, scales], part(result, "scale", "float32", scales.shape));
  const scaled = bias ? part(result, "product", "float32", result.shape) : result;
  to.add("Mul", [float32(to, sums, result), scale], scaled);
  if (bias) to.add("Add", [scaled, bias], result);
}

function float32(to: Rewriter, whole: Value, result: Value): Value {
  const output = part(result, "float32", "float32", whole.shape);
  return to.add("Cast", [whole], output, { to: { int: ELEMENT_TYPE.float32 } });
}

/** A table as the right side of a product. The runtime turns it once, when it opens the model. */
function turned(to: Rewriter, table: Value): Value {
  const name = `${table.name}_turned`;
  return to.once(name, () => {
    const output: Value = { name, dtype: table.dtype, shape: table.shape.toReversed() };
    return to.add("Transpose", [table], output, { perm: { ints: [1, 0] } });
  });
}

function part(of: Value, what: string, dtype: DType, shape: readonly Dim[]): Value {
  return { name: `${of.name}/${what}`, dtype, shape };
}

/** The nodes that use a weight in a way that whole numbers serve, where all of the weight's uses are such. */
function usesOfWeights(graph: LazyGraph): ReadonlyMap<Node, Use> {
  const found = new Map<Node, Use>();
  const others = new Set(graph.outputs.map(({ name }) => name));
  for (const node of graph.nodes) {
    const use = useOf(node);
    const weight = use && graph.initializers.get(use.weight);
    const serves = weight !== undefined && isFloat32(weight) && weight.shape.length === 2;
    if (use && serves) found.set(node, use);
    for (const value of node.inputs) {
      if (value && !(serves && value.name === use?.weight)) others.add(value.name);
    }
  }
  return new Map([...found].filter(([, use]) => !others.has(use.weight)));
}

function useOf(node: Node): Use | undefined {
  const [first, second] = node.inputs;
  if (!first || !second) return undefined;
  const is = (name: string, value: number, otherwise: number) => number(node, name, otherwise) === value;
  switch (node.operator) {
    case "Gather":
      return is("axis", 0, 0) ? { kind: "look-up", weight: first.name, axis: 0 } : undefined;
    case "MatMul":
      return { kind: "product", weight: second.name, axis: 1 };
    case "Gemm":
      return is("alpha", 1, 1) && is("beta", 1, 1) && is("transA", 0, 0)
        ? { kind: "product", weight: second.name, axis: is("transB", 0, 0) ? 1 : 0 }
        : undefined;
  }
}

function number({ attributes }: Node, name: string, otherwise: number): number {
  const attribute = attributes[name];
  if (attribute === undefined) return otherwise;
  return "int" in attribute ? attribute.int : "float" in attribute ? attribute.float : NaN;
}

function keyOf({ weight, axis }: Use): string {
  return `${axis} ${weight}`;
}
