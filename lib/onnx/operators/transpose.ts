import { intsAttribute } from "../graph.ts";
import { type Operator, required } from "../operator.ts";

/** y's axis i is x's axis perm[i]. dL/dx is g with the axes put back. */
export const transpose: Operator = {
  name: "Transpose",
  infer: (node) => {
    const x = required("Transpose", node.inputs, 0);
    const perm = intsAttribute(node, "perm");
    const shape = perm.map((axis) => x.shape[axis] ?? NaN);
    if (perm.length !== x.shape.length || new Set(perm).size !== perm.length || shape.includes(NaN)) {
      throw new Error(`Transpose: [${perm}] does not order ${x.shape.length} axes`);
    }
    return [{ dtype: x.dtype, shape }];
  },
  gradient: (node, [g], b) => {
    const perm = intsAttribute(node, "perm");
    return [g && b.transpose(g, perm.map((_, axis) => perm.indexOf(axis)))];
  },
};
