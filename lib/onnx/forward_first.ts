/** An order of nodes in which a graph of gradients needs little memory. @module */

import type { Graph, Node, Value } from "./graph.ts";

/**
 * The graph with its nodes in an order that makes the runtime free arrays early. The runtime decides by itself when a node
 * runs: of the inputs of a node it computes the one first whose node stands last, and so it does with nodes that nothing
 * needs but the caller. From front to back stand therefore
 *
 * 1. what does not depend on the loss: what backward needs beside gradients (the slope of a GELU, a weight out of its
 *    blocks) is then computed when it is needed, and not all of it in advance;
 * 2. what depends on it and is needed by several outputs: the way of the gradient from layer to layer;
 * 3. what a single output needs, that of the first layer first and that of the last layer last: the gradient of a layer's
 *    weights is then computed as soon as the gradient arrives there, after which the layer's arrays can go.
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
  return { ...graph, nodes: [...before, ...lastLayerLast(after, graph.outputs)] };
}

/** Nodes that several outputs need, in their order, then those of single outputs, the output that is ready first standing last. */
function lastLayerLast(nodes: readonly Node[], outputs: readonly Value[]): Node[] {
  const owners = new Map<string, Value | "several">(outputs.map((output) => [output.name, output]));
  for (const node of nodes.toReversed()) {
    const of = new Set(node.outputs.flatMap(({ name }) => owners.get(name) ?? []));
    const [only] = of;
    const owner = of.size === 1 && only ? only : "several";
    for (const { name } of [...node.outputs, ...node.inputs.flatMap((input) => input ?? [])]) {
      const other = owners.get(name) ?? owner;
      owners.set(name, other === owner ? owner : "several");
    }
  }
  const ownerOf = (node: Node) => owners.get(node.outputs[0]?.name ?? "") ?? "several";
  const shared = nodes.filter((node) => ownerOf(node) === "several");
  const place = new Map(shared.flatMap(({ outputs }, i) => outputs.map(({ name }) => [name, i])));
  const single = new Map<Value, { ready: number; readonly nodes: Node[] }>();
  for (const node of nodes) {
    const owner = ownerOf(node);
    if (owner === "several") continue;
    const group = single.get(owner) ?? { ready: 0, nodes: [] };
    group.nodes.push(node);
    group.ready = Math.max(group.ready, ...node.inputs.map((input) => place.get(input?.name ?? "") ?? 0));
    single.set(owner, group);
  }
  const groups = [...single.values()].sort((a, b) => b.ready - a.ready);
  return [...shared, ...groups.flatMap(({ nodes }) => nodes)];
}
