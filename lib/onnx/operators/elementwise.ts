/** Functions of one array, element by element. @module */

import { type InferenceNode, type Operator, required } from "../operator.ts";

function sameType(node: InferenceNode) {
  const { dtype, shape } = required(node.operator, node.inputs, 0);
  return [{ dtype, shape }];
}

/** y = −x. */
export const neg: Operator = {
  name: "Neg",
  infer: sameType,
  gradient: (_, [g], b) => [g && b.one("Neg", [g])],
};

/** y = eˣ. dL/dx = g · y. */
export const exp: Operator = {
  name: "Exp",
  infer: sameType,
  gradient: ({ outputs: [y] }, [g], b) => [y && g && b.mul(g, y)],
};

/** y = √x. dL/dx = g / 2y. */
export const sqrt: Operator = {
  name: "Sqrt",
  infer: sameType,
  gradient: ({ outputs: [y] }, [g], b) => [y && g && b.one("Div", [b.mul(g, b.scalar(0.5)), y])],
};

/** y = tanh x. dL/dx = g · (1 − y²). */
export const tanh: Operator = {
  name: "Tanh",
  infer: sameType,
  gradient: ({ outputs: [y] }, [g], b) => [y && g && b.mul(g, b.sub(b.scalar(1), b.mul(y, y)))],
};

/** y = erf x. dL/dx = g · 2/√π · exp(−x²). */
export const erf: Operator = {
  name: "Erf",
  infer: sameType,
  gradient: ({ inputs: [x] }, [g], b) => {
    if (!x || !g) return [];
    const bell = b.one("Exp", [b.one("Neg", [b.mul(x, x)])]);
    return [b.mul(g, b.mul(bell, b.scalar(2 / Math.sqrt(Math.PI))))];
  },
};

/** y = x, under another name. */
export const identity: Operator = { name: "Identity", infer: sameType, gradient: (_, [g]) => [g] };
