import { type Operator, required } from "../operator.ts";

/**
 * y = x · Φ(x), Φ the standard normal distribution function (Hendrycks & Gimpel 2016; the exact form, not the tanh
 * approximation). With s = x/√2: dL/dx = g · ½ (1 + erf s + 2/√π · s · exp(−s²)). x, y, g: (…)
 */
export const gelu: Operator = {
  name: "Gelu",
  infer: (node) => {
    const { dtype, shape } = required("Gelu", node.inputs, 0);
    return [{ dtype, shape }];
  },
  gradient: ({ inputs: [x] }, [g], b) => {
    if (!x || !g) return [];
    const s = b.mul(x, b.scalar(Math.SQRT1_2));
    const bell = b.one("Exp", [b.one("Neg", [b.mul(s, s)])]);
    const slope = b.mul(b.mul(s, bell), b.scalar(2 / Math.sqrt(Math.PI)));
    const twice = b.add(b.add(b.one("Erf", [s]), slope), b.scalar(1));
    return [b.mul(b.mul(twice, b.scalar(0.5)), g)];
  },
};
