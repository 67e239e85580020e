/** The Gaussian error linear unit (Hendrycks & Gimpel 2016), exact and approximated, and the runtime's fused forms. @module */

import type { GraphBuilder } from "../builder.ts";
import { textAttribute, type Value } from "../graph.ts";
import type { Operator } from "../operator.ts";
import { sameType } from "./elementwise.ts";

/**
 * The slope of x · Φ(x) is Φ(x) + x · φ(x), φ(x) = exp(−x²/2) / √(2π) the density of Φ. With s = x/√2, in as few passes over
 * the array as can be: (½ erf s + ½) + x · exp(−ln √(2π) − s²).
 */
function exactSlope(x: Value, b: GraphBuilder): Value {
  const s = b.mul(x, b.scalar(Math.SQRT1_2));
  const density = b.one("Exp", [b.sub(b.scalar(-Math.log(Math.sqrt(2 * Math.PI))), b.mul(s, s))]);
  const below = b.one("HardSigmoid", [b.one("Erf", [s])], { alpha: { float: 0.5 }, beta: { float: 0.5 } });
  return b.add(below, b.mul(x, density));
}

/** With u = √(2/π) (x + 0.044715 x³) and t = tanh u: the slope of ½ x (1 + t) is ½ (1 + t + x (1 − t²) du/dx). */
function tanhSlope(x: Value, b: GraphBuilder): Value {
  const [root, cube] = [Math.sqrt(2 / Math.PI), 0.044715];
  const square = b.mul(x, x);
  const u = b.mul(x, b.add(b.mul(square, b.scalar(root * cube)), b.scalar(root)));
  const du = b.add(b.mul(square, b.scalar(3 * root * cube)), b.scalar(root));
  const t = b.one("Tanh", [u]);
  const rest = b.sub(b.scalar(1), b.mul(t, t));
  return b.mul(b.add(b.add(t, b.scalar(1)), b.mul(x, b.mul(rest, du))), b.scalar(0.5));
}

/** y = x · Φ(x), Φ the standard normal distribution function, or with `approximate: "tanh"` its approximation. */
export const gelu: Operator = {
  name: "Gelu",
  infer: sameType,
  gradient: (node, [g], b) => {
    const { inputs: [x] } = node;
    return [
      x && g &&
      b.mul(textAttribute(node, "approximate", "none") === "tanh" ? tanhSlope(x, b) : exactSlope(x, b), g),
    ];
  },
};

/** A fused form of the runtime's: the unit after a bias has been added. */
function biased(name: string, slope: typeof exactSlope): Operator {
  return {
    name: `com.microsoft.${name}`,
    infer: sameType,
    gradient: ({ inputs: [x, bias] }, [g], b) => {
      if (!x || !g) return [];
      const dx = b.mul(slope(bias ? b.add(x, bias) : x, b), g);
      return [dx, bias && b.sumTo(dx, bias.shape)];
    },
  };
}

export const microsoftGelu = biased("Gelu", exactSlope);
export const biasGelu = biased("BiasGelu", exactSlope);
export const fastGelu = biased("FastGelu", tanhSlope);
