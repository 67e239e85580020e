/** Nodes of older versions of ONNX's operators, in the form of the version that graphs are written in. @module */

import { type Attribute, describeNode, type Edge, intAttribute, type Node, type Value } from "./graph.ts";

/** The oldest version that is understood. */
export const OLDEST_OPSET = 11;

/** A node whose inputs have types; its outputs have yet to get theirs. */
export interface HalfTyped extends Omit<Node<Edge>, "inputs"> {
  readonly inputs: readonly (Value | undefined)[];
}

/** Operators whose list of whole numbers became their second input: its name, and since which version. */
const MOVED: Readonly<Record<string, { list: string; since: number }>> = {
  Squeeze: { list: "axes", since: 13 },
  Unsqueeze: { list: "axes", since: 13 },
  Split: { list: "split", since: 13 },
  ReduceSum: { list: "axes", since: 13 },
  ReduceMean: { list: "axes", since: 18 },
  ReduceMax: { list: "axes", since: 18 },
  ReduceMin: { list: "axes", since: 18 },
  ReduceProd: { list: "axes", since: 18 },
};

/**
 * A node of a version of ONNX's operators, from {@linkcode OLDEST_OPSET} on, as the version that graphs are written in
 * has it, so that new nodes can stand beside it.
 *
 * @param ints makes a constant vector
 * @throws Error naming the node where its form has no counterpart
 *
 * @example
 * ```ts
 * import { upgraded } from "./upgrade.ts";
 * import { equal } from "node:assert/strict";
 * const x = { name: "x", dtype: "float32", shape: [2, 1] } as const;
 * const node = { operator: "Squeeze", inputs: [x], outputs: [{ name: "y" }], attributes: { axes: { ints: [1] } } };
 * const axes = { name: "axes", dtype: "int64", shape: [1] } as const;
 * equal(upgraded(node, 11, () => axes).inputs[1], axes);
 * ```
 */
export function upgraded(
  node: HalfTyped,
  version: number,
  ints: (numbers: readonly number[]) => Value,
): HalfTyped {
  const { operator, inputs, outputs, attributes } = node;
  const { list = "", since = 0 } = MOVED[operator] ?? {};
  const moved = attributes[list];
  if (version < since && moved && "ints" in moved) {
    return { ...node, inputs: [inputs[0], ints(moved.ints)], attributes: without(node, list) };
  }
  if (operator === "Split" && version < 18 && !inputs[1]) { // the number of parts was read off the outputs
    return { ...node, attributes: { ...attributes, num_outputs: { int: outputs.length } } };
  }
  if (operator === "Dropout" && version < 12) { // the probability was an attribute, and not needed outside of training
    return { ...node, attributes: without(node, "ratio") };
  }
  if ((operator === "Softmax" || operator === "LogSoftmax") && version < 13) {
    return { ...node, attributes: { axis: { int: onlyAxis(node) } } };
  }
  return node;
}

function without({ attributes }: HalfTyped, name: string): Record<string, Attribute> {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== name));
}

/** The axis of a Softmax that used to take all axes from it on together; the last one means the same today. */
function onlyAxis(node: HalfTyped): number {
  const axis = intAttribute(node, "axis", 1);
  if (axis === -1 || axis + 1 === node.inputs[0]?.shape.length) return axis;
  throw new Error(
    `${
      describeNode(node)
    } goes over axis ${axis} and those behind it. Export the model with opset 13 or later.`,
  );
}
