/** Arrays with a part cut out, or with a margin put around them. @module */

import type { GraphBuilder } from "../builder.ts";
import { moved } from "../constant.ts";
import { type Dim, textAttribute, type Value } from "../graph.ts";
import {
  axisAt,
  constantAt,
  type InferenceNode,
  intsAt,
  type Operator,
  required,
  sizesOf,
} from "../operator.ts";
import { zeros } from "./constant_of_shape.ts";

/** What is taken of an axis: `count` places from `start` on, each `step` further than the one before. */
interface Cut {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** What a Slice takes of every axis; `undefined` where it takes all. */
function cutsOf(node: InferenceNode): (Cut | undefined)[] {
  const x = required("Slice", node.inputs, 0);
  const [starts, ends] = [intsAt(node, 1, "the starts are"), intsAt(node, 2, "the ends are")];
  const given = node.inputs[3] ? intsAt(node, 3, "the axes are") : starts.map((_, i) => i);
  const axes = given.map((axis) => axisAt("Slice", axis, x.shape.length));
  const steps = node.inputs[4] ? intsAt(node, 4, "the steps are") : starts.map(() => 1);
  return x.shape.map((dim, axis) => {
    const i = axes.indexOf(axis);
    const [start, end, step] = [starts[i], ends[i], steps[i]];
    if (start === undefined || end === undefined || step === undefined) return undefined;
    if (step === 0) throw new Error("Slice: a step is 0");
    if (typeof dim === "string") throw new Error(`Slice: the axis ${dim} has no size yet`);
    // Backwards, the first place is at most the last of the axis, and the end may lie before the axis.
    const [least, greatest] = step > 0 ? [0, dim] : [-1, dim - 1];
    const within = (at: number, low: number) => Math.min(Math.max(at < 0 ? at + dim : at, low), greatest);
    const first = within(start, Math.max(least, 0));
    const count = Math.max(0, Math.ceil((within(end, least) - first) / step));
    return { start: first, step, count };
  });
}

/** A part of an array, from start to end along axes, in steps that may go backwards. dL/dx is g among zeros. */
export const slice: Operator = {
  name: "Slice",
  infer: (node) => {
    const x = required("Slice", node.inputs, 0);
    const cuts = cutsOf(node);
    return [{ dtype: x.dtype, shape: x.shape.map((dim, axis): Dim => cuts[axis]?.count ?? dim) }];
  },
  evaluate: (node) => {
    const [x, cuts] = [constantAt(node, 0), cutsOf(node)];
    const at = (place: number, axis: number) => {
      const { start, step } = cuts[axis] ?? { start: 0, step: 1 };
      return start + place * step;
    };
    return [moved(x, x.shape.map((dim, axis) => cuts[axis]?.count ?? dim), (place) => place.map(at))];
  },
  gradient: (node, [g], b) => {
    const { inputs: [x, ...rest] } = node;
    if (!x || !g) return [];
    const cuts = cutsOf({
      ...node,
      inputs: [x, ...rest.map((value) => value && { ...value, ints: b.intsOf(value) })],
    });
    const sizes = sizesOf("Slice", x);
    let wide = g;
    for (const [axis, cut] of cuts.entries()) {
      if (cut && cut.step !== 1) wide = strewn(wide, axis, cut, sizes[axis] ?? 0, b);
    }
    const before = cuts.map((cut) => cut?.step === 1 ? cut.start : 0);
    const after = cuts.map((cut, axis) => cut?.step === 1 ? (sizes[axis] ?? 0) - cut.start - cut.count : 0);
    return [margin(wide, [...before, ...after], b)];
  },
};

/** Places of an axis put back to where they were cut from, among zeros. */
function strewn(x: Value, axis: number, { start, step, count }: Cut, size: number, b: GraphBuilder): Value {
  const places = b.ints(Array.from({ length: count }, (_, i) => start + i * step));
  const column = b.reshape(places, x.shape.map((_, i) => i === axis ? count : 1));
  const indices = b.one("Expand", [column, b.shapeOf(x.shape)]);
  const into = zeros(b, x.shape.map((dim, i) => i === axis ? size : dim));
  return b.one("ScatterElements", [into, indices, x], { axis: { int: axis } });
}

/** x with zeros before and after the places of each axis; negative widths cut. */
function margin(x: Value, pads: readonly number[], b: GraphBuilder): Value {
  return pads.every((width) => width === 0) ? x : b.one("Pad", [x, b.ints(pads)]);
}

/** The widths of the margin of every axis: all those before, then all those behind. */
function padsOf(node: InferenceNode): number[] {
  const x = required("Pad", node.inputs, 0);
  const rank = x.shape.length;
  const widths = intsAt(node, 1, "the widths are");
  const given = node.inputs[3] ? intsAt(node, 3, "the axes are") : x.shape.map((_, axis) => axis);
  const axes = given.map((axis) => axisAt("Pad", axis, rank));
  const pads = Array.from({ length: 2 * rank }, () => 0);
  axes.forEach((axis, i) => {
    pads[axis] = widths[i] ?? 0;
    pads[axis + rank] = widths[i + axes.length] ?? 0;
  });
  return pads;
}

/** x with a margin of a constant, or cut where a width is negative. dL/dx is g with the widths turned round. */
export const pad: Operator = {
  name: "Pad",
  infer: (node) => {
    const x = required("Pad", node.inputs, 0);
    const pads = padsOf(node);
    const shape = sizesOf("Pad", x).map((size, i) => size + (pads[i] ?? 0) + (pads[i + x.shape.length] ?? 0));
    return [{ dtype: x.dtype, shape }];
  },
  gradient: (node, [g], b) => {
    const { inputs: [x, ...rest] } = node;
    if (!x || !g) return [];
    if (textAttribute(node, "mode", "constant") !== "constant") {
      throw new Error("Pad: the gradient is for a constant margin");
    }
    const [widths, value, axes] = rest;
    const known = [widths, undefined, axes].map((value) => value && { ...value, ints: b.intsOf(value) });
    const inside = margin(g, padsOf({ ...node, inputs: [x, ...known] }).map((width) => -width), b);
    const all = (value: Value) => b.reduceSum(value, value.shape.map((_, axis) => axis), false);
    return [inside, undefined, value && b.sub(all(g), all(inside))];
  },
};
