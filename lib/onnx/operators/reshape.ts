/** The same elements in the same order, under another shape. @module */

import { type Dim, intAttribute, type ValueType } from "../graph.ts";
import {
  axisAt,
  constantAt,
  type Gradient,
  type InferenceNode,
  intsAt,
  type Operator,
  required,
  sizesOf,
} from "../operator.ts";
import { sizeOf } from "../tensor.ts";

type Reshaping = (node: InferenceNode) => readonly Dim[];

/** An operator that keeps the elements; what it says of the new shape is all there is to it. */
function reshaping(name: string, shapeOf: Reshaping): Operator {
  const infer = (node: InferenceNode): ValueType[] => {
    return [{ dtype: required(name, node.inputs, 0).dtype, shape: shapeOf(node) }];
  };
  return {
    name,
    infer,
    evaluate: (node) => infer(node).map((type) => ({ ...constantAt(node, 0), shape: sizesOf(name, type) })),
    gradient: back,
  };
}

const back: Gradient = ({ inputs: [x] }, [g], b) => [x && g && b.reshape(g, x.shape)];

/** x under the shape of the second input: 0 keeps the size of x's axis, unless `allowzero` is 1, and −1 takes what is left. */
export const reshape = reshaping("Reshape", (node) => {
  const x = required("Reshape", node.inputs, 0);
  const wanted = intsAt(node, 1, "the shape is");
  const keeps = intAttribute(node, "allowzero", 0) === 0;
  const shape = wanted.map((dim, i): Dim => dim === 0 && keeps ? x.shape[i] ?? 0 : dim);
  const left = shape.indexOf(-1);
  if (left >= 0) {
    const rest = sizesOf("Reshape", { dtype: x.dtype, shape: shape.filter((_, i) => i !== left) });
    shape[left] = Math.floor(sizeOf(sizesOf("Reshape", x)) / Math.max(1, sizeOf(rest)));
  }
  const [before, after] = [x.shape, shape].map((shape) =>
    shape.every((dim) => typeof dim === "number") ? sizeOf(shape) : undefined
  );
  if (before !== undefined && after !== undefined && before !== after) {
    throw new Error(`Reshape: [${x.shape}] does not fit into [${wanted}]`);
  }
  return shape;
});

/** x as a matrix: the axes before `axis` are the rows, the others the columns. */
export const flatten = reshaping("Flatten", (node) => {
  const x = required("Flatten", node.inputs, 0);
  const axis = intAttribute(node, "axis", 1);
  const sizes = sizesOf("Flatten", x);
  const at = axis < 0 ? axis + sizes.length : axis; // may be the number of axes
  return [sizeOf(sizes.slice(0, at)), sizeOf(sizes.slice(at))];
});

/** x without axes of size 1: those of the second input, or all. */
export const squeeze = reshaping("Squeeze", (node) => {
  const x = required("Squeeze", node.inputs, 0);
  if (!node.inputs[1]) return x.shape.filter((dim) => dim !== 1);
  const axes = intsAt(node, 1, "the axes are").map((axis) => axisAt("Squeeze", axis, x.shape.length));
  for (const axis of axes) {
    if (x.shape[axis] !== 1) throw new Error(`Squeeze: axis ${axis} of [${x.shape}] is not of size 1`);
  }
  return x.shape.filter((_, axis) => !axes.includes(axis));
});

/** x with axes of size 1 put in, at the places that they have afterwards. */
export const unsqueeze = reshaping("Unsqueeze", (node) => {
  const x = required("Unsqueeze", node.inputs, 0);
  const given = intsAt(node, 1, "the axes are");
  const rank = x.shape.length + given.length;
  const axes = new Set(given.map((axis) => axisAt("Unsqueeze", axis, rank)));
  const rest = [...x.shape];
  return Array.from({ length: rank }, (_, i): Dim => axes.has(i) ? 1 : rest.shift() ?? 1);
});
