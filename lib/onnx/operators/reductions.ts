/** Sums and means over axes. @module */

import { type Dim, intAttribute, type ValueType } from "../graph.ts";
import { type InferenceNode, type Operator, required } from "../operator.ts";

function reduced(node: InferenceNode): ValueType[] {
  const x = required(node.operator, node.inputs, 0);
  const given = required(node.operator, node.inputs, 1).ints;
  if (!given) throw new Error(`${node.operator}: the axes are not constant`);
  const axes = new Set(given.map((axis) => axis < 0 ? axis + x.shape.length : axis));
  const keep = intAttribute(node, "keepdims", 1) === 1;
  const shape: Dim[] = x.shape.flatMap((dim, i): Dim[] => axes.has(i) ? (keep ? [1] : []) : [dim]);
  return [{ dtype: x.dtype, shape }];
}

/** The shape of a reduction's output with the reduced axes kept at size 1. */
function kept(node: Parameters<NonNullable<Operator["gradient"]>>[0], axes: readonly number[]): Dim[] {
  const x = required(node.operator, node.inputs, 0);
  return x.shape.map((dim, i) => axes.includes(i) || axes.includes(i - x.shape.length) ? 1 : dim);
}

/** y = Σ x over axes. dL/dx is g stretched back. The axes must be the builder's constants. */
export const reduceSum: Operator = {
  name: "ReduceSum",
  infer: reduced,
  gradient: (node, [g], b) => {
    const [x, axes] = node.inputs;
    if (!x || !axes || !g) return [];
    const wide = b.reshape(g, kept(node, b.intsOf(axes)));
    return [b.one("Expand", [wide, b.shapeOf(x.shape)])];
  },
};

/** y = mean of x over axes. dL/dx is g / n stretched back. */
export const reduceMean: Operator = {
  name: "ReduceMean",
  infer: reduced,
  gradient: (node, [g], b) => {
    const [x, axes] = node.inputs;
    if (!x || !axes || !g) return [];
    const shape = kept(node, b.intsOf(axes));
    const n = x.shape.reduce<number>((size, dim, i) => {
      if (shape[i] !== 1 || dim === 1) return size;
      if (typeof dim === "string") throw new Error(`ReduceMean: the axis ${dim} has no size yet`);
      return size * dim;
    }, 1);
    const wide = b.mul(b.reshape(g, shape), b.scalar(1 / n));
    return [b.one("Expand", [wide, b.shapeOf(x.shape)])];
  },
};

/** The greatest element over axes. */
export const reduceMax: Operator = { name: "ReduceMax", infer: reduced };

/** The index of the greatest element along an axis, the first of equals. */
export const argMax: Operator = {
  name: "ArgMax",
  infer: (node) => {
    const x = required("ArgMax", node.inputs, 0);
    const axis = intAttribute(node, "axis", 0);
    const at = axis < 0 ? axis + x.shape.length : axis;
    const keep = intAttribute(node, "keepdims", 1) === 1;
    const shape = x.shape.flatMap((dim, i): Dim[] => i === at ? (keep ? [1] : []) : [dim]);
    return [{ dtype: "int64", shape }];
  },
};
