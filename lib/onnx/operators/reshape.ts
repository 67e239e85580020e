import { type Operator, required } from "../operator.ts";

/** The same elements in the same order under another shape. The builder's `reshape` knows the new shape. */
export const reshape: Operator = {
  name: "Reshape",
  infer: (node) => {
    const x = required("Reshape", node.inputs, 0);
    const shape = required("Reshape", node.inputs, 1).ints;
    if (!shape || shape.some((dim) => dim <= 0)) {
      throw new Error("Reshape: the shape is not constant; use reshape()");
    }
    return [{ dtype: x.dtype, shape }];
  },
  gradient: ({ inputs: [x] }, [g], b) => [x && g && b.reshape(g, x.shape)],
};
