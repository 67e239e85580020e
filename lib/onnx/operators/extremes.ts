/** The least and the greatest of several arrays, element by element. @module */

import { broadcastShape } from "../broadcast.ts";
import { elementwise } from "../constant.ts";
import type { Dim } from "../graph.ts";
import { constantAt, type Operator, required } from "../operator.ts";

/** dL/dx is g where x is the extreme; of n equal ones each has g / n. */
function extreme(name: "Min" | "Max"): Operator {
  return {
    name,
    infer: (node) => {
      const { dtype } = required(name, node.inputs, 0);
      const shape = node.inputs.reduce<readonly Dim[]>(
        (shape, input) => broadcastShape(shape, input?.shape ?? []),
        [],
      );
      return [{ dtype, shape }];
    },
    evaluate: (node) => {
      const inputs = node.inputs.map((_, i) => constantAt(node, i));
      const f = name === "Min" ? Math.min : Math.max;
      return [elementwise(required(name, inputs, 0).dtype, inputs, (...xs) => f(...xs))];
    },
    gradient: ({ inputs, outputs: [y] }, [g], b) => {
      if (!y || !g) return [];
      const hits = inputs.map((x) => x && b.cast(b.one("Equal", [x, y]), "float32"));
      const count = hits.reduce((sum, hit) => sum && hit ? b.add(sum, hit) : sum ?? hit);
      const share = count && b.one("Div", [g, count]);
      return inputs.map((x, i) => {
        const hit = hits[i];
        return x && hit && share && b.sumTo(b.mul(share, hit), x.shape);
      });
    },
  };
}

export const min = extreme("Min");
export const max = extreme("Max");
