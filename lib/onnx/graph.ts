/**
 * The one representation of a model graph: built from a configuration, differentiated, cut, and encoded as ONNX.
 *
 * @module
 */

import type { DType, Tensor } from "./tensor.ts";

/** The size of an axis: a number, or the name of a size that is only known when the graph runs. */
export type Dim = number | string;

/** The size of several axes laid together: a number, or the names joined, `batch*sequence`. */
export function joined(dims: readonly Dim[]): Dim {
  const sizes = dims.filter((dim) => typeof dim === "number");
  return sizes.length === dims.length ? sizes.reduce((a, b) => a * b, 1) : dims.join("*");
}

/** What is known of an array before it exists. */
export interface ValueType {
  readonly dtype: DType;
  readonly shape: readonly Dim[];
}

/** An edge of the graph: a named array with its type. */
export interface Value extends ValueType {
  readonly name: string;
}

/** An attribute of a node, tagged with the type that the file format wants. */
export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly tensor: Tensor };

/** One operator applied to values. `undefined` stands for an optional input that is left out. */
export interface Node {
  readonly operator: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A model: nodes in an order in which they can run, and what goes in and comes out. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly nodes: readonly Node[];
  /** Arrays that are part of the model, by the name of their value. */
  readonly initializers: ReadonlyMap<string, Tensor>;
}

/** The whole number of an attribute, or the given one where the node leaves it out. */
export function intAttribute(
  node: Pick<Node, "operator" | "attributes">,
  name: string,
  otherwise: number,
): number {
  const attribute = node.attributes[name];
  if (attribute === undefined) return otherwise;
  if ("int" in attribute) return attribute.int;
  throw new Error(`${node.operator}: attribute ${name} is not a whole number: ${Object.keys(attribute)[0]}`);
}

/** The list of whole numbers of an attribute; an error where the node leaves it out. */
export function intsAttribute(node: Pick<Node, "operator" | "attributes">, name: string): readonly number[] {
  const attribute = node.attributes[name];
  if (attribute !== undefined && "ints" in attribute) return attribute.ints;
  throw new Error(`${node.operator}: attribute ${name} is missing or not a list of whole numbers`);
}

/** A type as one reads it in an error: `float32[32, sequence, 384]`. */
export function describe(value: ValueType): string {
  return `${value.dtype}[${value.shape.join(", ")}]`;
}
