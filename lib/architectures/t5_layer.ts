/** The parts of T5's layers besides attention. @module */

import type { Value } from "../onnx/graph.ts";
import type { Net } from "./net.ts";

/** The networks between attentions, by `feed_forward_proj`. */
export const feedForwards = ["relu", "gated-gelu", "gated-silu"] as const;

/** What a feed-forward layer is made of. */
export interface T5FeedForward {
  readonly name: string;
  readonly kind: typeof feedForwards[number];
  readonly hidden: number;
  readonly intermediate: number;
  readonly dropout: number;
}

/** One wide layer between two products: (n, hidden) → the same. Gated, the wide layer is the product of two (Shazeer 2020). */
export function feedForward(net: Net, x: Value, layer: T5FeedForward): Value {
  const { name, kind, hidden, intermediate, dropout } = layer;
  const wide = (part: string) => net.dense(x, `${name}.${part}`, hidden, intermediate, { bias: false });
  const inner = kind === "relu"
    ? net.b.one("Relu", [wide("wi")])
    : net.b.mul(gate(net, wide("wi_0"), kind), wide("wi_1")); // (n, intermediate)
  return net.dense(net.dropout(inner, dropout), `${name}.wo`, intermediate, hidden, { bias: false });
}

function gate({ b }: Net, x: Value, kind: "gated-gelu" | "gated-silu"): Value {
  if (kind === "gated-silu") return b.mul(x, b.one("Sigmoid", [x]));
  return b.one("Gelu", [x], { approximate: { text: "tanh" } });
}

/** Root-mean-square normalisation (Zhang & Sennrich 2019) with `NAME.weight`: no mean, no bias. (…, size) → (…, size). */
export function rmsNorm(net: Net, x: Value, name: string, size: number, epsilon: number): Value {
  const weight = net.parameter(`${name}.weight`, [size]);
  const attributes = { axis: { int: -1 }, epsilon: { float: epsilon } };
  const [y] = net.b.apply("SimplifiedLayerNormalization", [x, weight], attributes);
  if (!y) throw new Error("SimplifiedLayerNormalization has no output");
  return y;
}
