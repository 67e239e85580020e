/**
 * BioGPT (Luo et al. 2022): a decoder of pre-norm transformer layers with scaled embeddings and learned positions. Weights
 * go by the names of the hub's `BioGptForCausalLM` checkpoints.
 *
 * @module
 */

import { z } from "zod";
import { joined } from "../onnx/graph.ts";
import { activation } from "./activation.ts";
import type { Decoder } from "./architecture.ts";
import { apart } from "./causal_attention.ts";
import { decoderOf } from "./decoder_family.ts";
import { decoderLayer } from "./decoder_layer.ts";
import { layerNorm } from "./net.ts";
import { layerSizes, multiple, probability } from "./sizes.ts";

/** What of a `config.json` decides the graph, with the defaults of Python's `BioGptConfig`. */
const Config = z.object({
  ...layerSizes,
  hidden_act: activation.default("gelu"),
  hidden_dropout_prob: probability.default(0.1),
  attention_probs_dropout_prob: probability.default(0.1),
  activation_dropout: probability.default(0),
  layerdrop: z.literal(0, "known is 0").default(0),
  scale_embedding: z.boolean().default(true),
  tie_word_embeddings: z.boolean().default(true),
}).refine(...multiple("hidden_size", "num_attention_heads"));

/** Python's library builds its normalisations without looking at `layer_norm_eps`. */
const EPSILON = 1e-5;
/** Rows of the table before that of the first position. */
const OFFSET = 2;

/**
 * A BioGPT of the sizes of a `config.json`.
 *
 * @example
 * ```ts
 * import { biogpt } from "./biogpt.ts";
 * import { modelParameters } from "./heads.ts";
 * import { deepEqual } from "node:assert/strict";
 * const decoder = biogpt({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 12,
 * });
 * const shapes = modelParameters(decoder, { kind: "none" });
 * deepEqual(shapes.get("biogpt.embed_positions.weight"), [14, 8]);
 * ```
 */
export function biogpt(json: unknown): Decoder {
  const config = Config.parse(json);
  const { hidden_size: hidden, num_attention_heads: heads, vocab_size: vocabulary } = config;
  const headSize = hidden / heads;

  return decoderOf({
    ...{ modelType: "biogpt", prefix: "biogpt.", className: ["BioGpt", "ForCausalLM"] },
    ...{
      words: "biogpt.embed_tokens.weight",
      head: "output_projection.weight",
      tied: config.tie_word_embeddings,
    },
    ...{
      hidden,
      layers: config.num_hidden_layers,
      heads,
      vocabulary,
      positions: config.max_position_embeddings,
    },
    parts(net, inputs, word) {
      const { b } = net;
      const [batch = 1, sequence = 1] = inputs.ids.shape;
      return {
        embed({ positions }) {
          const rows = config.max_position_embeddings + OFFSET;
          const table = net.parameter("biogpt.embed_positions.weight", [rows, hidden]);
          const scaled = config.scale_embedding ? b.mul(word(), b.scalar(Math.sqrt(hidden))) : word();
          const x = b.add(scaled, b.one("Gather", [table, b.add(positions, b.ints([OFFSET]))]));
          return net.dropout(b.reshape(x, [joined([batch, sequence]), hidden]), config.hidden_dropout_prob);
        },
        layer(x, layer, attend) {
          const at = `biogpt.layers.${layer}`;
          return decoderLayer(net, x, {
            hidden,
            intermediate: config.intermediate_size,
            epsilon: EPSILON,
            activation: config.hidden_act,
            dropout: config.hidden_dropout_prob,
            activationDropout: config.activation_dropout,
            attentionNorm: `${at}.self_attn_layer_norm`,
            attend(normed) {
              const sizes = { batch, sequence, heads, size: headSize };
              const project = (name: string) =>
                apart(net, net.dense(normed, `${at}.self_attn.${name}`, hidden, hidden), sizes);
              return attend({ query: project("q_proj"), key: project("k_proj"), value: project("v_proj") }, {
                scale: 1 / Math.sqrt(headSize),
                dropout: config.attention_probs_dropout_prob,
              });
            },
            mixed: `${at}.self_attn.out_proj`,
            outputNorm: `${at}.final_layer_norm`,
            wide: `${at}.fc1`,
            narrow: `${at}.fc2`,
          });
        },
        finish: (x) => layerNorm(net, x, "biogpt.layer_norm", hidden, EPSILON),
      };
    },
  });
}
