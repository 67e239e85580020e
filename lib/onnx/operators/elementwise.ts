/** Functions of one array, element by element. @module */

import { elementwise } from "../constant.ts";
import type { GraphBuilder } from "../builder.ts";
import type { Node, Value } from "../graph.ts";
import { constantAt, type InferenceNode, type Operator, required } from "../operator.ts";

/** The type of an operator's output that is that of its first input. */
export function sameType(node: InferenceNode) {
  const { dtype, shape } = required(node.operator, node.inputs, 0);
  return [{ dtype, shape }];
}

type Slope = (x: Value, y: Value, g: Value, b: GraphBuilder) => Value;

/** A function of one array with its gradient, from x, y and the gradient by y. */
function unary(name: string, slope: Slope, exact?: (x: number) => number): Operator {
  return {
    name,
    infer: sameType,
    ...(exact && { evaluate: evaluated(exact) }),
    gradient: ({ inputs: [x], outputs: [y] }: Node, [g], b) => [x && y && g && slope(x, y, g, b)],
  };
}

function evaluated(f: (x: number) => number) {
  return (node: InferenceNode) => {
    const x = constantAt(node, 0);
    return [elementwise(x.dtype, [x], f)];
  };
}

/** A function whose slope is 0 wherever it has one. */
function step(name: string, f: (x: number) => number): Operator {
  return { ...unary(name, (x, _y, _g, b) => b.mul(x, b.scalar(0)), f) };
}

/** y = −x. */
export const neg = unary("Neg", (_x, _y, g, b) => b.one("Neg", [g]), (x) => -x);

/** y = |x|. dL/dx = g · sign x. */
export const abs = unary("Abs", (x, _y, g, b) => b.mul(g, b.one("Sign", [x])), Math.abs);

/** y = eˣ. dL/dx = g · y. */
export const exp = unary("Exp", (_x, y, g, b) => b.mul(g, y));

/** y = ln x. dL/dx = g / x. */
export const log = unary("Log", (x, _y, g, b) => b.one("Div", [g, x]));

/** y = √x. dL/dx = g / 2y. */
export const sqrt = unary("Sqrt", (_x, y, g, b) => b.one("Div", [b.mul(g, b.scalar(0.5)), y]), Math.sqrt);

/** y = 1/x. dL/dx = −g · y². */
export const reciprocal = unary(
  "Reciprocal",
  (_x, y, g, b) => b.one("Neg", [b.mul(g, b.mul(y, y))]),
  (x) => 1 / x,
);

/** y = tanh x. dL/dx = g · (1 − y²). */
export const tanh = unary("Tanh", (_x, y, g, b) => b.mul(g, b.sub(b.scalar(1), b.mul(y, y))));

/** y = 1 / (1 + e⁻ˣ). dL/dx = g · y · (1 − y). */
export const sigmoid = unary("Sigmoid", (_x, y, g, b) => b.mul(g, b.mul(y, b.sub(b.scalar(1), y))));

/** y = αx + β, no less than 0 and no more than 1. Only backward uses it: it has no gradient here. */
export const hardSigmoid: Operator = { name: "HardSigmoid", infer: sameType };

/** y = max(x, 0). dL/dx = g where x > 0. */
export const relu = unary(
  "Relu",
  (_x, y, g, b) => b.one("Where", [b.one("Greater", [y, b.scalar(0)]), g, b.scalar(0)]),
  (x) => Math.max(x, 0),
);

/** y = sin x. dL/dx = g · cos x. */
export const sin = unary("Sin", (x, _y, g, b) => b.mul(g, b.one("Cos", [x])));

/** y = cos x. dL/dx = −g · sin x. */
export const cos = unary("Cos", (x, _y, g, b) => b.one("Neg", [b.mul(g, b.one("Sin", [x]))]));

/** y = erf x. dL/dx = g · 2/√π · exp(−x²). */
export const erf = unary("Erf", (x, _y, g, b) => {
  const bell = b.one("Exp", [b.one("Neg", [b.mul(x, x)])]);
  return b.mul(g, b.mul(bell, b.scalar(2 / Math.sqrt(Math.PI))));
});

/** y = x, under another name. */
export const identity = unary("Identity", (_x, _y, g) => g, (x) => x);

/** The sign of x: −1, 0 or 1. */
export const sign = step("Sign", Math.sign);
/** The greatest whole number that is not above x. */
export const floor = step("Floor", Math.floor);
/** The least whole number that is not below x. */
export const ceil = step("Ceil", Math.ceil);
/** The nearest whole number, the even one of two. */
export const round = step("Round", (x) => {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
});
