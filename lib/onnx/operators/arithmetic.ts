/** Arithmetic on two arrays, element by element, with broadcasting. @module */

import { broadcastShape } from "../broadcast.ts";
import { elementwise, numbersOf } from "../constant.ts";
import { intAttribute, type ValueType } from "../graph.ts";
import { constantAt, type InferenceNode, type Operator, required } from "../operator.ts";

/** The type of a binary operator's output. */
function combined(node: InferenceNode): ValueType[] {
  const a = required(node.operator, node.inputs, 0);
  const b = required(node.operator, node.inputs, 1);
  if (a.dtype !== b.dtype) throw new Error(`${node.operator}: ${a.dtype} with ${b.dtype}`);
  return [{ dtype: a.dtype, shape: broadcastShape(a.shape, b.shape) }];
}

function evaluated(f: (a: number, b: number) => number) {
  return (node: InferenceNode) => {
    const [a, b] = [constantAt(node, 0), constantAt(node, 1)];
    return [elementwise(a.dtype, [a, b], f)];
  };
}

/** y = a + b. */
export const add: Operator = {
  name: "Add",
  infer: combined,
  evaluate: evaluated((a, b) => a + b),
  gradient: ({ inputs: [a, b] }, [g], to) => [a && g && to.sumTo(g, a.shape), b && g && to.sumTo(g, b.shape)],
};

/** y = a − b. */
export const sub: Operator = {
  name: "Sub",
  infer: combined,
  evaluate: evaluated((a, b) => a - b),
  gradient: ({ inputs: [a, b] }, [g], to) => [
    a && g && to.sumTo(g, a.shape),
    b && g && to.one("Neg", [to.sumTo(g, b.shape)]),
  ],
};

/** y = a · b. dL/da = g · b, dL/db = g · a, each summed over the axes along which its factor was stretched. */
export const mul: Operator = {
  name: "Mul",
  infer: combined,
  evaluate: evaluated((a, b) => a * b),
  gradient: ({ inputs: [a, b] }, [g], to) => [
    a && b && g && to.sumTo(to.mul(g, b), a.shape),
    a && b && g && to.sumTo(to.mul(g, a), b.shape),
  ],
};

/** y = a / b, for whole numbers rounded towards zero. dL/da = g / b, dL/db = −g · y / b. */
export const div: Operator = {
  name: "Div",
  infer: combined,
  evaluate: evaluated((a, b) => a / b), // whole numbers lose the fraction when they are stored
  gradient: ({ inputs: [a, b], outputs: [y] }, [g], to) => {
    if (!a || !b || !y || !g) return [];
    const part = to.one("Div", [g, b]);
    return [to.sumTo(part, a.shape), to.sumTo(to.one("Neg", [to.mul(part, y)]), b.shape)];
  },
};

/**
 * y = aᵇ; b may be of another element type. dL/da = g · b · aᵇ⁻¹, dL/db = g · y · ln a. Squares and cubes, which is what
 * models have, go without another power.
 */
export const pow: Operator = {
  name: "Pow",
  infer: (node) => {
    const a = required("Pow", node.inputs, 0);
    const b = required("Pow", node.inputs, 1);
    return [{ dtype: a.dtype, shape: broadcastShape(a.shape, b.shape) }];
  },
  gradient: ({ inputs: [a, b], outputs: [y] }, [g], to) => {
    if (!a || !b || !y || !g) return [];
    const exponent = to.constantOf(b);
    const [known] = exponent?.data.length === 1 ? numbersOf(exponent) : [];
    if (known === 2 || known === 3) {
      const slope = to.mul(known === 2 ? a : to.mul(a, a), to.scalar(known));
      return [to.sumTo(to.mul(g, slope), a.shape)];
    }
    const power = b.dtype === a.dtype ? b : to.cast(b, a.dtype);
    const slope = to.mul(power, to.one("Pow", [a, to.sub(power, to.scalar(1))]));
    const byPower = to.mul(g, to.mul(y, to.one("Log", [a])));
    return [to.sumTo(to.mul(g, slope), a.shape), to.sumTo(byPower, b.shape)];
  },
};

/**
 * What a leaves when divided by b: with b's sign, or with a's if `fmod` is 1. dL/da = g, dL/db = −g · (a − y) / b, the
 * whole quotient.
 */
export const mod: Operator = {
  name: "Mod",
  infer: combined,
  evaluate: (node) => {
    const towardsZero = intAttribute(node, "fmod", 0) === 1;
    return evaluated((a, b) => towardsZero ? a % b : a - b * Math.floor(a / b))(node);
  },
  gradient: ({ inputs: [a, b], outputs: [y] }, [g], to) => {
    if (!a || !b || !y || !g) return [];
    const quotient = to.one("Div", [to.sub(a, y), b]);
    return [to.sumTo(g, a.shape), to.sumTo(to.one("Neg", [to.mul(g, quotient)]), b.shape)];
  },
};
