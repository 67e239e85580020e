/** What an operator has to say of itself: the types of its outputs, and its gradient. @module */

import type { GraphBuilder } from "./builder.ts";
import type { Node, Value, ValueType } from "./graph.ts";

/** An input as shape inference sees it: its type and, where it is a constant, its whole numbers. */
export interface InferenceInput extends ValueType {
  readonly ints?: readonly number[];
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
  readonly name: string;
  /** The types of the outputs, in order. Throws where the inputs do not fit. */
  infer(node: InferenceNode): readonly ValueType[];
  /** Left out where the operator's output is piecewise constant or is never differentiated. */
  readonly gradient?: Gradient;
}

/** The input at a position that the operator's definition requires. */
export function required<T>(operator: string, items: readonly (T | undefined)[], position: number): T {
  const item = items[position];
  if (item === undefined) throw new Error(`${operator}: input ${position} is missing`);
  return item;
}
