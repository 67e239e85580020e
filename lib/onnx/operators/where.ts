import { broadcastShape } from "../broadcast.ts";
import { elementwise } from "../constant.ts";
import { constantAt, type Operator, required } from "../operator.ts";

/** y = a where the condition holds, else b, all broadcast. */
export const where: Operator = {
  name: "Where",
  infer: (node) => {
    const [condition, a, b] = [0, 1, 2].map((i) => required("Where", node.inputs, i));
    if (!condition || !a || !b) return [];
    if (a.dtype !== b.dtype) throw new Error(`Where: ${a.dtype} with ${b.dtype}`);
    return [{ dtype: a.dtype, shape: broadcastShape(condition.shape, broadcastShape(a.shape, b.shape)) }];
  },
  evaluate: (node) => {
    const [condition, a, b] = [constantAt(node, 0), constantAt(node, 1), constantAt(node, 2)];
    return [elementwise(a.dtype, [condition, a, b], (yes, x = 0, y = 0) => yes ? x : y)];
  },
  gradient: ({ inputs: [condition, a, b] }, [g], to) => {
    if (!condition || !a || !b || !g) return [];
    const none = to.scalar(0);
    return [
      undefined,
      to.sumTo(to.one("Where", [condition, g, none]), a.shape),
      to.sumTo(to.one("Where", [condition, none, g]), b.shape),
    ];
  },
};
