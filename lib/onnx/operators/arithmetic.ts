/** Arithmetic, element by element, with broadcasting. @module */

import { broadcastShape } from "../broadcast.ts";
import type { ValueType } from "../graph.ts";
import { type InferenceNode, type Operator, required } from "../operator.ts";

/** The type of a binary operator's output. */
function combined(node: InferenceNode): ValueType[] {
  const a = required(node.operator, node.inputs, 0);
  const b = required(node.operator, node.inputs, 1);
  if (a.dtype !== b.dtype) throw new Error(`${node.operator}: ${a.dtype} with ${b.dtype}`);
  return [{ dtype: a.dtype, shape: broadcastShape(a.shape, b.shape) }];
}

/** y = a + b. */
export const add: Operator = {
  name: "Add",
  infer: combined,
  gradient: ({ inputs: [a, b] }, [g], to) => [a && g && to.sumTo(g, a.shape), b && g && to.sumTo(g, b.shape)],
};

/** y = a − b. */
export const sub: Operator = {
  name: "Sub",
  infer: combined,
  gradient: ({ inputs: [a, b] }, [g], to) => [
    a && g && to.sumTo(g, a.shape),
    b && g && to.one("Neg", [to.sumTo(g, b.shape)]),
  ],
};

/** y = a · b. dL/da = g · b, dL/db = g · a, each summed over the axes along which its factor was stretched. */
export const mul: Operator = {
  name: "Mul",
  infer: combined,
  gradient: ({ inputs: [a, b] }, [g], to) => [
    a && b && g && to.sumTo(to.mul(g, b), a.shape),
    a && b && g && to.sumTo(to.mul(g, a), b.shape),
  ],
};

/** y = a / b. dL/da = g / b, dL/db = −g · y / b. */
export const div: Operator = {
  name: "Div",
  infer: combined,
  gradient: ({ inputs: [a, b], outputs: [y] }, [g], to) => {
    if (!a || !b || !y || !g) return [];
    const part = to.one("Div", [g, b]);
    return [to.sumTo(part, a.shape), to.sumTo(to.one("Neg", [to.mul(part, y)]), b.shape)];
  },
};
