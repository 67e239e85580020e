/** Elements written, or added, at indices. @module */

import type { GraphBuilder } from "../builder.ts";
import { intAttribute, type Node, textAttribute, type Value } from "../graph.ts";
import type { Operator } from "../operator.ts";
import { sameType } from "./elementwise.ts";

/** Zeros of the shape of a value, whether that is known while building or not. */
function zerosLike(x: Value, b: GraphBuilder): Value {
  return b.one("Expand", [b.scalar(0), b.shapeOf(x.shape)]);
}

/** Whether a node adds its updates; an error where it combines them otherwise. */
function adds(node: Node): boolean {
  const reduction = textAttribute(node, "reduction", "none");
  if (reduction === "none" || reduction === "add") return reduction === "add";
  throw new Error(`${node.operator}: no gradient with reduction "${reduction}"`);
}

/**
 * data with updates written, or added (`reduction`), at indices along one axis. dL/dupdates is g at the indices, dL/ddata
 * is g, with zeros at the indices where updates took the place of data.
 */
export const scatterElements: Operator = {
  name: "ScatterElements",
  infer: sameType,
  gradient: (node, [g], b) => {
    const { inputs: [data, indices, updates] } = node;
    if (!data || !indices || !updates || !g) return [];
    const axis = { axis: { int: intAttribute(node, "axis", 0) } };
    const kept = () => b.one("ScatterElements", [g, indices, zerosLike(updates, b)], axis);
    return [adds(node) ? g : kept(), undefined, b.one("GatherElements", [g, indices], axis)];
  },
};

/** data with slices written, or added (`reduction`), at tuples of indices: as ScatterElements, over several axes. */
export const scatterND: Operator = {
  name: "ScatterND",
  infer: sameType,
  gradient: (node, [g], b) => {
    const { inputs: [data, indices, updates] } = node;
    if (!data || !indices || !updates || !g) return [];
    const kept = () => b.one("ScatterND", [g, indices, zerosLike(updates, b)]);
    return [adds(node) ? g : kept(), undefined, b.one("GatherND", [g, indices])];
  },
};
