/** Normalisation by the root of the mean square. @module */

import { floatAttribute, type Node, type Value } from "../graph.ts";
import type { GraphBuilder } from "../builder.ts";
import type { Operator } from "../operator.ts";
import { meanOver, normalizedAxes, normalizedTypes } from "./layer_normalization.ts";

/**
 * With r = 1 / √(mean(x²) + ε), x̂ = x · r and h = g · scale: dL/dx = r · (h − x̂ · mean(h · x̂)), dL/dscale = Σ g · x̂.
 * x, g: (…, n), r: (…, 1)
 */
function slopes(node: Node, r: Value, g: Value, b: GraphBuilder): (Value | undefined)[] {
  const { inputs: [x, scale] } = node;
  if (!x || !scale) return [];
  const normal = b.mul(x, r);
  const h = b.mul(g, scale);
  const slope = meanOver(b.mul(h, normal), normalizedAxes(node), b);
  return [b.mul(b.sub(h, b.mul(normal, slope)), r), b.sumTo(b.mul(g, normal), scale.shape)];
}

/** y = x / √(mean(x²) + ε) · scale over the last axes (Zhang & Sennrich 2019), as ONNX has it from version 23 on. */
export const rmsNormalization: Operator = {
  name: "RMSNormalization",
  since: 23,
  infer: (node) => [normalizedTypes(node).same],
  gradient: (node, [g], b) => {
    const { inputs: [x] } = node;
    if (!x || !g) return [];
    const margin = b.scalar(floatAttribute(node, "epsilon", 1e-5));
    const meanSquare = meanOver(b.mul(x, x), normalizedAxes(node), b);
    return slopes(node, b.one("Reciprocal", [b.one("Sqrt", [b.add(meanSquare, margin)])]), g, b);
  },
};

/** The runtime's own RMSNormalization, whose second output is the inverse root. */
export const simplifiedLayerNormalization: Operator = {
  name: "SimplifiedLayerNormalization",
  infer: (node) => {
    const { same, rows } = normalizedTypes(node);
    return [same, rows];
  },
  gradient: (node, [g], b) => {
    const { outputs: [, inverse] } = node;
    return inverse && g ? slopes(node, inverse, g, b) : [];
  },
};
