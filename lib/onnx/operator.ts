/** What an operator has to say of itself: the types of its outputs, its value where it is constant, and its gradient. @module */

import type { GraphBuilder } from "./builder.ts";
import type { Node, Value, ValueType } from "./graph.ts";
import type { Tensor } from "./tensor.ts";

/** An input as shape inference sees it: its type and, where it is a constant, its elements. */
export interface InferenceInput extends ValueType {
  /** The elements of a constant int64 vector or scalar: a shape, axes. */
  readonly ints?: readonly number[];
  readonly tensor?: Tensor;
}

/** What shape inference reads. */
export interface InferenceNode extends Pick<Node, "operator" | "attributes"> {
  readonly inputs: readonly (InferenceInput | undefined)[];
}

/**
 * The rule of reverse-mode differentiation for one operator, as a transformation from graph to graph.
 *
 * @param node the node of the forward graph, with its inputs and outputs
 * @param grads the gradient of the loss by each output; `undefined` where the loss does not depend on it
 * @param b where the rule adds its nodes
 * @returns the gradient by each input; `undefined` for an input that has none (an index, a shape)
 */
export type Gradient = (
  node: Node,
  grads: readonly (Value | undefined)[],
  b: GraphBuilder,
) => readonly (Value | undefined)[];

/** An operator of ONNX, as far as this project uses it. */
export interface Operator {
  /** With its domain before it where that is not ONNX's own. */
  readonly name: string;
  /** The version of ONNX that brought it, where that is later than the one that graphs are written in. */
  readonly since?: number;
  /** The types of the outputs, in order. Throws where the inputs do not fit. */
  infer(node: InferenceNode): readonly ValueType[];
  /**
   * The outputs where the inputs are constants: `tensor` of each is there, but for operators that look at shapes alone.
   * Left out, or `undefined`, where arithmetic here would not give the runtime's bits (transcendental functions, sums
   * of floats).
   */
  evaluate?(node: InferenceNode): readonly Tensor[] | undefined;
  /** Left out where the operator's output is piecewise constant or is never differentiated. */
  readonly gradient?: Gradient;
}

/** An input for shape inference. */
export function inferenceInput({ dtype, shape }: ValueType, tensor: Tensor | undefined): InferenceInput {
  if (!tensor) return { dtype, shape };
  return tensor.data instanceof BigInt64Array && tensor.shape.length <= 1
    ? { dtype, shape, tensor, ints: Array.from(tensor.data, Number) }
    : { dtype, shape, tensor };
}

/** The input at a position that the operator's definition requires. */
export function required<T>(operator: string, items: readonly (T | undefined)[], position: number): T {
  const item = items[position];
  if (item === undefined) throw new Error(`${operator}: input ${position} is missing`);
  return item;
}

/** The constant at a position, for evaluation. */
export function constantAt(node: InferenceNode, position: number): Tensor {
  const { tensor } = required(node.operator, node.inputs, position);
  if (!tensor) throw new Error(`${node.operator}: input ${position} is not constant`);
  return tensor;
}

/** The whole numbers of the constant at a position; an error that says what they are where they are not constant. */
export function intsAt(node: InferenceNode, position: number, what: string): readonly number[] {
  const { ints } = required(node.operator, node.inputs, position);
  if (!ints) throw new Error(`${node.operator}: ${what} not constant`);
  return ints;
}

/** An axis counted from the front; an error where the array has no such axis. */
export function axisAt(operator: string, axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (counted >= 0 && counted < rank) return counted;
  throw new Error(`${operator}: no axis ${axis} in an array of ${rank} axes`);
}

/** A shape in numbers; an error where an axis is named. */
export function sizesOf(operator: string, { shape }: ValueType): number[] {
  return shape.map((dim) => {
    if (typeof dim === "number") return dim;
    throw new Error(`${operator}: the axis ${dim} has no size yet`);
  });
}
