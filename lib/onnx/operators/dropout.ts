import { numbersOf } from "../constant.ts";
import { constantAt, type Operator } from "../operator.ts";
import { sameType } from "./elementwise.ts";

/**
 * x itself, unless the third input says that it is training: then elements become 0 with the probability of the second
 * input (0.5 if left out) and the others grow to keep the sum; the second output says which stayed. dL/dx follows.
 */
export const dropout: Operator = {
  name: "Dropout",
  infer: (node) => {
    const [x] = sameType(node);
    const training = node.inputs[2] && constantAt(node, 2).data[0] !== 0;
    return x ? [x, ...(training ? [{ dtype: "bool" as const, shape: x.shape }] : [])] : [];
  },
  gradient: ({ inputs: [x, ratio], outputs: [, kept] }, [g], b) => {
    if (!x || !g) return [];
    if (!kept) return [g];
    const tensor = ratio && b.constantOf(ratio);
    if (ratio && !tensor) throw new Error("Dropout: the probability is not constant");
    const [share = 0.5] = tensor ? numbersOf(tensor) : [];
    return [b.mul(b.mul(g, b.cast(kept, x.dtype)), b.scalar(1 / (1 - share)))];
  },
};
