import { broadcastShape } from "../broadcast.ts";
import { type Operator, required } from "../operator.ts";

/**
 * y = a · b over the last two axes, the axes before them broadcast. a: (…, m, k), b: (…, k, n), y: (…, m, n).
 * dL/da = g · bᵀ, dL/db = aᵀ · g, summed over stretched axes.
 */
export const matMul: Operator = {
  name: "MatMul",
  infer: (node) => {
    const a = required("MatMul", node.inputs, 0);
    const b = required("MatMul", node.inputs, 1);
    const [m, k] = a.shape.slice(-2);
    const [inner, n] = b.shape.slice(-2);
    if (m === undefined || n === undefined) throw new Error("MatMul: takes arrays of two axes or more");
    if (k !== inner) throw new Error(`MatMul: inner sizes ${k} and ${inner} differ`);
    return [{ dtype: a.dtype, shape: [...broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n] }];
  },
  gradient: ({ inputs: [a, b] }, [g], to) => {
    if (!a || !b || !g) return [];
    const swapped = (x: typeof a) => {
      const axes = x.shape.map((_, i) => i);
      return to.transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
    };
    return [to.sumTo(to.matMul(g, swapped(b)), a.shape), to.sumTo(to.matMul(swapped(a), g), b.shape)];
  },
};
