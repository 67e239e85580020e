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
  if (sizes.length === dims.length) return sizes.reduce((a, b) => a * b, 1);
  return dims.filter((dim) => dim !== 1).join("*");
}

/** The size of arrays laid end to end along an axis: a number, or the names summed, `past+sequence`. */
export function summed(dims: readonly Dim[]): Dim {
  const sizes = dims.filter((dim) => typeof dim === "number");
  if (sizes.length === dims.length) return sizes.reduce((a, b) => a + b, 0);
  return dims.filter((dim) => dim !== 0).join("+");
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

/** An edge of a graph of which no types are known yet. */
export type Edge = Pick<Value, "name">;

/** An attribute of a node, tagged with the type that the file format wants. */
export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly text: string }
  | { readonly texts: readonly string[] }
  | { readonly tensor: Tensor };

/**
 * One operator applied to values. `undefined` stands for an optional input that is left out; an optional output that is
 * left out has an empty name.
 */
export interface Node<E extends Edge = Value> {
  /** With its domain before it where that is not ONNX's own: `Gemm`, `com.microsoft.BiasGelu`. */
  readonly operator: string;
  /** What a file calls the node, for error messages. */
  readonly name?: string;
  readonly inputs: readonly (E | undefined)[];
  readonly outputs: readonly E[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A model: nodes in an order in which they can run, and what goes in and comes out. */
export interface Graph<E extends Edge = Value> {
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly nodes: readonly Node<E>[];
  /** Arrays that are part of the model, by the name of their value. */
  readonly initializers: ReadonlyMap<string, Tensor>;
  /** The version of each domain's operators. Left out: the one that graphs are written in. */
  readonly opsets?: ReadonlyMap<string, number>;
}

/** A graph as others exported it: the edges between its nodes have names only. */
export interface ExportedGraph extends Graph<Edge> {
  /** What the file states of them all the same. The runtime makes use of it, so it is kept. */
  readonly stated?: ReadonlyMap<string, ValueType>;
}

type Attributed = Pick<Node, "operator" | "attributes">;

/** The whole number of an attribute, or the given one where the node leaves it out. */
export function intAttribute(node: Attributed, name: string, otherwise: number): number {
  return attributeOf(node, name, otherwise, "a whole number", (told) => "int" in told ? told.int : undefined);
}

/** The number of an attribute, or the given one where the node leaves it out. */
export function floatAttribute(node: Attributed, name: string, otherwise: number): number {
  return attributeOf(node, name, otherwise, "a number", (told) => "float" in told ? told.float : undefined);
}

/** The text of an attribute, or the given one where the node leaves it out. */
export function textAttribute(node: Attributed, name: string, otherwise: string): string {
  return attributeOf(node, name, otherwise, "text", (told) => "text" in told ? told.text : undefined);
}

function attributeOf<T>(
  { operator, attributes }: Attributed,
  name: string,
  otherwise: T,
  kind: string,
  read: (attribute: Attribute) => T | undefined,
): T {
  const attribute = attributes[name];
  if (attribute === undefined) return otherwise;
  const value = read(attribute);
  if (value !== undefined) return value;
  throw new Error(`${operator}: attribute ${name} is not ${kind}: ${Object.keys(attribute)[0]}`);
}

/** A node as one finds it in an error: its operator, and its name or what it makes. */
export function describeNode(node: Pick<Node<Edge>, "operator" | "name" | "outputs">): string {
  return `${node.operator} (node ${node.name || node.outputs[0]?.name})`;
}

/** A type as one reads it in an error: `float32[32, sequence, 384]`. */
export function describe(value: ValueType): string {
  return `${value.dtype}[${value.shape.join(", ")}]`;
}
