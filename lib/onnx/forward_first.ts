/** An order of nodes in which a graph of gradients needs little memory. @module */

import type { Graph, Node, Value } from "./graph.ts";

/**
 * The graph with all nodes that do not depend on the loss before those that do. The runtime decides by itself when a node
 * runs: of the inputs of a node it computes the one first whose node stands last. In backward those are then the gradients,
 * which come by a long way, and what is only needed beside them (the slope of a GELU, a weight out of its blocks) comes
 * when it is needed. Otherwise it would all be computed in advance and kept.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./builder.ts";
 * import { differentiate } from "./differentiate.ts";
 * import { forwardFirst } from "./forward_first.ts";
 * import { deepEqual } from "node:assert/strict";
 * const b = new GraphBuilder("example");
 * const x = b.input("x", "float32", [2]);
 * const loss = b.reduceSum(b.one("Gelu", [x]), [0], false);
 * const graph = forwardFirst(b.graph(differentiate(b, loss, [x])), loss);
 * deepEqual(graph.nodes.length, b.graph(graph.outputs).nodes.length);
 * ```
 */
export function forwardFirst(graph: Graph, loss: Value): Graph {
  const last = graph.nodes.find(({ outputs }) => outputs.some(({ name }) => name === loss.name));
  const behind = new Set(last?.outputs.map(({ name }) => name));
  const [before, after]: [Node[], Node[]] = [[], []];
  for (const node of graph.nodes) {
    const depends = node.inputs.some((input) => input && behind.has(input.name));
    if (depends) { for (const { name } of node.outputs) behind.add(name); }
    (depends ? after : before).push(node);
  }
  return { ...graph, nodes: [...before, ...after] };
}
