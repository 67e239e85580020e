import { elementwise } from "../constant.ts";
import type { Value } from "../graph.ts";
import { constantAt, type Operator } from "../operator.ts";
import { sameType } from "./elementwise.ts";

/** y = x between two limits, either of which may be left out. dL/dx = g where x is within them, ends included. */
export const clip: Operator = {
  name: "Clip",
  infer: sameType,
  evaluate: (node) => {
    const x = constantAt(node, 0);
    const limits = [1, 2].map((i) => node.inputs[i] && constantAt(node, i));
    const [low, high] = limits.map((limit) => limit && Number(limit.data[0]));
    return [elementwise(x.dtype, [x], (x) => Math.min(Math.max(x, low ?? -Infinity), high ?? Infinity))];
  },
  gradient: ({ inputs: [x, low, high] }, [g], b) => {
    if (!x || !g) return [];
    const within = (g: Value, inside: string, limit: Value | undefined) =>
      limit ? b.one("Where", [b.one(inside, [x, limit]), g, b.scalar(0)]) : g;
    return [within(within(g, "GreaterOrEqual", low), "LessOrEqual", high)];
  },
};
