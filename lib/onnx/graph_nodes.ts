/** The nodes, names and arrays of a graph in the making. @module */

import {
  type Attribute,
  describe,
  type Dim,
  type Graph,
  type Node,
  type Value,
  type ValueType,
} from "./graph.ts";
import { needed } from "./needed.ts";
import { inferenceInput } from "./operator.ts";
import { operators } from "./operators.ts";
import { type DType, sizeOf, type Tensor } from "./tensor.ts";

/**
 * Collects the nodes of a graph, whatever their operators, and gives its values names; {@linkcode GraphBuilder} knows the operators by
 * name. Shapes are inferred while building.
 *
 * @example
 * ```ts
 * import { GraphNodes } from "./graph_nodes.ts";
 * import { deepEqual } from "node:assert/strict";
 * const nodes = new GraphNodes("example");
 * const y = nodes.one("Mul", [nodes.input("x", "float32", ["batch", 4]), nodes.scalar(2)]);
 * deepEqual(nodes.graph([y]).outputs[0]?.shape, ["batch", 4]);
 * ```
 */
export class GraphNodes {
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

  /** The graph's inputs so far. */
  protected get inputs(): readonly Value[] {
    return this.#inputs;
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
    return this.once(
      `scalar ${x}`,
      () => this.initializer(this.fresh("scalar"), { dtype: "float32", shape: [], data: Float32Array.of(x) }),
    );
  }

  /** A small array as a constant, once however often it is asked for. */
  constant(tensor: Tensor): Value {
    const key = `${describe(tensor)} ${tensor.data}`;
    return this.once(key, () => this.initializer(this.fresh("constant"), tensor));
  }

  /** An int64 vector constant, as axes and shapes want it. */
  ints(xs: readonly number[]): Value {
    return this.once(`ints ${xs}`, () =>
      this.initializer(this.fresh("ints"), {
        dtype: "int64",
        shape: [xs.length],
        data: BigInt64Array.from(xs, BigInt),
      }));
  }

  /** Applies any operator; most have a method of their own in GraphBuilder. */
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
    const outputs = types.map((type) => this.#value(this.fresh(operator), type));
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
    const [value] = this.typedAll(operator, inputs, [type], attributes);
    return value!; // one type, one output
  }

  /** The same where it has several outputs. */
  typedAll(
    operator: string,
    inputs: readonly Value[],
    types: readonly ValueType[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly Value[] {
    const outputs = types.map((type) => this.#value(this.fresh(operator), type));
    this.#nodes.push({ operator, inputs, outputs, attributes });
    return outputs;
  }

  /** What was made under a key before, or is made now. */
  protected once(key: string, make: () => Value): Value {
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
    return this.#names.has(name) ? this.fresh(name) : name;
  }

  /** A name that is free. */
  protected fresh(stem: string): string {
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
