import { intAttribute } from "../graph.ts";
import { type Operator, required } from "../operator.ts";

/** Softmax over the last axis. dL/dx = y · (g − Σ g·y). x, y, g: (…, n) */
export const softmax: Operator = {
  name: "Softmax",
  infer: (node) => {
    const { dtype, shape } = required("Softmax", node.inputs, 0);
    const axis = intAttribute(node, "axis", -1);
    if (axis !== -1 && axis !== shape.length - 1) {
      throw new Error(`Softmax: axis ${axis} is not the last one`);
    }
    return [{ dtype, shape }];
  },
  gradient: ({ outputs: [y] }, [g], b) => {
    if (!y || !g) return [];
    const sum = b.reduceSum(b.mul(g, y), [-1], true); // (…, 1)
    return [b.mul(y, b.sub(g, sum))];
  },
};
