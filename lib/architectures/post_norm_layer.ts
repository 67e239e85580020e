/** The encoder layer of BERT and its descendants: normalisation after each sum. @module */

import type { Value } from "../onnx/graph.ts";
import { activate, type Activation } from "./activation.ts";
import { layerNorm, type Net } from "./net.ts";

/** What the parameters of a layer are called, without `.weight` and `.bias`. */
export interface PostNormNames {
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly mixed: string;
  readonly attentionNorm: string;
  readonly wide: string;
  readonly narrow: string;
  readonly outputNorm: string;
}

export interface PostNormSizes {
  readonly hidden: number;
  readonly intermediate: number;
  readonly epsilon: number;
  readonly activation: Activation;
  /** The shares of elements that drop out in training: of the attention's output, and of the layer's. */
  readonly mixedDropout: number;
  readonly dropout: number;
}

/** The names of BERT, RoBERTa and Longformer, below `bert.encoder.layer.0`. */
export function bertLayerNames(layer: string): PostNormNames {
  return {
    query: `${layer}.attention.self.query`,
    key: `${layer}.attention.self.key`,
    value: `${layer}.attention.self.value`,
    mixed: `${layer}.attention.output.dense`,
    attentionNorm: `${layer}.attention.output.LayerNorm`,
    wide: `${layer}.intermediate.dense`,
    narrow: `${layer}.output.dense`,
    outputNorm: `${layer}.output.LayerNorm`,
  };
}

/**
 * Attention, then a network of one wide layer, each added to its input and normalised (Devlin et al. 2019):
 * (batch · sequence, hidden) → the same.
 *
 * @param attend what every place takes from the others: (batch · sequence, hidden) → the same
 */
export function postNormLayer(
  net: Net,
  x: Value,
  names: PostNormNames,
  sizes: PostNormSizes,
  attend: (x: Value) => Value,
): Value {
  const { b } = net;
  const { hidden, intermediate, epsilon } = sizes;
  const mixed = net.dropout(net.dense(attend(x), names.mixed, hidden, hidden), sizes.mixedDropout);
  const attended = layerNorm(net, b.add(x, mixed), names.attentionNorm, hidden, epsilon);
  const wide = activate(b, sizes.activation, net.dense(attended, names.wide, hidden, intermediate)); // (…, intermediate)
  const narrow = net.dropout(net.dense(wide, names.narrow, intermediate, hidden), sizes.dropout);
  return layerNorm(net, b.add(attended, narrow), names.outputNorm, hidden, epsilon);
}
