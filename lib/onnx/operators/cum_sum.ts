import { intAttribute } from "../graph.ts";
import type { Operator } from "../operator.ts";
import { sameType } from "./elementwise.ts";

/**
 * Running sums along an axis: with `exclusive` without the element itself, with `reverse` from the end. dL/dx is the
 * running sum of g from the other side.
 */
export const cumSum: Operator = {
  name: "CumSum",
  infer: sameType,
  gradient: (node, [g], b) => {
    const { inputs: [, axis] } = node;
    const reverse = 1 - intAttribute(node, "reverse", 0);
    const exclusive = intAttribute(node, "exclusive", 0);
    return [g && b.one("CumSum", [g, axis], { reverse: { int: reverse }, exclusive: { int: exclusive } })];
  },
};
