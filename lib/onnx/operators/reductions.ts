/** Sums, means and extremes over axes. @module */

import type { GraphBuilder } from "../builder.ts";
import { constant, moved, numbersOf } from "../constant.ts";
import { type Dim, intAttribute, type Node, type Value, type ValueType } from "../graph.ts";
import { axisAt, constantAt, type InferenceNode, type Operator, required, sizesOf } from "../operator.ts";
import { sizeOf } from "../tensor.ts";

/** The axes that a node reduces: those of its second input, or all. */
function axesOf(node: InferenceNode): readonly number[] {
  const x = required(node.operator, node.inputs, 0);
  const given = node.inputs[1];
  if (given && !given.ints) throw new Error(`${node.operator}: the axes are not constant`);
  const all = x.shape.map((_, axis) => axis);
  if (!given?.ints?.length) return intAttribute(node, "noop_with_empty_axes", 0) === 1 ? [] : all;
  return given.ints.map((axis) => axisAt(node.operator, axis, x.shape.length));
}

/** A shape with axes reduced to size 1, or gone. */
function reducedShape(shape: readonly Dim[], axes: readonly number[], keep: boolean): Dim[] {
  return shape.flatMap((dim, i): Dim[] => axes.includes(i) ? (keep ? [1] : []) : [dim]);
}

function reduced(node: InferenceNode): ValueType[] {
  const x = required(node.operator, node.inputs, 0);
  const keep = intAttribute(node, "keepdims", 1) === 1;
  return [{ dtype: x.dtype, shape: reducedShape(x.shape, axesOf(node), keep) }];
}

/** Folds the whole numbers that fall together. */
function evaluated(fold: (a: number, b: number) => number, start: number) {
  return (node: InferenceNode) => {
    const x = constantAt(node, 0);
    if (x.dtype.startsWith("float")) return undefined;
    const axes = axesOf(node);
    const rest = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const outer = rest.map((axis) => x.shape[axis] ?? 1);
    const inner = axes.map((axis) => x.shape[axis] ?? 1);
    // The reduced axes last, so that what falls together lies together.
    const order = [...rest, ...axes];
    const lined = moved(
      x,
      [...outer, ...inner],
      (place) => x.shape.map((_, axis) => place[order.indexOf(axis)] ?? 0),
    );
    const [numbers, size] = [numbersOf(lined), sizeOf(inner)];
    const results = Array.from(
      { length: sizeOf(outer) },
      (_, row) => numbers.slice(row * size, (row + 1) * size).reduce((a, b) => fold(a, b), start),
    );
    const keep = intAttribute(node, "keepdims", 1) === 1;
    return [constant(x.dtype, reducedShape(x.shape, axes, keep).map(Number), results)];
  };
}

/** The axes that a node of the graph reduces. */
function axesIn({ operator, attributes, inputs }: Node, b: GraphBuilder): readonly number[] {
  const [x, given] = inputs;
  return axesOf({ operator, attributes, inputs: [x, given && { ...given, ints: b.intsOf(given) }] });
}

/** An output of a reduction, or its gradient, with the reduced axes put back at size 1. */
function widened(node: Node, y: Value, b: GraphBuilder): Value {
  const x = required(node.operator, node.inputs, 0);
  return b.reshape(y, reducedShape(x.shape, axesIn(node, b), true));
}

/** y = Σ x over axes. dL/dx is g stretched back. */
export const reduceSum: Operator = {
  name: "ReduceSum",
  infer: reduced,
  evaluate: evaluated((a, b) => a + b, 0),
  gradient: (node, [g], b) => {
    const { inputs: [x] } = node;
    return [x && g && b.one("Expand", [widened(node, g, b), b.shapeOf(x.shape)])];
  },
};

/** y = mean of x over axes. dL/dx is g / n stretched back. */
export const reduceMean: Operator = {
  name: "ReduceMean",
  infer: reduced,
  gradient: (node, [g], b) => {
    const { inputs: [x] } = node;
    if (!x || !g) return [];
    const reduced = axesIn(node, b).map((axis) => x.shape[axis] ?? 1);
    const count = sizeOf(sizesOf("ReduceMean", { dtype: x.dtype, shape: reduced }));
    return [b.one("Expand", [b.mul(widened(node, g, b), b.scalar(1 / count)), b.shapeOf(x.shape)])];
  },
};

/** The least or greatest element over axes. dL/dx is g there; of n equal ones each has g / n. */
function extreme(name: "ReduceMin" | "ReduceMax"): Operator {
  return {
    name,
    infer: reduced,
    evaluate: name === "ReduceMin" ? evaluated(Math.min, Infinity) : evaluated(Math.max, -Infinity),
    gradient: (node, [g], b) => {
      const { inputs: [x, axes], outputs: [y] } = node;
      if (!x || !y || !g) return [];
      const hit = b.cast(b.one("Equal", [x, widened(node, y, b)]), x.dtype);
      const count = b.one("ReduceSum", [hit, axes], { keepdims: { int: 1 } });
      return [b.mul(hit, b.one("Div", [widened(node, g, b), count]))];
    },
  };
}

export const reduceMin = extreme("ReduceMin");
export const reduceMax = extreme("ReduceMax");

/** The product over axes; of shapes, so without a gradient. */
export const reduceProd: Operator = {
  name: "ReduceProd",
  infer: reduced,
  evaluate: evaluated((a, b) => a * b, 1),
};

/** The index of the greatest element along an axis, the first of equals. */
export const argMax: Operator = {
  name: "ArgMax",
  infer: (node) => {
    const x = required("ArgMax", node.inputs, 0);
    const axis = axisAt("ArgMax", intAttribute(node, "axis", 0), x.shape.length);
    const keep = intAttribute(node, "keepdims", 1) === 1;
    return [{ dtype: "int64", shape: reducedShape(x.shape, [axis], keep) }];
  },
};
