import { constant, numbersOf } from "../constant.ts";
import { dtypeOf } from "../decode_tensor.ts";
import { intAttribute } from "../graph.ts";
import { constantAt, type InferenceNode, type Operator, required } from "../operator.ts";
import type { DType } from "../tensor.ts";

/** The same numbers in another element type, by ONNX's number of it. dL/dx is g in x's type, where both are floats. */
export const cast: Operator = {
  name: "Cast",
  infer: (node) => [{ dtype: target(node), shape: required("Cast", node.inputs, 0).shape }],
  evaluate: (node) => {
    const x = constantAt(node, 0);
    return [constant(target(node), x.shape, numbersOf(x))];
  },
  gradient: (
    { inputs: [x] },
    [g],
    b,
  ) => [x && g && x.dtype.startsWith("float") ? b.cast(g, x.dtype) : undefined],
};

function target(node: InferenceNode): DType {
  const number = intAttribute(node, "to", 1);
  const dtype = dtypeOf(number);
  if (!dtype) throw new Error(`Cast: element type number ${number} is not supported`);
  return dtype;
}
