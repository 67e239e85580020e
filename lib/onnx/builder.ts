/** Building graphs: each call adds a node and returns its typed output. @module */

import {
  type Attribute,
  describe,
  type Dim,
  type Graph,
  type Node,
  type Value,
  type ValueType,
} from "./graph.ts";
import { ELEMENT_TYPE } from "./codec.ts";
import { operators } from "./operators.ts";
import type { InferenceInput } from "./operator.ts";
import { type DType, sizeOf, type Tensor } from "./tensor.ts";

/**
 * Collects the nodes of a graph. Shapes are inferred while building, so a wrong model fails in the line that is
 * wrong. Axes may be numbers or names (`"batch"`); a named axis takes its size from the graph input that has it.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const x = b.input("x", "float32", ["batch", 4]);
 * const y = b.mul(x, b.scalar(2));
 * deepEqual(y.shape, ["batch", 4]);
 * deepEqual(b.graph([y]).nodes.length, 1);
 * ```
 */
export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #inputs: Value[] = [];
  readonly #initializers = new Map<string, Tensor>();
  readonly #names = new Set<string>();
  readonly #shared = new Map<string, Value>();

  constructor(readonly name: string) {}

  /** The nodes so far, in the order in which they were added. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  /** An array that the caller gives at each run. */
  input(name: string, dtype: DType, shape: readonly Dim[]): Value {
    const value = this.#value(name, { dtype, shape });
    this.#inputs.push(value);
    return value;
  }

  /** An array that is part of the model. */
  initializer(name: string, tensor: Tensor): Value {
    if (tensor.data.length !== sizeOf(tensor.shape)) {
      throw new Error(`initializer ${name}: ${tensor.data.length} elements for ${describe(tensor)}`);
    }
    const value = this.#value(name, tensor);
    this.#initializers.set(name, tensor);
    return value;
  }

  /** A float32 constant without axes. */
  scalar(x: number): Value {
    return this.#once(
      `scalar ${x}`,
      () =>
        this.initializer(this.#fresh("scalar"), { dtype: "float32", shape: [], data: Float32Array.of(x) }),
    );
  }

  /** An int64 vector constant, as axes and shapes want it. */
  ints(xs: readonly number[]): Value {
    return this.#once(`ints ${xs}`, () =>
      this.initializer(this.#fresh("ints"), {
        dtype: "int64",
        shape: [xs.length],
        data: BigInt64Array.from(xs, BigInt),
      }));
  }

  /** Applies any operator; most have a method of their own below. */
  apply(
    operator: string,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly Value[] {
    const rule = operators.get(operator);
    if (!rule) throw new Error(`unknown operator ${operator}. Known: ${[...operators.keys()].join(", ")}`);
    let types: readonly ValueType[];
    try {
      types = rule.infer({
        operator,
        attributes,
        inputs: inputs.map((value) => value && this.#inferenceInput(value)),
      });
    } catch (error) {
      const of = inputs.map((value) => value ? `${value.name} ${describe(value)}` : "–").join("; ");
      throw new Error(
        `${error instanceof Error ? error.message : error} (node ${operator} of ${this.name}: ${of})`,
      );
    }
    const outputs = types.map((type) => this.#value(this.#fresh(operator), type));
    this.#nodes.push({ operator, inputs, outputs, attributes });
    return outputs;
  }

  /** Applies an operator that has one output. */
  one(
    operator: string,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    const [output] = this.apply(operator, inputs, attributes);
    if (!output) throw new Error(`${operator} has no output`);
    return output;
  }

  add(a: Value, b: Value): Value {
    return this.one("Add", [a, b]);
  }
  sub(a: Value, b: Value): Value {
    return this.one("Sub", [a, b]);
  }
  mul(a: Value, b: Value): Value {
    return this.one("Mul", [a, b]);
  }
  /** a (…, m, k) × b (…, k, n) → (…, m, n) */
  matMul(a: Value, b: Value): Value {
    return this.one("MatMul", [a, b]);
  }
  /**
   * x (m, k) × w (n, k)ᵀ + bias (n) → (m, n): a dense layer with weights as most checkpoints hold them.
   *
   * @param options.transposed w is (k, n)
   */
  dense(x: Value, weight: Value, bias?: Value, options: { transposed?: boolean } = {}): Value {
    const transB = { int: options.transposed ? 0 : 1 };
    return this.one("Gemm", bias ? [x, weight, bias] : [x, weight], { transB });
  }
  /** The same numbers in another element type. */
  cast(x: Value, to: DType): Value {
    return this.one("Cast", [x], { to: { int: ELEMENT_TYPE[to] } });
  }
  transpose(x: Value, perm: readonly number[]): Value {
    return this.one("Transpose", [x], { perm: { ints: perm } });
  }
  /** Sums over the given axes. */
  reduceSum(x: Value, axes: readonly number[], keepdims: boolean): Value {
    return this.one("ReduceSum", [x, this.ints(axes)], { keepdims: { int: keepdims ? 1 : 0 } });
  }
  /** The mean over the last axis, which stays with size 1. */
  meanLast(x: Value): Value {
    return this.one("ReduceMean", [x, this.ints([-1])], { keepdims: { int: 1 } });
  }

  /** The same elements in another shape. A named axis takes its size at run time. */
  reshape(x: Value, shape: readonly Dim[]): Value {
    if (shape.length === x.shape.length && shape.every((dim, i) => dim === x.shape[i])) return x;
    const named = shape.filter((dim) => typeof dim === "string").length;
    const target = named === 1
      ? this.ints(shape.map((dim) => typeof dim === "string" ? -1 : dim))
      : this.shapeOf(shape);
    return this.#typed("Reshape", [x, target], { dtype: x.dtype, shape });
  }

  /** The first n rows of x. A named n takes its size at run time. */
  rows(x: Value, n: Dim): Value {
    const inputs = [x, this.ints([0]), this.size(n), this.ints([0])];
    return this.#typed("Slice", inputs, { dtype: x.dtype, shape: [n, ...x.shape.slice(1)] });
  }

  /** A shape as an int64 vector: a constant, or put together at run time where an axis is named. */
  shapeOf(shape: readonly Dim[]): Value {
    const sizes = shape.filter((dim) => typeof dim === "number");
    if (sizes.length === shape.length) return this.ints(sizes);
    return this.#once(`shape ${shape}`, () => {
      const parts = shape.map((dim) => this.size(dim));
      return this.#typed("Concat", parts, { dtype: "int64", shape: [shape.length] }, { axis: { int: 0 } });
    });
  }

  /** The whole numbers of a constant made by `ints`. */
  intsOf(value: Value): readonly number[] {
    const ints = this.#inferenceInput(value).ints;
    if (!ints) throw new Error(`${this.name}: ${value.name} is not a constant of whole numbers`);
    return ints;
  }

  /** The size of an axis as an int64 vector of one element: a constant, or read from a graph input at run time. */
  size(dim: Dim): Value {
    if (typeof dim === "number") return this.ints([dim]);
    return this.#once(`size ${dim}`, () => {
      for (const input of this.#inputs) {
        const axis = input.shape.indexOf(dim);
        if (axis >= 0) return this.one("Shape", [input], { start: { int: axis }, end: { int: axis + 1 } });
      }
      throw new Error(`${this.name}: no graph input has the axis ${dim}`);
    });
  }

  /** Sums away the axes along which `shape` was broadcast to the shape of x. */
  sumTo(x: Value, shape: readonly Dim[]): Value {
    const lead = x.shape.length - shape.length;
    const tail = shape.flatMap((dim, i) => dim === 1 && x.shape[lead + i] !== 1 ? [lead + i] : []);
    let sum = x;
    if (tail.length > 0) sum = this.reduceSum(sum, tail, true);
    if (lead > 0) sum = this.reduceSum(sum, Array.from({ length: lead }, (_, i) => i), false);
    return sum;
  }

  /** The graph that computes the outputs; nodes and arrays that nothing needs are left out. */
  graph(outputs: readonly Value[]): Graph {
    const needed = new Set(outputs.map((value) => value.name));
    const nodes: Node[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((value) => needed.has(value.name))) continue;
      nodes.push(node);
      for (const value of node.inputs) if (value) needed.add(value.name);
    }
    return {
      name: this.name,
      inputs: this.#inputs.filter((value) => needed.has(value.name)),
      outputs,
      nodes: nodes.reverse(),
      initializers: new Map([...this.#initializers].filter(([name]) => needed.has(name))),
    };
  }

  /** Gives a value the name that the outside knows it by. */
  named(name: string, x: Value): Value {
    const value = this.#value(name, x);
    this.#nodes.push({ operator: "Identity", inputs: [x], outputs: [value], attributes: {} });
    return value;
  }

  /** Adds a node whose output type the caller knows. */
  #typed(
    operator: string,
    inputs: readonly Value[],
    type: ValueType,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    const value = this.#value(this.#fresh(operator), type);
    this.#nodes.push({ operator, inputs, outputs: [value], attributes });
    return value;
  }

  #inferenceInput(value: Value): InferenceInput {
    const constant = this.#initializers.get(value.name);
    return constant?.dtype === "int64" && constant.data instanceof BigInt64Array
      ? { ...value, ints: Array.from(constant.data, Number) }
      : value;
  }

  #once(key: string, make: () => Value): Value {
    const known = this.#shared.get(key);
    if (known) return known;
    const value = make();
    this.#shared.set(key, value);
    return value;
  }

  #fresh(stem: string): string {
    return `${stem}_${this.#names.size}`;
  }

  #value(name: string, type: ValueType): Value {
    if (this.#names.has(name)) throw new Error(`${this.name}: two values are named ${name}`);
    this.#names.add(name);
    return { name, dtype: type.dtype, shape: type.shape };
  }
}
