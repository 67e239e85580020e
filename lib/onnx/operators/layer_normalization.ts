import { type Operator, required } from "../operator.ts";

/**
 * y = (x − mean) / √(variance + ε) · scale + bias over the last axis (Ba, Kiros & Hinton 2016). With x̂ the normalised
 * x and h = g · scale: dL/dx = (h − mean(h) − x̂ · mean(h · x̂)) / √(variance + ε), dL/dscale = Σ g · x̂, dL/dbias = Σ g.
 * The mean and the inverse deviation are outputs of the forward node and are used again here. x, y, g: (…, n)
 */
export const layerNormalization: Operator = {
  name: "LayerNormalization",
  infer: (node) => {
    const { dtype, shape } = required("LayerNormalization", node.inputs, 0);
    const scale = required("LayerNormalization", node.inputs, 1);
    if (scale.shape.length !== 1 || scale.shape[0] !== shape.at(-1)) {
      throw new Error(`LayerNormalization: scale [${scale.shape}] does not fit the last axis of [${shape}]`);
    }
    const rows = { dtype, shape: [...shape.slice(0, -1), 1] };
    return [{ dtype, shape }, rows, rows];
  },
  gradient: ({ inputs: [x, scale, bias], outputs: [, mean, inverse] }, [g], b) => {
    if (!x || !scale || !mean || !inverse || !g) return [];
    const normal = b.mul(b.sub(x, mean), inverse); // (…, n)
    const h = b.mul(g, scale); // (…, n)
    const slope = b.meanLast(b.mul(h, normal)); // (…, 1)
    const dx = b.mul(b.sub(b.sub(h, b.meanLast(h)), b.mul(normal, slope)), inverse);
    return [dx, b.sumTo(b.mul(g, normal), scale.shape), bias && b.sumTo(g, bias.shape)];
  },
};
