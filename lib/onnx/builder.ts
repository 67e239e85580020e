/** Building graphs: each call adds a node and returns its typed output. @module */

import {
  type Attribute,
  describe,
  type Dim,
  type Graph,
  joined,
  type Node,
  summed,
  type Value,
  type ValueType,
} from "./graph.ts";
import { ELEMENT_TYPE } from "./codec.ts";
import { needed } from "./needed.ts";
import { operators } from "./operators.ts";
import { inferenceInput } from "./operator.ts";
import { type DType, sizeOf, type Tensor } from "./tensor.ts";

/** How the sizes of a combined axis are put together, the loosest sign first. */
const COMBINED = [["+", "Add"], ["-", "Sub"], ["*", "Mul"]] as const;

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
  readonly #opsets = new Map<string, number>();

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

  /** A small array as a constant, once however often it is asked for. */
  constant(tensor: Tensor): Value {
    const key = `${describe(tensor)} ${tensor.data}`;
    return this.#once(key, () => this.initializer(this.#fresh("constant"), tensor));
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
        inputs: inputs.map((value) => value && inferenceInput(value, this.constantOf(value))),
      });
    } catch (error) {
      const of = inputs.map((value) => value ? `${value.name} ${describe(value)}` : "–").join("; ");
      throw new Error(
        `${error instanceof Error ? error.message : error} (node ${operator} of ${this.name}: ${of})`,
      );
    }
    const outputs = types.map((type) => this.#value(this.#fresh(operator), type));
    this.#nodes.push({ operator, inputs, outputs, attributes });
    if (rule.since !== undefined) this.#needs("", rule.since);
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
    const y = this.one("Gemm", [x, weight], { transB });
    return bias ? this.add(y, bias) : y; // Gemm itself would lay the bias out first, in one thread
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
    // An axis may be or turn out to be 0, which without the attribute would stand for the size of x's axis.
    const zero = named > 1 || (named === 0 && shape.includes(0));
    const attributes = { allowzero: { int: 1 } };
    return this.#typed("Reshape", [x, target], { dtype: x.dtype, shape }, zero ? attributes : {});
  }

  /** The first n rows of x. A named n takes its size at run time. */
  rows(x: Value, n: Dim): Value {
    const inputs = [x, this.ints([0]), this.size(n), this.ints([0])];
    return this.#typed("Slice", inputs, { dtype: x.dtype, shape: [n, ...x.shape.slice(1)] });
  }

  /** What is left of an axis of x behind a size of another: (…, dim, …) → (…, dim-size, …). */
  behind(x: Value, axis: number, size: Dim): Value {
    const end = this.ints([Number.MAX_SAFE_INTEGER]);
    const shape = x.shape.map((dim, i) => i === axis ? `${dim}-${size}` : dim);
    return this.#typed("Slice", [x, this.size(size), end, this.ints([axis])], { dtype: x.dtype, shape });
  }

  /** x taken apart along an axis, in parts of the given sizes. Named sizes are known at run time. */
  parts(x: Value, axis: number, sizes: readonly Dim[]): readonly Value[] {
    const attributes = { axis: { int: axis } };
    const inputs = [x, this.shapeOf(sizes)];
    if (sizes.every((size) => typeof size === "number")) return this.apply("Split", inputs, attributes);
    const outputs = sizes.map((size) => {
      const shape = x.shape.map((dim, i) => i === axis ? size : dim);
      return this.#value(this.#fresh("Split"), { dtype: x.dtype, shape });
    });
    this.#nodes.push({ operator: "Split", inputs, outputs, attributes });
    return outputs;
  }

  /** `count` elements of a vector x, from the place that `start` (1) says at run time: (count). */
  stretch(x: Value, start: Value, count: number): Value {
    const inputs = [x, start, this.add(start, this.ints([count])), this.ints([0])];
    return this.#typed("Slice", inputs, { dtype: x.dtype, shape: [count] });
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

  /** The array of the model that a value stands for, where it does. */
  constantOf(value: Value): Tensor | undefined {
    return this.#initializers.get(value.name);
  }

  /** The whole numbers of a constant made by `ints`. */
  intsOf(value: Value): readonly number[] {
    const { ints } = inferenceInput(value, this.constantOf(value));
    if (!ints) throw new Error(`${this.name}: ${value.name} is not a constant of whole numbers`);
    return ints;
  }

  /**
   * The size of an axis as an int64 vector of one element: a constant, or read from a graph input at run time. Where
   * `joined` or `summed` put it together, or it is a difference (`all-past`), it is computed from its parts.
   */
  size(dim: Dim): Value {
    if (typeof dim === "number") return this.ints([dim]);
    return this.#once(`size ${dim}`, () => {
      for (const input of this.#inputs) {
        const axis = input.shape.indexOf(dim);
        if (axis >= 0) return this.one("Shape", [input], { start: { int: axis }, end: { int: axis + 1 } });
      }
      const [sign, operator] = COMBINED.find(([sign]) => dim.includes(sign)) ?? [];
      if (!operator) throw new Error(`${this.name}: no graph input has the axis ${dim}`);
      const parts = dim.split(sign).map((part) => this.size(/^\d+$/.test(part) ? Number(part) : part));
      return parts.reduce((a, b) => this.one(operator, [a, b]));
    });
  }

  /** Names an axis that no graph input has, by its size, an int64 vector of one element. The first size counts. */
  axis(name: string, size: Value): Dim {
    this.#once(`size ${name}`, () => size);
    return name;
  }

  /** The n whole numbers that begin with `from`, int64 (n). Where one of both is named, it is known at run time. */
  range(n: Dim, from: Dim = 0): Value {
    if (typeof n === "number" && typeof from === "number") {
      return this.ints(Array.from({ length: n }, (_, i) => from + i));
    }
    return this.#once(`range ${n} from ${from}`, () => {
      const one = (value: Value) => this.reshape(value, []);
      const ends = [this.size(from), this.size(summed([from, n])), this.ints([1])];
      return this.#typed("Range", ends.map(one), { dtype: "int64", shape: [n] });
    });
  }

  /** Sums away the axes along which `shape` was broadcast to the shape of x. */
  sumTo(x: Value, shape: readonly Dim[]): Value {
    const lead = x.shape.length - shape.length;
    const tail = shape.flatMap((dim, i) => dim === 1 && x.shape[lead + i] !== 1 ? [lead + i] : []);
    let sum = x;
    if (tail.length > 0) sum = this.reduceSum(sum, tail, true);
    return lead > 0 ? this.#sumOfRows(sum, lead) : sum;
  }

  /** Sums over the first axes: a product with a row of ones, for which the runtime shares the columns out over threads. */
  #sumOfRows(x: Value, lead: number): Value {
    const rows = joined(x.shape.slice(0, lead));
    const rest = x.shape.slice(lead);
    const width = joined(rest);
    if (typeof rows !== "number" || typeof width !== "number" || x.dtype !== "float32" || width === 1) {
      return this.reduceSum(x, Array.from({ length: lead }, (_, i) => i), false);
    }
    const ones = this.#once(`ones ${rows}`, () =>
      this.initializer(this.#fresh("ones"), {
        dtype: "float32",
        shape: [1, rows],
        data: new Float32Array(rows).fill(1),
      }));
    return this.reshape(this.matMul(ones, this.reshape(x, [rows, width])), rest);
  }

  /** The graph that computes the outputs; nodes and arrays that nothing needs are left out. */
  graph(outputs: readonly Value[]): Graph {
    const { nodes, names } = needed(this.#nodes, outputs);
    return {
      name: this.name,
      inputs: this.#inputs.filter((value) => names.has(value.name)),
      outputs,
      nodes,
      initializers: new Map([...this.#initializers].filter(([name]) => names.has(name))),
      ...(this.#opsets.size > 0 && { opsets: this.#opsets }),
    };
  }

  /**
   * Adds the nodes and arrays of a graph whose types are known, under their own names where these are free.
   *
   * @param given what stands for an input or array of the graph, by its name; other inputs become inputs here
   * @returns the outputs of the graph, by their names there
   * @throws where a given value has another type than the graph wants
   *
   * @example
   * ```ts
   * import { GraphBuilder } from "./builder.ts";
   * import { deepEqual } from "node:assert/strict";
   * const inner = new GraphBuilder("inner");
   * const graph = inner.graph([inner.named("y", inner.mul(inner.input("x", "float32", [2]), inner.scalar(2)))]);
   * const b = new GraphBuilder("outer");
   * const y = b.include(graph, new Map([["x", b.input("mine", "float32", [2])]])).get("y");
   * deepEqual(y?.shape, [2]);
   * ```
   */
  include(graph: Graph, given: ReadonlyMap<string, Value> = new Map()): ReadonlyMap<string, Value> {
    const values = new Map<string, Value>();
    const place = (value: Value, make: (name: string) => Value) => {
      const instead = given.get(value.name);
      if (instead && describe(instead) !== describe(value)) {
        throw new Error(`${graph.name}: ${value.name} is ${describe(value)}, given is ${describe(instead)}`);
      }
      values.set(value.name, instead ?? make(this.#free(value.name)));
    };
    for (const input of graph.inputs) place(input, (name) => this.input(name, input.dtype, input.shape));
    for (const [name, tensor] of graph.initializers) {
      place({ ...tensor, name }, (name) => this.initializer(name, tensor));
    }
    const known = (value: Value): Value => {
      const here = values.get(value.name);
      if (!here) throw new Error(`${graph.name}: ${value.name} is used before it is computed`);
      return here;
    };
    for (const node of graph.nodes) {
      const inputs = node.inputs.map((value) => value && known(value));
      const outputs = node.outputs.map((value) => {
        const here = value.name === "" ? value : this.#value(this.#free(value.name), value);
        values.set(value.name, here);
        return here;
      });
      this.#nodes.push({ ...node, inputs, outputs });
    }
    for (const [domain, version] of graph.opsets ?? []) this.#needs(domain, version);
    return new Map(graph.outputs.map((value) => [value.name, known(value)]));
  }

  /** Gives a value the name that the outside knows it by. */
  named(name: string, x: Value): Value {
    const value = this.#value(name, x);
    this.#nodes.push({ operator: "Identity", inputs: [x], outputs: [value], attributes: {} });
    return value;
  }

  /** Applies an operator of which the caller knows the output's type, where sizes at run time decide it. */
  typed(
    operator: string,
    inputs: readonly Value[],
    type: ValueType,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    return this.#typed(operator, inputs, type, attributes);
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

  #once(key: string, make: () => Value): Value {
    const known = this.#shared.get(key);
    if (known) return known;
    const value = make();
    this.#shared.set(key, value);
    return value;
  }

  /** Notes the version of a domain's operators that the graph takes. */
  #needs(domain: string, version: number): void {
    this.#opsets.set(domain, Math.max(version, this.#opsets.get(domain) ?? 0));
  }

  #free(name: string): string {
    return this.#names.has(name) ? this.#fresh(name) : name;
  }

  #fresh(stem: string): string {
    let name = `${stem}_${this.#names.size}`;
    while (this.#names.has(name)) name += "_";
    return name;
  }

  #value(name: string, type: ValueType): Value {
    if (this.#names.has(name)) throw new Error(`${this.name}: two values are named ${name}`);
    this.#names.add(name);
    return { name, dtype: type.dtype, shape: type.shape };
  }
}
