/** Computing again in backward what would take much memory to keep. @module */

import type { Graph, Node, Value } from "./graph.ts";
import { needed } from "./needed.ts";
import { sizeOf } from "./tensor.ts";

/** What is large and quickly made: attention weights, what a wide layer's activation gives, what a norm gives, a mask. */
const AGAIN = new Set(["Softmax", "Gelu", "LayerNormalization", "Transpose", "Slice", "Concat"]);
/** What is quickly made where what it is made of is. */
const THROUGH = new Set(["Reshape", "Mul"]);
/** What may be made again on the way to it. */
const ON_THE_WAY = new Set(["Add", "MatMul", "Transpose", "Reshape"]);

/** The optimisation of the runtime that makes one of two nodes that compute the same. */
export const WITHOUT = ["CommonSubexpressionElimination"];

/**
 * The graph with the arrays that backward needs of some forward operators made a second time, out of others that it needs
 * in any case (Chen et al. 2016, "Training deep nets with sublinear memory cost"). Results are the same to the bit. A
 * session must leave out the optimisations {@linkcode WITHOUT}, which would undo this.
 *
 * @param least smaller arrays, in elements, are kept
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { differentiate } from "./differentiate.ts";
 * import { recompute } from "./recompute.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const x = b.input("x", "float32", [512, 512]);
 * const y = b.one("Softmax", [x]);
 * const loss = b.reduceSum(b.mul(y, y), [0, 1], false);
 * const graph = recompute(b.graph([loss, ...differentiate(b, loss, [x])]), loss);
 * deepEqual(graph.nodes.filter(({ operator }) => operator === "Softmax").length, 2);
 * ```
 */
export function recompute(graph: Graph, loss: Value, least = 65536): Graph {
  const forward = new Set(needed(graph.nodes, [loss]).nodes);
  const makers = new Map([...forward].flatMap((node) => node.outputs.map(({ name }) => [name, node])));
  const isWorthwhile = (value: Value): boolean => {
    const maker = makers.get(value.name);
    if (maker === undefined || elements(value) < least || maker.outputs[0]?.name !== value.name) return false;
    if (AGAIN.has(maker.operator)) return true;
    return THROUGH.has(maker.operator) && maker.inputs.some((input) => input && isWorthwhile(input));
  };
  const kept = new Set(
    graph.nodes.filter((node) => !forward.has(node)).flatMap(({ inputs }) =>
      inputs.flatMap((input) => input && !isWorthwhile(input) ? input.name : [])
    ),
  );
  const isOnTheWay = (value: Value) => {
    const operator = makers.get(value.name)?.operator;
    return isWorthwhile(value) ||
      (operator !== undefined && ON_THE_WAY.has(operator) && !kept.has(value.name));
  };

  const made = new Map<string, Value>();
  const nodes: Node[] = [];
  const again = (value: Value): Value => {
    const known = made.get(value.name);
    const maker = makers.get(value.name);
    if (known || !maker) return known ?? value;
    const inputs = maker.inputs.map((input) => input && isOnTheWay(input) ? again(input) : input);
    const outputs = maker.outputs.map((output) => {
      const second = { ...output, name: output.name && `${output.name} again` };
      made.set(output.name, second);
      return second;
    });
    nodes.push({ ...maker, inputs, outputs });
    return made.get(value.name) ?? value;
  };
  for (const node of graph.nodes) {
    const inputs = forward.has(node)
      ? node.inputs
      : node.inputs.map((input) => input && isWorthwhile(input) ? again(input) : input);
    nodes.push({ ...node, inputs });
  }
  return { ...graph, nodes };
}

function elements({ shape }: Value): number {
  const sizes = shape.filter((dim) => typeof dim === "number");
  return sizes.length === shape.length ? sizeOf(sizes) : 0;
}
