/** What shapes are made of. @module */

import { constant, numbersOf } from "../constant.ts";
import { intAttribute } from "../graph.ts";
import { constantAt, type InferenceNode, type Operator, required } from "../operator.ts";
import { sizeOf, type Tensor } from "../tensor.ts";

/** The axes [start, end) that a Shape node speaks of, counted from the front. */
function rangeOf(node: InferenceNode): [number, number] {
  const rank = required("Shape", node.inputs, 0).shape.length;
  const within = (at: number) => Math.min(Math.max(at < 0 ? at + rank : at, 0), rank);
  const [start, end] = [within(intAttribute(node, "start", 0)), within(intAttribute(node, "end", rank))];
  return [start, Math.max(start, end)];
}

/** The sizes of axes [start, end) as int64. */
export const shape: Operator = {
  name: "Shape",
  infer: (node) => {
    const [start, end] = rangeOf(node);
    return [{ dtype: "int64", shape: [end - start] }];
  },
  evaluate: (node) => {
    const sizes = required("Shape", node.inputs, 0).shape.slice(...rangeOf(node));
    const known = sizes.filter((dim) => typeof dim === "number");
    return known.length === sizes.length ? [constant("int64", [known.length], known)] : undefined;
  },
};

/** The number of elements as int64. */
export const size: Operator = {
  name: "Size",
  infer: () => [{ dtype: "int64", shape: [] }],
  evaluate: (node) => {
    const sizes = required("Size", node.inputs, 0).shape.filter((dim) => typeof dim === "number");
    const whole = sizes.length === node.inputs[0]?.shape.length;
    return whole ? [constant("int64", [], [sizeOf(sizes)])] : undefined;
  },
};

/** The numbers from a start to below a limit in equal steps. */
export const range: Operator = {
  name: "Range",
  infer: (node) => numbersBetween(node),
  evaluate: (node) => numbersBetween(node),
};

function numbersBetween(node: InferenceNode): [Tensor] {
  const { dtype } = required("Range", node.inputs, 0);
  const [start = 0, limit = 0, step = 1] = [0, 1, 2].flatMap((i) => numbersOf(constantAt(node, i)));
  const count = Math.max(0, Math.ceil((limit - start) / step));
  return [constant(dtype, [count], Array.from({ length: count }, (_, i) => start + i * step))];
}
