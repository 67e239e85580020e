/** Operators that move or stretch axes, or speak of shapes. @module */

import type { Dim } from "../graph.ts";
import { intAttribute } from "../graph.ts";
import { broadcastShape } from "../broadcast.ts";
import { type Operator, required } from "../operator.ts";
import type { DType } from "../tensor.ts";
import { zeros } from "./constant_of_shape.ts";

/** x with axes of size 1 put in. */
export const unsqueeze: Operator = {
  name: "Unsqueeze",
  infer: (node) => {
    const x = required("Unsqueeze", node.inputs, 0);
    const axes = required("Unsqueeze", node.inputs, 1).ints;
    if (!axes) throw new Error("Unsqueeze: the axes are not constant");
    const rank = x.shape.length + axes.length;
    const at = new Set(axes.map((axis) => axis < 0 ? axis + rank : axis));
    const rest = [...x.shape];
    const shape = Array.from({ length: rank }, (_, i): Dim => at.has(i) ? 1 : rest.shift() ?? 1);
    return [{ dtype: x.dtype, shape }];
  },
  gradient: ({ inputs: [x] }, [g], b) => [x && g && b.reshape(g, x.shape)],
};

/** x stretched to a shape. */
export const expand: Operator = {
  name: "Expand",
  infer: (node) => {
    const x = required("Expand", node.inputs, 0);
    const shape = required("Expand", node.inputs, 1).ints;
    if (!shape) throw new Error("Expand: the shape is not constant");
    return [{ dtype: x.dtype, shape: broadcastShape(x.shape, shape) }];
  },
  gradient: ({ inputs: [x] }, [g], b) => [x && g && b.sumTo(g, x.shape)],
};

/** The sizes of axes [start, end) as int64. */
export const shape: Operator = {
  name: "Shape",
  infer: (node) => {
    const x = required("Shape", node.inputs, 0);
    const end = intAttribute(node, "end", x.shape.length);
    return [{ dtype: "int64", shape: [end - intAttribute(node, "start", 0)] }];
  },
};

/** Arrays joined along an axis. */
export const concat: Operator = {
  name: "Concat",
  infer: (node) => {
    const first = required("Concat", node.inputs, 0);
    const axis = intAttribute(node, "axis", 0);
    const sizes = node.inputs.map((input) => input?.shape[axis]);
    const total = sizes.reduce<Dim>((sum, size) => {
      if (typeof sum !== "number" || typeof size !== "number") {
        throw new Error("Concat: the joined axis has no size yet");
      }
      return sum + size;
    }, 0);
    return [{ dtype: first.dtype, shape: first.shape.map((dim, i) => i === axis ? total : dim) }];
  },
};

/** The first rows of a table: x (n, …) → (end, …). dL/dx is g with zeros below. */
export const slice: Operator = {
  name: "Slice",
  infer: (node) => {
    const x = required("Slice", node.inputs, 0);
    const starts = required("Slice", node.inputs, 1).ints;
    const ends = required("Slice", node.inputs, 2).ints;
    if (starts?.length !== 1 || starts[0] !== 0) throw new Error("Slice: only the first rows can be taken");
    const rows = ends?.[0];
    if (rows === undefined) throw new Error("Slice: the end is not constant; use rows()");
    return [{ dtype: x.dtype, shape: [rows, ...x.shape.slice(1)] }];
  },
  gradient: ({ inputs: [x], outputs: [y] }, [g], b) => {
    if (!x || !y || !g) return [];
    const [all, some] = [x.shape[0], y.shape[0]];
    if (typeof all !== "number" || typeof some !== "number") {
      throw new Error("Slice: the number of rows must be known");
    }
    return [
      all === some
        ? g
        : b.one("Concat", [g, zeros(b, [all - some, ...x.shape.slice(1)])], { axis: { int: 0 } }),
    ];
  },
};

const dtypeOf = new Map<number, DType>([[1, "float32"], [6, "int32"], [7, "int64"], [9, "bool"], [
  10,
  "float16",
]]);

/** The same numbers in another element type, by ONNX's number of it. */
export const cast: Operator = {
  name: "Cast",
  infer: (node) => {
    const x = required("Cast", node.inputs, 0);
    const to = dtypeOf.get(intAttribute(node, "to", 1));
    if (!to) throw new Error(`Cast: element type ${intAttribute(node, "to", 1)} is not supported`);
    return [{ dtype: to, shape: x.shape }];
  },
};
