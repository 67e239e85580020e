/** Softmax and its logarithm over one axis. @module */

import type { GraphBuilder } from "../builder.ts";
import { intAttribute, type Value } from "../graph.ts";
import { axisAt, type InferenceNode, type Operator, required } from "../operator.ts";
import { sameType } from "./elementwise.ts";

function overAxis(node: InferenceNode) {
  axisAt(node.operator, intAttribute(node, "axis", -1), required(node.operator, node.inputs, 0).shape.length);
  return sameType(node);
}

/** y = eˣ / Σ eˣ over an axis. dL/dx = y · (g − Σ g·y). */
export const softmax: Operator = {
  name: "Softmax",
  infer: overAxis,
  gradient: (node, [g], b) => {
    const { outputs: [y] } = node;
    if (!y || !g) return [];
    const axis = intAttribute(node, "axis", -1);
    const [left, right] = mixed(y, axis, g, b) ?? [g, y];
    return [b.mul(y, b.sub(g, b.reduceSum(b.mul(left, right), [axis], true)))];
  },
};

/**
 * Two arrays smaller than g and y whose product has the same sum over the last axis. Where y (or z, y with elements dropped
 * out) does nothing but mix the rows of v, o = z · v, and h = dL/do, so that g = h · vᵀ: Σⱼ gᵢⱼ yᵢⱼ = Σₖ hᵢₖ oᵢₖ (Dao et
 * al. 2022, FlashAttention, appendix B). For attention over n places with heads of d columns that is d numbers for n.
 */
function mixed(y: Value, axis: number, g: Value, b: GraphBuilder): readonly [Value, Value] | undefined {
  if (axisAt("Softmax", axis, y.shape.length) !== y.shape.length - 1) return;
  const maker = (value?: Value) => b.nodes.find(({ outputs }) => value !== undefined && outputs[0] === value);
  const reader = (operator: string, left?: Value, right?: Value) =>
    b.nodes.find((node) => node.operator === operator && node.inputs[0] === left && node.inputs[1] === right);
  const dropped = maker(g)?.operator === "Mul" ? maker(g) : undefined;
  const z = dropped ? reader("Mul", y, dropped.inputs[1])?.outputs[0] : y;
  const product = maker(dropped ? dropped.inputs[0] : g);
  const turned = product?.operator === "MatMul" ? maker(product.inputs[1]) : undefined;
  if (!z || turned?.operator !== "Transpose") return;
  const [h, o] = [product?.inputs[0], reader("MatMul", z, turned.inputs[0])?.outputs[0]];
  return h && o ? [h, o] : undefined;
}

/** y = x − ln Σ eˣ over an axis. dL/dx = g − eʸ · Σ g. */
export const logSoftmax: Operator = {
  name: "LogSoftmax",
  infer: overAxis,
  gradient: (node, [g], b) => {
    const { outputs: [y] } = node;
    if (!y || !g) return [];
    const sum = b.reduceSum(g, [intAttribute(node, "axis", -1)], true);
    return [b.sub(g, b.mul(b.one("Exp", [y]), sum))];
  },
};
