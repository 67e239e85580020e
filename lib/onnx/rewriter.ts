/** Putting a graph together from the nodes of another. @module */

import type { Node, Value } from "./graph.ts";
import type { LazyGraph, LazyTensor } from "./tensor_source.ts";

/**
 * Collects nodes and arrays whose types are known. Unlike `GraphBuilder` it infers nothing: the graph it starts from is
 * right already.
 *
 * @example
 * ```ts
 * import { Rewriter } from "./rewriter.ts";
 * import { deepEqual } from "node:assert/strict";
 * const x = { name: "x", dtype: "float32", shape: [2] } as const;
 * const to = new Rewriter();
 * to.add("Neg", [x], { ...x, name: "y" });
 * deepEqual(to.nodes.map(({ operator }) => operator), ["Neg"]);
 * ```
 */
export class Rewriter {
  readonly nodes: Node[] = [];
  readonly #initializers = new Map<string, LazyTensor>();
  readonly #shared = new Map<string, Value>();

  /** Adds a node that has one output. */
  add(
    operator: string,
    inputs: readonly Value[],
    output: Value,
    attributes: Node["attributes"] = {},
  ): Value {
    this.nodes.push({ operator, inputs, outputs: [output], attributes });
    return output;
  }

  /** An array of the model. */
  array(name: string, tensor: LazyTensor): Value {
    return this.once(name, () => {
      this.#initializers.set(name, tensor);
      return { name, dtype: tensor.dtype, shape: tensor.shape };
    });
  }

  /** The value that was made under this key before, or else is made now. */
  once(key: string, make: () => Value): Value {
    const value = this.#shared.get(key) ?? make();
    this.#shared.set(key, value);
    return value;
  }

  /** The graph in place of the one it was made from, with the arrays of that one that are still needed. */
  graph(from: LazyGraph): LazyGraph {
    const needed = new Set(this.nodes.flatMap((node) => node.inputs.map((value) => value?.name)));
    const kept = [...from.initializers].filter(([name]) => needed.has(name));
    return { ...from, nodes: this.nodes, initializers: new Map([...kept, ...this.#initializers]) };
  }
}
