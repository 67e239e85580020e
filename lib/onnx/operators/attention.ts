import type { GraphBuilder } from "../builder.ts";
import { constant } from "../constant.ts";
import { describeNode, floatAttribute, intAttribute, type Node, type Value } from "../graph.ts";
import { type InferenceNode, type Operator, required, sizesOf } from "../operator.ts";

/**
 * y = softmax(q · kᵀ · scale + mask) · v over heads (Vaswani et al. 2017), in ONNX from version 23 on. q: (b, h, s, d),
 * k: (b, h, t, d), v: (b, h, t, e), mask to be stretched to (b, h, s, t): numbers that are added, or what may be looked at.
 * With p the softmax and a = g · vᵀ: dL/dv = pᵀ · g, dL/dmask = p · (a − Σ a·p), and from that times the scale dL/dq and
 * dL/dk. p is computed once more.
 */
export const attention: Operator = {
  name: "Attention",
  since: 23,
  infer: (node) => {
    const [q, k, v] = [0, 1, 2].map((i) => required("Attention", node.inputs, i));
    if (!q || !k || !v) return [];
    const heads = q.shape[1];
    if (
      q.shape.length !== 4 || k.shape[1] !== heads || v.shape[1] !== heads || node.inputs[4] || node.inputs[5]
    ) {
      throw new Error(
        "Attention: only (batch, heads, sequence, size) with as many heads everywhere and no past",
      );
    }
    return [{ dtype: q.dtype, shape: [...q.shape.slice(0, 3), ...v.shape.slice(3)] }];
  },
  gradient: (node, [g], b) => {
    const { inputs: [q, k, v, mask] } = node;
    if (!q || !k || !v || !g) return [];
    const odd = Object.keys(node.attributes).find((name) => !ATTRIBUTES.has(name));
    if (odd || floatAttribute(node, "softcap", 0) !== 0) {
      throw new Error(`${describeNode(node)} has no gradient with the attribute ${odd ?? "softcap"}`);
    }
    const scale = b.scalar(scaleOf(node));
    const p = probabilities(node, q, k, mask, b);
    const a = b.matMul(g, swapped(v, b)); // (b, h, s, t)
    const ds = b.mul(p, b.sub(a, b.reduceSum(b.mul(a, p), [-1], true)));
    const scaled = b.mul(ds, scale);
    return [
      b.matMul(scaled, k),
      b.matMul(swapped(scaled, b), q),
      b.matMul(swapped(p, b), g),
      mask?.dtype === q.dtype ? b.sumTo(ds, mask.shape) : undefined,
    ];
  },
};

/** Attributes that the gradient minds, or that change nothing in it. */
const ATTRIBUTES = new Set([
  ...["is_causal", "scale", "softcap", "softmax_precision"],
  ...["q_num_heads", "kv_num_heads", "qk_matmul_output_mode"],
]);

function scaleOf(node: InferenceNode | Node): number {
  const { dtype, shape } = required<Pick<Value, "dtype" | "shape">>("Attention", node.inputs, 0);
  return floatAttribute(node, "scale", 1 / Math.sqrt(sizesOf("Attention", { dtype, shape }).at(-1) ?? 1));
}

function swapped(x: Value, b: GraphBuilder): Value {
  return b.transpose(x, [0, 1, 3, 2]);
}

function probabilities(node: Node, q: Value, k: Value, mask: Value | undefined, b: GraphBuilder): Value {
  const never = b.scalar(-3.4028234663852886e38);
  let scores = b.mul(b.matMul(q, swapped(k, b)), b.scalar(scaleOf(node)));
  if (mask) scores = mask.dtype === "bool" ? b.one("Where", [mask, scores, never]) : b.add(scores, mask);
  if (intAttribute(node, "is_causal", 0) === 1) {
    const [s = 1, t = 1] = sizesOf("Attention", scores).slice(-2);
    const seen = Array.from({ length: s * t }, (_, i) => i % t <= Math.floor(i / t) ? 1 : 0);
    const before = b.initializer(`${node.outputs[0]?.name}/causal`, constant("bool", [s, t], seen));
    scores = b.one("Where", [before, scores, never]);
  }
  return b.one("Softmax", [scores]);
}
