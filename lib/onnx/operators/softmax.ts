/** Softmax and its logarithm over one axis. @module */

import { intAttribute } from "../graph.ts";
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
    const sum = b.reduceSum(b.mul(g, y), [intAttribute(node, "axis", -1)], true);
    return [b.mul(y, b.sub(g, sum))];
  },
};

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
