/** Reverse-mode differentiation as a transformation from graph to graph. @module */

import type { GraphBuilder } from "./builder.ts";
import { describe, describeNode, type Value } from "./graph.ts";
import { operators } from "./operators.ts";

/**
 * Adds the nodes that compute the gradient of a loss and returns the gradient by each of the given values, in their
 * order. Walks the nodes backwards once and adds up what reaches a value by several ways (Griewank & Walther 2008,
 * ch. 3). Throws where the loss is not a scalar, where it does not depend on a value, or where a node on the way has
 * no gradient.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { differentiate } from "./differentiate.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("square");
 * const x = b.input("x", "float32", [3]);
 * const [slope] = differentiate(b, b.reduceSum(b.mul(x, x), [0], false), [x]);
 * deepEqual(slope?.shape, [3]);
 * ```
 */
export function differentiate(b: GraphBuilder, loss: Value, by: readonly Value[]): Value[] {
  if (loss.shape.length !== 0) throw new Error(`the loss ${loss.name} is not a scalar but ${describe(loss)}`);
  const forward = b.nodes.slice();
  const active = reachedFrom(forward, by);
  const gradients = new Map<string, Value>([[loss.name, b.scalar(1)]]);
  for (const node of forward.reverse()) {
    const grads = node.outputs.map((output) => gradients.get(output.name));
    if (
      grads.every((grad) => grad === undefined) ||
      !node.inputs.some((input) => input && active.has(input.name))
    ) {
      continue;
    }
    const gradient = operators.get(node.operator)?.gradient;
    if (!gradient) {
      throw new Error(`${describeNode(node)} has no gradient, and the loss depends on parameters through it`);
    }
    const contributions = gradient(node, grads, b);
    node.inputs.forEach((input, i) => {
      const contribution = contributions[i];
      if (!input || !active.has(input.name)) return;
      if (!contribution) {
        if (!input.dtype.startsWith("float")) return; // an index, a condition
        throw new Error(
          `${describeNode(node)} has no gradient by its input ${input.name}, and the loss depends on it`,
        );
      }
      const before = gradients.get(input.name);
      gradients.set(input.name, before ? added(b, before, contribution) : contribution);
    });
  }
  return by.map((value) => {
    const gradient = gradients.get(value.name);
    if (!gradient) throw new Error(`the loss does not depend on ${value.name}`);
    return gradient;
  });
}

/**
 * The sum of two contributions. What is zeros with some rows added to (the gradient of a look-up) is not made and then
 * added, but its rows are added to the other: for tied embeddings this saves two passes over the largest array of all.
 */
function added(b: GraphBuilder, before: Value, contribution: Value): Value {
  const last = b.nodes.at(-1);
  const [zeros, ...places] = last?.inputs ?? [];
  const isSparse = last?.operator === "ScatterElements" && last.outputs[0] === contribution &&
    b.nodes.some(({ operator, outputs: [value] }) => operator === "ConstantOfShape" && value === zeros);
  return isSparse
    ? b.one("ScatterElements", [before, ...places], last.attributes)
    : b.add(before, contribution);
}

/** The names of all values that depend on the given ones, these included. */
function reachedFrom(nodes: GraphBuilder["nodes"], values: readonly Value[]): Set<string> {
  const reached = new Set(values.map((value) => value.name));
  for (const node of nodes) {
    if (node.inputs.some((input) => input && reached.has(input.name))) {
      for (const output of node.outputs) reached.add(output.name);
    }
  }
  return reached;
}
