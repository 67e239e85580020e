import type { Edge, Node } from "./graph.ts";

/**
 * The nodes that the outputs need, in their order, and the names of all edges that are read on the way.
 *
 * @example
 * ```ts
 * import { needed } from "./needed.ts";
 * import { deepEqual } from "node:assert/strict";
 * const [x, y, z] = [{ name: "x" }, { name: "y" }, { name: "z" }];
 * const nodes = [
 *   { operator: "Neg", inputs: [x], outputs: [y], attributes: {} },
 *   { operator: "Exp", inputs: [x], outputs: [z], attributes: {} },
 * ];
 * deepEqual(needed(nodes, [z]).nodes, nodes.slice(1));
 * ```
 */
export function needed<E extends Edge>(
  nodes: readonly Node<E>[],
  outputs: readonly Edge[],
): { nodes: Node<E>[]; names: ReadonlySet<string> } {
  const names = new Set(outputs.map(({ name }) => name));
  const kept: Node<E>[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some(({ name }) => names.has(name))) continue;
    kept.push(node);
    for (const input of node.inputs) if (input) names.add(input.name);
  }
  return { nodes: kept.reverse(), names };
}
