/**
 * BERT (Devlin et al. 2019): an encoder of post-norm transformer layers, with a masked-LM head.
 * Weights go by the names of the hub's `BertForMaskedLM` checkpoints.
 *
 * @module
 */

import { z } from "zod";
import { joined, type Value } from "../onnx/graph.ts";
import { type Encoder, encoderClassName, type EncoderInputs } from "./architecture.ts";
import { paddingBias } from "./attention.ts";
import { layerNorm, type Net } from "./net.ts";
import { postNormLayer } from "./post_norm_layer.ts";
import { multiple, probability, size } from "./sizes.ts";

/** What of a `config.json` decides the graph, with the defaults of Python's `BertConfig`. */
const Config = z.object({
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  intermediate_size: size,
  max_position_embeddings: size,
  type_vocab_size: size.default(2),
  layer_norm_eps: z.number().positive().default(1e-12),
  hidden_act: z.literal("gelu", "known is gelu").default("gelu"),
  position_embedding_type: z.literal("absolute", "known is absolute").default("absolute"),
  hidden_dropout_prob: probability.default(0.1),
  attention_probs_dropout_prob: probability.default(0.1),
  classifier_dropout: probability.nullish(),
}).refine(...multiple("hidden_size", "num_attention_heads"));

/**
 * A BERT of the sizes of a `config.json`.
 *
 * @example
 * ```ts
 * import { bert } from "./bert.ts";
 * import { parametersOf } from "./parameters.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = bert({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 12,
 * });
 * const shapes = parametersOf((net) => encoder.states(net, { ids: net.b.input("ids", "int64", ["batch", "sequence"]) }));
 * deepEqual(shapes.get("bert.embeddings.word_embeddings.weight"), [32, 8]);
 * ```
 */
export function bert(json: unknown): Encoder {
  const config = Config.parse(json);
  const { hidden_size: hidden, vocab_size: vocabulary, layer_norm_eps: epsilon } = config;
  const words = "bert.embeddings.word_embeddings.weight";

  function embeddings(net: Net, { ids }: EncoderInputs): Value {
    const { b, parameter } = net;
    const [batch = 1, sequence = 1] = ids.shape;
    const positions = parameter("bert.embeddings.position_embeddings.weight", [
      config.max_position_embeddings,
      hidden,
    ]);
    const types = parameter("bert.embeddings.token_type_embeddings.weight", [config.type_vocab_size, hidden]);
    const looked = b.one("Gather", [parameter(words, [vocabulary, hidden]), ids]); // (batch, sequence, hidden)
    const places = b.add(b.rows(positions, sequence), b.rows(types, 1)); // (sequence, hidden)
    const sum = b.reshape(b.add(looked, places), [joined([batch, sequence]), hidden]);
    const x = layerNorm(net, sum, "bert.embeddings.LayerNorm", hidden, epsilon);
    return net.dropout(x, config.hidden_dropout_prob); // (batch · sequence, hidden)
  }

  return {
    kind: "encoder",
    modelType: "bert",
    className: encoderClassName("Bert"),
    prefix: "bert.",
    hidden,
    layers: config.num_hidden_layers,
    vocabulary,
    positions: config.max_position_embeddings,
    states(net, inputs, layers = config.num_hidden_layers) {
      const [batch = 1, sequence = 1] = inputs.ids.shape;
      if (typeof sequence === "number" && sequence > config.max_position_embeddings) {
        throw new Error(`ids: ${sequence} positions, but the model has ${config.max_position_embeddings}`);
      }
      const bias = inputs.mask && paddingBias(net, inputs.mask); // (batch, 1, 1, sequence)
      const states = [embeddings(net, inputs)];
      for (let layer = 0; layer < layers; layer++) {
        const x = states[layer];
        if (!x) break;
        const at = `bert.encoder.layer.${layer}`;
        states.push(postNormLayer(net, x, {
          batch,
          sequence,
          hidden,
          heads: config.num_attention_heads,
          intermediate: config.intermediate_size,
          epsilon,
          dropout: config.hidden_dropout_prob,
          attentionDropout: config.attention_probs_dropout_prob,
          query: `${at}.attention.self.query`,
          key: `${at}.attention.self.key`,
          value: `${at}.attention.self.value`,
          mixed: `${at}.attention.output.dense`,
          attentionNorm: `${at}.attention.output.LayerNorm`,
          wide: `${at}.intermediate.dense`,
          narrow: `${at}.output.dense`,
          outputNorm: `${at}.output.LayerNorm`,
        }, bias));
      }
      return states;
    },
    maskedLM(net, x) {
      const at = "cls.predictions";
      const turned = net.b.one("Gelu", [net.dense(x, `${at}.transform.dense`, hidden, hidden)]);
      const normed = layerNorm(net, turned, `${at}.transform.LayerNorm`, hidden, epsilon); // (n, hidden)
      return net.b.dense(
        normed,
        net.parameter(words, [vocabulary, hidden]),
        net.parameter(`${at}.bias`, [vocabulary]),
      );
    },
    tokenClassifier(net, x, labels) {
      const kept = net.dropout(x, config.classifier_dropout ?? config.hidden_dropout_prob);
      return net.dense(kept, "classifier", hidden, labels);
    },
  };
}
