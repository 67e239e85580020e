/** Weights out of a graph to be trained, and back in. @module */

import { describe, type ExportedGraph, type Graph, type Value } from "./graph.ts";
import type { Tensor } from "./tensor.ts";

/** A graph whose parameters are inputs, and the parameters. */
export interface Trainable {
  readonly graph: Graph;
  /** Copies, by name, in the order of the graph's arrays. */
  readonly parameters: Map<string, Tensor<"float32">>;
}

/**
 * The graph with arrays that are to be trained as inputs, ready for `differentiate()`.
 *
 * @param graph as `bind()` gives it: with types
 * @param which arrays are parameters; default every array of float32 with more than one element
 * @throws Error in one line where none is, or one holds something else than float32
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { trainable } from "./trainable.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("scaled");
 * const scale = b.initializer("scale", { dtype: "float32", shape: [2], data: Float32Array.of(1, 2) });
 * const { graph, parameters } = trainable(b.graph([b.mul(b.input("x", "float32", [2]), scale)]));
 * deepEqual(graph.inputs.map(({ name }) => name), ["x", "scale"]);
 * deepEqual(parameters.get("scale")?.data, Float32Array.of(1, 2));
 * ```
 */
export function trainable(
  graph: Graph,
  which: (name: string, tensor: Tensor) => boolean = (_, { dtype, data }) =>
    dtype === "float32" && data.length > 1,
): Trainable {
  const chosen = [...graph.initializers].filter(([name, tensor]) => which(name, tensor));
  if (chosen.length === 0) {
    const names = [...graph.initializers.keys()].slice(0, 5).join(", ");
    throw new Error(`${graph.name}: no array was chosen to be trained. It has ${names}, …`);
  }
  const parameters = new Map(chosen.map(([name, { dtype, shape, data }]): [string, Tensor<"float32">] => {
    if (data instanceof Float32Array) return [name, { dtype: "float32", shape, data: data.slice() }];
    throw new Error(
      `${graph.name}: ${name} holds ${dtype}; only float32 is trained. Take the model in float32.`,
    );
  }));
  const inputs = [...parameters].map(([name, { dtype, shape }]): Value => ({ name, dtype, shape }));
  const initializers = new Map([...graph.initializers].filter(([name]) => !parameters.has(name)));
  return { graph: { ...graph, inputs: [...graph.inputs, ...inputs], initializers }, parameters };
}

/**
 * A graph with other values in some of its arrays: what was trained on the graph that `bind()` made of it goes back into
 * the graph that was read, whose axes keep their names.
 *
 * @throws Error naming the parameter that the graph does not have, or has with another type
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { withParameters } from "./trainable.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("scaled");
 * const scale = { dtype: "float32", shape: [2], data: Float32Array.of(1, 2) } as const;
 * const graph = b.graph([b.mul(b.input("x", "float32", ["n", 2]), b.initializer("scale", scale))]);
 * const trained = new Map([["scale", { ...scale, data: Float32Array.of(3, 4) }]]);
 * deepEqual(withParameters(graph, trained).initializers.get("scale")?.data, Float32Array.of(3, 4));
 * ```
 */
export function withParameters<G extends ExportedGraph>(
  graph: G,
  parameters: ReadonlyMap<string, Tensor<"float32">>,
): G {
  const initializers = new Map(graph.initializers);
  for (const [name, tensor] of parameters) {
    const before = initializers.get(name);
    if (!before || describe(before) !== describe(tensor)) {
      throw new Error(
        `${graph.name}: ${name} is ${before ? describe(before) : "no array of it"}, trained was ${
          describe(tensor)
        }`,
      );
    }
    initializers.set(name, tensor);
  }
  return { ...graph, initializers };
}
