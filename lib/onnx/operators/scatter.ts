import { type Operator, required } from "../operator.ts";

/** data with updates written, or added (`reduction`), at indices along one axis. */
export const scatterElements: Operator = {
  name: "ScatterElements",
  infer: (node) => {
    const { dtype, shape } = required("ScatterElements", node.inputs, 0);
    return [{ dtype, shape }];
  },
};
