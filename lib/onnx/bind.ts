/** Exported graphs with sizes in place of named axes: what can be differentiated. @module */

import { OPSET } from "./codec.ts";
import { describe, describeNode, type Dim, type ExportedGraph, type Graph, type Node } from "./graph.ts";
import type { Value, ValueType } from "./graph.ts";
import { needed } from "./needed.ts";
import { inferenceInput, type InferenceNode, type Operator } from "./operator.ts";
import { operators } from "./operators.ts";
import { sizeOf, type Tensor } from "./tensor.ts";
import { type HalfTyped, OLDEST_OPSET, upgraded } from "./upgrade.ts";

/** Constants larger than this are left to the runtime, which computes them when it opens the graph. */
const LARGEST_FOLDED = 2 ** 16; // elements

/** By the names of axes. */
export type Sizes = Readonly<Record<string, number>>;

/**
 * The graph for inputs of one size: named axes get numbers, every edge its type, nodes of older versions the form of
 * today, and what depends on sizes alone (the chains of Shape, Gather, Concat, … that exporters write) is computed, so
 * that shapes are constants. Floats that the model brings along stay arrays of the graph, so that they can be trained.
 *
 * @param sizes of the inputs' named axes; an axis named as a sum, `past + sequence`, takes its size from the parts
 * @throws Error in one line where an axis has no size, or a node's types can't be known: its operator is unknown, its
 * inputs do not fit, or the shape of what it makes depends on data
 *
 * @example
 * ```ts
 * import { bind } from "./bind.ts";
 * import { GraphBuilder } from "./builder.ts";
 * import { encodeModel } from "./codec.ts";
 * import { decodeModel } from "./decode.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("rows");
 * const x = b.input("x", "float32", ["batch", "sequence", 4]);
 * const exported = decodeModel(encodeModel(b.graph([b.named("y", b.reshape(x, ["batch*sequence", 4]))])));
 * deepEqual(bind(exported, { batch: 2, sequence: 3 }).outputs[0]?.shape, [6, 4]);
 * ```
 */
export function bind(graph: ExportedGraph, sizes: Sizes): Graph {
  const version = graph.opsets?.get("") ?? OPSET;
  if (version < OLDEST_OPSET) {
    throw new Error(
      `${graph.name}: operators of version ${version}. Export it with ${OLDEST_OPSET} or later.`,
    );
  }
  const inputs = boundInputs(graph, sizes);
  const tensors = new Map(graph.initializers);
  const weights = new Set([...tensors].filter(([, tensor]) => isWeight(tensor)).map(([name]) => name));
  const values = new Map(inputs.map((value) => [value.name, value]));
  const results = new Set(graph.outputs.map(({ name }) => name)); // which a node must make
  const place = (name: string, type: ValueType, tensor?: Tensor): Value => {
    const value: Value = { name, dtype: type.dtype, shape: type.shape };
    values.set(name, value);
    if (tensor) tensors.set(name, tensor);
    return value;
  };
  const known = (name: string) => weights.has(name) ? undefined : tensors.get(name);
  for (const [name, tensor] of graph.initializers) place(name, tensor);

  const nodes: Node[] = [];
  for (const exported of graph.nodes) {
    const [{ name = "" } = {}] = exported.outputs;
    const given = { ...exported, inputs: exported.inputs.map((edge) => edge && valueAt(values, edge.name)) };
    const node = upgraded(given, version, (numbers) => {
      const data = BigInt64Array.from(numbers, BigInt);
      const tensor: Tensor<"int64"> = { dtype: "int64", shape: [numbers.length], data };
      return place(`${name}/constant`, tensor, tensor);
    });
    try {
      const rule = operators.get(node.operator);
      const read = {
        ...node,
        inputs: node.inputs.map((value) => value && inferenceInput(value, known(value.name))),
      };
      const types = rule ? rule.infer(read) : statedTypes(node, graph, sizes, version);
      const isResult = node.outputs.some(({ name }) => results.has(name));
      const constants = rule && !isResult ? folded(rule, read, types) : undefined;
      const outputs = types.map((type, i) =>
        place(node.outputs[i]?.name || `${name}/${i}`, type, constants?.[i])
      );
      if (!constants) nodes.push({ ...node, outputs });
    } catch (error) {
      const message = error instanceof Error ? error.message : error;
      const of = node.inputs.map((value) => value ? `${value.name} ${describe(value)}` : "–").join("; ");
      throw new Error(`${graph.name}: ${describeNode(node)}: ${message} (${of})`, { cause: error });
    }
  }
  const outputs = graph.outputs.map(({ name }) => valueAt(values, name));
  const { nodes: kept, names } = needed(nodes, outputs);
  return {
    name: graph.name,
    inputs,
    outputs,
    nodes: kept,
    initializers: new Map([...tensors].filter(([name]) => names.has(name))),
    opsets: new Map([...graph.opsets ?? [], ["", Math.max(version, OPSET)]]),
  };
}

function boundInputs({ name, inputs }: ExportedGraph, sizes: Sizes): Value[] {
  const axes = new Set(
    inputs.flatMap(({ shape }) => shape.filter((dim) => typeof dim === "string").flatMap(terms)),
  );
  const unknown = Object.keys(sizes).find((axis) => !axes.has(axis));
  if (unknown !== undefined) {
    throw new Error(`${name}: no input has an axis ${unknown}. Its axes: ${[...axes].join(", ")}`);
  }
  for (const [axis, size] of Object.entries(sizes)) {
    if (!Number.isSafeInteger(size) || size < 0) throw new Error(`${name}: ${axis} is ${size}, not a size`);
  }
  return inputs.map((input) => ({
    ...input,
    shape: input.shape.map((dim) => boundDim(dim, sizes, input.name)),
  }));
}

/** The names of which an axis' name is the sum, and itself. */
function terms(axis: string): string[] {
  return [axis, ...axis.split("+").map((term) => term.trim())].filter((term) => !/^\d+$/.test(term));
}

function boundDim(dim: Dim, sizes: Sizes, of: string): number {
  if (typeof dim === "number") return dim;
  const known = (name: string) => /^\d+$/.test(name) ? Number(name) : sizes[name];
  const parts = sizes[dim] === undefined ? dim.split("+").map((term) => known(term.trim())) : [sizes[dim]];
  return parts.reduce<number>((sum, part) => {
    if (part === undefined) throw new Error(`${of}: the axis ${dim} has no size. Give it one.`);
    return sum + part;
  }, 0);
}

/** Whether an array of the model may be one of its parameters, and not a constant that shapes are computed from. */
function isWeight({ dtype, data }: Tensor): boolean {
  return dtype.startsWith("float") && data.length > 1;
}

function valueAt(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (!value) throw new Error(`${name}: nothing that is known makes it`);
  return value;
}

/**
 * The outputs of a node whose inputs are constants, where they are small and their operator computes them. Several floats
 * are left to the runtime: shapes do not depend on them, and as arrays they would look like weights.
 */
function folded(
  rule: Operator,
  node: InferenceNode,
  types: readonly ValueType[],
): readonly Tensor[] | undefined {
  const onShapes = node.operator === "Shape" || node.operator === "Size";
  const constant = onShapes || node.inputs.every((input) => !input || input.tensor);
  const size = types.reduce((sum, { shape }) => sum + sizeOf(shape.map(Number)), 0);
  if (!constant || size > LARGEST_FOLDED) return undefined;
  const tensors = rule.evaluate?.(node);
  return tensors?.some(isWeight) ? undefined : tensors;
}

/** The types that the file states of the outputs of an operator that is not known here. */
function statedTypes(
  { operator, outputs }: HalfTyped,
  { stated }: ExportedGraph,
  sizes: Sizes,
  version: number,
): ValueType[] {
  if (!operator.includes(".") && version < OPSET) {
    throw new Error(`an unknown operator of version ${version}, which may have another meaning in ${OPSET}`);
  }
  return outputs.map(({ name }) => {
    const type = stated?.get(name);
    if (!type) throw new Error(`an unknown operator, and the file does not say what ${name} is`);
    return { dtype: type.dtype, shape: type.shape.map((dim) => boundDim(dim, sizes, name)) };
  });
}
