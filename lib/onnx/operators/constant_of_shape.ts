import type { GraphBuilder } from "../builder.ts";
import { constant, numbersOf } from "../constant.ts";
import type { Dim, Value } from "../graph.ts";
import { type InferenceNode, intsAt, type Operator } from "../operator.ts";
import { sizeOf, type Tensor } from "../tensor.ts";

/** An array of one value, zero unless the node says another. */
export const constantOfShape: Operator = {
  name: "ConstantOfShape",
  infer: (node) => [{ dtype: valueOf(node).dtype, shape: intsAt(node, 0, "the shape is") }],
  evaluate: (node) => {
    const [value, shape] = [valueOf(node), intsAt(node, 0, "the shape is")];
    const [number = 0] = numbersOf(value);
    return [constant(value.dtype, shape, Array.from({ length: sizeOf(shape) }, () => number))];
  },
};

function valueOf({ attributes: { value } }: InferenceNode): Tensor {
  return value && "tensor" in value
    ? value.tensor
    : { dtype: "float32", shape: [1], data: Float32Array.of(0) };
}

/** Zeros of a shape known while building. */
export function zeros(b: GraphBuilder, shape: readonly Dim[]): Value {
  const sizes = shape.map((dim) => {
    if (typeof dim === "string") throw new Error(`zeros: the axis ${dim} has no size yet`);
    return dim;
  });
  return b.one("ConstantOfShape", [b.ints(sizes)]);
}
