/** The encoder layer of BERT and its descendants: normalisation after each sum. @module */

import type { Dim, Value } from "../onnx/graph.ts";
import { attention } from "./attention.ts";
import { layerNorm, type Net } from "./net.ts";

/** Sizes of a layer, and what its parameters are called. */
export interface PostNormLayer {
  readonly batch: Dim;
  readonly sequence: Dim;
  readonly hidden: number;
  readonly heads: number;
  readonly intermediate: number;
  readonly epsilon: number;
  readonly dropout: number;
  readonly attentionDropout: number;
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly mixed: string;
  readonly attentionNorm: string;
  readonly wide: string;
  readonly narrow: string;
  readonly outputNorm: string;
}

/**
 * Attention, then a network of one wide layer with GELU, each added to its input and normalised (Devlin et al. 2019):
 * (batch · sequence, hidden) → the same.
 *
 * @param bias added to the attention scores; broadcasts to (batch, heads, sequence, sequence)
 */
export function postNormLayer(net: Net, x: Value, layer: PostNormLayer, bias?: Value): Value {
  const { b } = net;
  const { hidden, intermediate, heads, epsilon, dropout } = layer;
  const project = (name: string) => net.dense(x, name, hidden, hidden);
  const context = attention(net, project(layer.query), project(layer.key), project(layer.value), {
    batch: layer.batch,
    sequence: layer.sequence,
    heads,
    size: hidden / heads,
    dropout: layer.attentionDropout,
  }, bias);
  const mixed = net.dropout(net.dense(context, layer.mixed, hidden, hidden), dropout);
  const attended = layerNorm(net, b.add(x, mixed), layer.attentionNorm, hidden, epsilon);
  const wide = b.one("Gelu", [net.dense(attended, layer.wide, hidden, intermediate)]); // (batch · sequence, intermediate)
  const narrow = net.dropout(net.dense(wide, layer.narrow, intermediate, hidden), dropout);
  return layerNorm(net, b.add(attended, narrow), layer.outputNorm, hidden, epsilon);
}
