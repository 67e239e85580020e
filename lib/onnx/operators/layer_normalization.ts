import type { GraphBuilder } from "../builder.ts";
import { intAttribute, type Node, type Value } from "../graph.ts";
import { axisAt, type InferenceNode, type Operator, required } from "../operator.ts";

/** The axes that are normalised: the one that the node names and those behind it. */
export function normalizedAxes(node: InferenceNode | Node): number[] {
  const { shape } = required<{ shape: readonly unknown[] }>(node.operator, node.inputs, 0);
  const first = axisAt(node.operator, intAttribute(node, "axis", -1), shape.length);
  return shape.map((_, axis) => axis).slice(first);
}

/** The type of a normalised array, and that of what is kept of each row: its mean or its inverse deviation. */
export function normalizedTypes(node: InferenceNode) {
  const { dtype, shape } = required(node.operator, node.inputs, 0);
  const scale = required(node.operator, node.inputs, 1);
  const axes = normalizedAxes(node);
  const fits = scale.shape.length <= axes.length &&
    scale.shape.every((dim, i) => dim === 1 || dim === shape[shape.length - scale.shape.length + i]);
  if (!fits) {
    throw new Error(
      `${node.operator}: scale [${scale.shape}] does not fit the last ${
        axes.length === 1 ? "axis" : `${axes.length} axes`
      } of [${shape}]`,
    );
  }
  return {
    same: { dtype, shape },
    rows: { dtype, shape: shape.map((dim, axis) => axes.includes(axis) ? 1 : dim) },
  };
}

/** The mean over axes, which stay with size 1. */
export function meanOver(x: Value, axes: readonly number[], b: GraphBuilder): Value {
  return b.one("ReduceMean", [x, b.ints(axes)], { keepdims: { int: 1 } });
}

/**
 * y = (x − mean) / √(variance + ε) · scale + bias over the last axes (Ba, Kiros & Hinton 2016). With x̂ the normalised
 * x and h = g · scale: dL/dx = (h − mean(h) − x̂ · mean(h · x̂)) / √(variance + ε), dL/dscale = Σ g · x̂, dL/dbias = Σ g.
 * The mean and the inverse deviation are outputs of the forward node and are used again here. x, y, g: (…, n)
 */
export const layerNormalization: Operator = {
  name: "LayerNormalization",
  infer: (node) => {
    const { same, rows } = normalizedTypes(node);
    return [same, rows, rows];
  },
  gradient: (node, [g], b) => {
    const { inputs: [x, scale, bias], outputs: [, mean, inverse] } = node;
    if (!x || !scale || !mean || !inverse || !g) return [];
    const axes = normalizedAxes(node);
    const normal = b.mul(b.sub(x, mean), inverse); // (…, n)
    const h = b.mul(g, scale); // (…, n)
    const slope = meanOver(b.mul(h, normal), axes, b); // (…, 1)
    const dx = b.mul(b.sub(b.sub(h, meanOver(h, axes, b)), b.mul(normal, slope)), inverse);
    return [dx, b.sumTo(b.mul(g, normal), scale.shape), bias && b.sumTo(g, bias.shape)];
  },
};
