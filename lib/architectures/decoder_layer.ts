/** The layer of GPT-2 and its descendants: normalisation before each sublayer. @module */

import type { Value } from "../onnx/graph.ts";
import { activate, type Activation } from "./activation.ts";
import type { DenseOptions, Net } from "./net.ts";
import { layerNorm } from "./net.ts";

/** Sizes of a layer, and what its parameters are called. */
export interface DecoderLayer {
  readonly hidden: number;
  readonly intermediate: number;
  readonly epsilon: number;
  readonly activation: Activation;
  /** The share of a sublayer's output that drops out in training. */
  readonly dropout: number;
  /** The share of the wide layer's output that drops out in training. Default 0. */
  readonly activationDropout?: number;
  /** What a sublayer's output is added to: its input (the default), or its input normalised. */
  readonly addedTo?: "input" | "normalised input";
  readonly attentionNorm: string;
  /** The attention: (batch · sequence, hidden) → the same. */
  readonly attend: (normed: Value) => Value;
  readonly mixed: string;
  readonly outputNorm: string;
  readonly wide: string;
  readonly narrow: string;
  readonly dense?: DenseOptions;
}

/**
 * Attention, then a network of one wide layer, each of the normalised input and added to it (Radford et al. 2019):
 * (batch · sequence, hidden) → the same.
 */
export function decoderLayer(net: Net, x: Value, layer: DecoderLayer): Value {
  const { b } = net;
  const { hidden, intermediate, epsilon, dense, activationDropout = 0 } = layer;
  const added = (x: Value, norm: string, sublayer: (normed: Value) => Value) => {
    const normed = layerNorm(net, x, norm, hidden, epsilon);
    const base = layer.addedTo === "normalised input" ? normed : x;
    return b.add(base, net.dropout(sublayer(normed), layer.dropout));
  };
  const attended = added(
    x,
    layer.attentionNorm,
    (normed) => net.dense(layer.attend(normed), layer.mixed, hidden, hidden, dense),
  );
  return added(attended, layer.outputNorm, (normed) => {
    const wide = activate(b, layer.activation, net.dense(normed, layer.wide, hidden, intermediate, dense));
    return net.dense(net.dropout(wide, activationDropout), layer.narrow, intermediate, hidden, dense);
  });
}
