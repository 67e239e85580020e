/** What BERT, RoBERTa, DistilBERT and Longformer share: embeddings, post-norm layers and two heads. @module */

import { joined, type Value } from "../onnx/graph.ts";
import { activate, type Activation } from "./activation.ts";
import { type Encoder, encoderClassName, type EncoderInputs } from "./architecture.ts";
import { attention, paddingBias } from "./attention.ts";
import { layerNorm, type Net } from "./net.ts";
import type { Positions } from "./positions.ts";
import { postNormLayer, type PostNormNames, type PostNormSizes } from "./post_norm_layer.ts";

/** The names and the activation function of a masked-LM head. */
export interface MaskedLMHead {
  readonly transform: string;
  readonly norm: string;
  readonly decoder: string;
  /** The whole name of the bias of a decoder that is tied to the word embeddings. */
  readonly bias: string;
  readonly activation: Activation;
}

/** What tells the families apart. */
export interface PostNormFamily extends PostNormSizes {
  readonly modelType: string;
  /** `Bert` of `BertForMaskedLM`. */
  readonly family: string;
  /** `bert.` */
  readonly prefix: string;
  readonly layers: number;
  readonly heads: number;
  readonly vocabulary: number;
  /** Rows of the table of positions, and how many of them pieces can have. */
  readonly positionRows: number;
  readonly positions: number;
  readonly position: Positions;
  /** Rows of the table of token types, of which every piece gets the first; 0: there is no table. */
  readonly types: number;
  readonly attentionDropout: number;
  readonly classifierDropout: number;
  readonly names: (layer: number) => PostNormNames;
  readonly head: MaskedLMHead;
  /** Whether scores of pieces are made with the word embeddings and not with a matrix of their own. */
  readonly tied: boolean;
  /**
   * What every place takes from the others: prepared once, then asked of each layer. Left out: of all of them, as BERT has it.
   */
  readonly attention?: (net: Net, inputs: EncoderInputs) => (x: Value, layer: number) => Value;
}

/** The encoder of a family. */
export function postNormEncoder(family: PostNormFamily): Encoder {
  const { hidden, vocabulary, positions, prefix, head, epsilon, attention: attend = fullAttention(family) } =
    family;
  const words = (net: Net) =>
    net.parameter(`${prefix}embeddings.word_embeddings.weight`, [vocabulary, hidden]);

  function embeddings(net: Net, inputs: EncoderInputs): Value {
    const { b, parameter } = net;
    const at = `${prefix}embeddings`;
    const [batch = 1, sequence = 1] = inputs.ids.shape;
    const looked = b.one("Gather", [words(net), inputs.ids]); // (batch, sequence, hidden)
    const table = parameter(`${at}.position_embeddings.weight`, [family.positionRows, hidden]);
    const position = family.position(net, table, inputs);
    const types = family.types > 0 && parameter(`${at}.token_type_embeddings.weight`, [family.types, hidden]);
    const place = types ? b.add(position, b.rows(types, 1)) : position; // (sequence, hidden), or with the batch before it
    const sum = b.reshape(b.add(looked, place), [joined([batch, sequence]), hidden]);
    return net.dropout(layerNorm(net, sum, `${at}.LayerNorm`, hidden, epsilon), family.dropout); // (batch · sequence, hidden)
  }

  return {
    kind: "encoder",
    modelType: family.modelType,
    className: encoderClassName(family.family),
    prefix,
    otherNames: family.tied ? new Map() : new Map([[`${head.decoder}.bias`, [head.bias]]]),
    hidden,
    layers: family.layers,
    vocabulary,
    positions,
    states(net, inputs, layers = family.layers) {
      const [, sequence] = inputs.ids.shape;
      if (typeof sequence === "number" && sequence > positions) {
        throw new Error(`ids: ${sequence} positions, but the model has ${positions}`);
      }
      if (!(layers >= 0 && layers <= family.layers)) {
        throw new Error(`${layers} layers: the model has ${family.layers}`);
      }
      const mix = attend(net, inputs);
      let x = embeddings(net, inputs);
      const states = [x];
      for (let layer = 0; layer < layers; layer++) {
        x = postNormLayer(net, x, family.names(layer), family, (x) => mix(x, layer));
        states.push(x);
      }
      return states;
    },
    maskedLM(net, x) {
      const turned = activate(net.b, head.activation, net.dense(x, head.transform, hidden, hidden));
      const normed = layerNorm(net, turned, head.norm, hidden, epsilon); // (n, hidden)
      return family.tied
        ? net.b.dense(normed, words(net), net.parameter(head.bias, [vocabulary]))
        : net.dense(normed, head.decoder, hidden, vocabulary);
    },
    tokenClassifier: (net, x, labels) =>
      net.dense(net.dropout(x, family.classifierDropout), "classifier", hidden, labels),
  };
}

/** Every place looks at every piece. */
function fullAttention({ hidden, heads, names, attentionDropout }: PostNormFamily) {
  return (net: Net, { ids, mask }: EncoderInputs) => {
    const [batch = 1, sequence = 1] = ids.shape;
    const bias = mask && paddingBias(net, mask); // (batch, 1, 1, sequence)
    const sizes = { batch, sequence, heads, size: hidden / heads, dropout: attentionDropout };
    return (x: Value, layer: number) => {
      const { query, key, value } = names(layer);
      const project = (name: string) => net.dense(x, name, hidden, hidden);
      return attention(net, project(query), project(key), project(value), sizes, bias);
    };
  };
}
