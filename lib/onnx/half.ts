/** Graphs in float16. @module */

import { ELEMENT_TYPE } from "./codec.ts";
import type { Attribute, Node, Value } from "./graph.ts";
import { halfPiece, halfTensor } from "./half_tensor.ts";
import { isFloat32, type LazyGraph, type LazyTensor, mapPieces } from "./tensor_source.ts";

export interface HalfOptions {
  /** Weights that stay in float32, with the operators that take them: those whose products overflow, such as T5's `wo`. */
  readonly keep?: (weight: string) => boolean;
}

/** Operators on weights: computed in float16 wherever they stand. */
const HEAVY = new Set(["MatMul", "Gemm", "Gather", "Conv", "Einsum"]);

/** Operators that lose nothing in float16, and are computed in what those after them want. */
const LIGHT = new Set([
  ...["Add", "Sub", "Mul", "Div", "Neg", "Abs", "Min", "Max", "Where", "Clip"],
  ...["Gelu", "Erf", "Tanh", "Sigmoid", "Relu", "LeakyRelu", "Elu"],
  ...["Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Expand", "Tile", "Pad"],
  ...["Concat", "Split", "Slice", "GatherElements", "GatherND", "Constant", "ConstantOfShape"],
]);

/** Operators that see an array's shape and not its numbers. */
const SHAPE_ONLY = new Set(["Shape", "Size"]);

/**
 * The graph with weights in float16 and matrix products computed in it; what goes in and comes out stays float32, as
 * transformers.js expects of `model_fp16.onnx`. Sums, exponentials, norms and softmax stay in float32, and so does every
 * light operator that leads to nothing else: masks with very negative numbers, residual sums before a norm.
 *
 * @throws Error while the weights are read, naming the weight and its value, where one overflows float16
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { half } from "./half.ts";
 * import { inMemory, withWeights } from "./tensor_source.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("dense");
 * const y = b.named("y", b.dense(b.input("x", "float32", ["n", 1]), b.input("w", "float32", [1, 1])));
 * const w = inMemory({ dtype: "float32", shape: [1, 1], data: Float32Array.of(2) });
 * const graph = half(withWeights(b.graph([y]), new Map([["w", w]])));
 * deepEqual(graph.nodes.map(({ operator }) => operator), ["Cast", "Gemm", "Cast", "Identity"]);
 * ```
 */
export function half(graph: LazyGraph, options: HalfOptions = {}): LazyGraph {
  const inHalf = nodesInHalf(graph, options.keep ?? (() => false));
  const wanted = new Set([...inHalf].flatMap((node) => node.inputs.map((value) => value?.name)));
  const results = new Set(graph.outputs.map(({ name }) => name));
  const nodes: Node[] = [];
  const initializers = new Map<string, LazyTensor>();
  const at = { float16: new Map<string, Value>(), float32: new Map<string, Value>() };

  const place = (value: Value, dtype: "float16" | "float32", own = value.name) => {
    const placed = { ...value, dtype, name: own };
    at[dtype].set(value.name, placed);
    return placed;
  };
  const take = (value: Value, dtype: "float16" | "float32"): Value => {
    const there = at[dtype].get(value.name);
    if (there) return there;
    const other = at[dtype === "float16" ? "float32" : "float16"].get(value.name);
    if (!other) throw new Error(`${graph.name}: ${value.name} is used before it is computed`);
    const cast = place(value, dtype, other.name === value.name ? `${value.name}/${dtype}` : value.name);
    nodes.push({
      operator: "Cast",
      inputs: [other],
      outputs: [cast],
      attributes: { to: { int: ELEMENT_TYPE[dtype] } },
    });
    return cast;
  };

  for (const input of graph.inputs) if (input.dtype === "float32") place(input, "float32");
  for (const [name, tensor] of graph.initializers) {
    const stored = isFloat32(tensor) && !options.keep?.(name) && (isMatrix(tensor) || wanted.has(name))
      ? mapPieces(tensor, "float16", (piece, start) => halfPiece(piece, start, name))
      : tensor;
    initializers.set(name, stored);
    if (isFloat32(tensor)) place({ ...tensor, name }, stored === tensor ? "float32" : "float16");
  }
  for (const node of graph.nodes) {
    const dtype = inHalf.has(node) ? "float16" : "float32";
    const inputs = node.inputs.map((value) => {
      if (value?.dtype !== "float32") return value;
      return SHAPE_ONLY.has(node.operator)
        ? at.float16.get(value.name) ?? take(value, "float32")
        : take(value, dtype);
    });
    const outputs = node.outputs.map((value) => {
      if (value.dtype !== "float32") return value;
      return place(
        value,
        dtype,
        dtype === "float16" && results.has(value.name) ? `${value.name}/float16` : value.name,
      );
    });
    nodes.push({
      ...node,
      inputs,
      outputs,
      attributes: dtype === "float16" ? halved(node) : node.attributes,
    });
  }
  const outputs = graph.outputs.map((value) => value.dtype === "float32" ? take(value, "float32") : value);
  return { ...graph, nodes, initializers, outputs };
}

/** The nodes that are computed in float16. Found backwards: what a light operator is computed in follows from its uses. */
function nodesInHalf(graph: LazyGraph, keep: (weight: string) => boolean): Set<Node> {
  const inHalf = new Set<Node>();
  const usedInHalf = new Set<string>();
  const usedInFull = new Set(graph.outputs.map(({ name }) => name));
  const isWeight = (value: Value | undefined) => {
    const tensor = value && graph.initializers.get(value.name);
    return tensor !== undefined && isMatrix(tensor);
  };
  const runsInHalf = (node: Node): boolean => {
    if (!node.outputs.some(isFloat) || node.inputs.some((value) => value && keep(value.name))) return false;
    if (HEAVY.has(node.operator)) return true;
    if (!LIGHT.has(node.operator)) return false;
    const inputs = node.inputs.filter(isFloat);
    const ofWeights = inputs.length > 0 && inputs.every(isWeight); // so that the weight is stored in float16
    const leadsToFull = node.outputs.some(({ name }) => usedInFull.has(name)) &&
      !node.outputs.some(({ name }) => usedInHalf.has(name));
    return ofWeights || !leadsToFull;
  };
  for (const node of graph.nodes.toReversed()) {
    const runs = runsInHalf(node);
    if (runs) inHalf.add(node);
    if (SHAPE_ONLY.has(node.operator)) continue;
    for (const value of node.inputs) if (isFloat(value)) (runs ? usedInHalf : usedInFull).add(value.name);
  }
  return inHalf;
}

function isFloat(value: Value | undefined): value is Value {
  return value?.dtype === "float32";
}

function isMatrix({ shape }: Pick<LazyTensor, "shape">): boolean {
  return shape.length >= 2;
}

/** The attributes of a node that is to give float16. */
function halved({ operator, attributes }: Node): Readonly<Record<string, Attribute>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]): [string, Attribute] => {
      if ("tensor" in attribute && attribute.tensor.dtype === "float32") {
        return [name, { tensor: halfTensor(attribute.tensor, operator) }];
      }
      const isTarget = operator === "Cast" && name === "to" && "int" in attribute;
      return [
        name,
        isTarget && attribute.int === ELEMENT_TYPE.float32 ? { int: ELEMENT_TYPE.float16 } : attribute,
      ];
    }),
  );
}
