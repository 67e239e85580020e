import { intAttribute } from "../graph.ts";
import { axisAt, type Operator, required } from "../operator.ts";

/** y = (x − zero) · scale, with a scale and a zero for all, or for every index of an axis. Weights only: no gradient. */
export const dequantizeLinear: Operator = {
  name: "DequantizeLinear",
  infer: (node) => {
    const x = required("DequantizeLinear", node.inputs, 0);
    const scale = required("DequantizeLinear", node.inputs, 1);
    if (scale.shape.length > 0) {
      const axis = axisAt("DequantizeLinear", intAttribute(node, "axis", 1), x.shape.length);
      if (scale.shape.length !== 1 || scale.shape[0] !== x.shape[axis]) {
        throw new Error(`DequantizeLinear: scales [${scale.shape}] for axis ${axis} of [${x.shape}]`);
      }
    }
    return [{ dtype: scale.dtype, shape: x.shape }];
  },
};
