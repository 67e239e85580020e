import type { GraphBuilder } from "../builder.ts";
import type { Dim, Value } from "../graph.ts";
import { type Operator, required } from "../operator.ts";

/** An array of zeros. */
export const constantOfShape: Operator = {
  name: "ConstantOfShape",
  infer: (node) => {
    const shape = required("ConstantOfShape", node.inputs, 0).ints;
    if (!shape) throw new Error("ConstantOfShape: the shape is not constant");
    return [{ dtype: "float32", shape }];
  },
};

/** Zeros of a shape known while building. */
export function zeros(b: GraphBuilder, shape: readonly Dim[]): Value {
  const sizes = shape.map((dim) => {
    if (typeof dim === "string") throw new Error(`zeros: the axis ${dim} has no size yet`);
    return dim;
  });
  return b.one("ConstantOfShape", [b.ints(sizes)]);
}
