/**
 * GPT-2 (Radford et al. 2019): a decoder of pre-norm transformer layers with learned positions. GPT-SW3 is one too.
 * Weights go by the names of the hub's `GPT2LMHeadModel` checkpoints, where dense layers hold them (from, to).
 *
 * @module
 */

import { z } from "zod";
import { joined } from "../onnx/graph.ts";
import { activation } from "./activation.ts";
import type { Decoder } from "./architecture.ts";
import { fusedApart } from "./causal_attention.ts";
import { decoderOf } from "./decoder_family.ts";
import { decoderLayer } from "./decoder_layer.ts";
import { renamed } from "./config_keys.ts";
import { layerNorm } from "./net.ts";
import { multiple, probability, size } from "./sizes.ts";

/** What of a `config.json` decides the graph, with the defaults of Python's `GPT2Config`. */
const Config = renamed(
  {
    hidden_size: "n_embd",
    num_hidden_layers: "n_layer",
    num_attention_heads: "n_head",
    max_position_embeddings: "n_positions",
  },
  z.object({
    vocab_size: size,
    n_embd: size,
    n_layer: size,
    n_head: size,
    n_positions: size,
    n_inner: size.nullish(),
    activation_function: activation.default("gelu_new"),
    layer_norm_epsilon: z.number().positive().default(1e-5),
    embd_pdrop: probability.default(0.1),
    attn_pdrop: probability.default(0.1),
    resid_pdrop: probability.default(0.1),
    scale_attn_weights: z.boolean().default(true),
    scale_attn_by_inverse_layer_idx: z.boolean().default(false),
    add_cross_attention: z.literal(false, "known is false").default(false),
    tie_word_embeddings: z.boolean().default(true),
  }).refine(...multiple("n_embd", "n_head")),
);

/**
 * A GPT-2 of the sizes of a `config.json`.
 *
 * @example
 * ```ts
 * import { gpt2 } from "./gpt2.ts";
 * import { modelParameters } from "./heads.ts";
 * import { deepEqual } from "node:assert/strict";
 * const decoder = gpt2({ vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 });
 * const shapes = modelParameters(decoder, { kind: "language-model" });
 * deepEqual(shapes.get("transformer.h.0.attn.c_attn.weight"), [8, 24]);
 * deepEqual(shapes.has("lm_head.weight"), false); // tied to the word embeddings
 * ```
 */
export function gpt2(json: unknown): Decoder {
  const config = Config.parse(json);
  const { n_embd: hidden, n_head: heads, vocab_size: vocabulary, layer_norm_epsilon: epsilon } = config;
  const headSize = hidden / heads;

  return decoderOf({
    ...{ modelType: "gpt2", prefix: "transformer.", className: ["GPT2", "LMHeadModel"] },
    ...{ words: "transformer.wte.weight", head: "lm_head.weight", tied: config.tie_word_embeddings },
    ...{ hidden, layers: config.n_layer, heads, vocabulary, positions: config.n_positions },
    parts(net, inputs, word) {
      const { b } = net;
      const [batch = 1, sequence = 1] = inputs.ids.shape;
      return {
        embed({ positions }) {
          const table = net.parameter("transformer.wpe.weight", [config.n_positions, hidden]);
          const x = b.add(word(), b.one("Gather", [table, positions]));
          return net.dropout(b.reshape(x, [joined([batch, sequence]), hidden]), config.embd_pdrop);
        },
        layer(x, layer, attend) {
          const at = `transformer.h.${layer}`;
          const dense = { transposed: true };
          return decoderLayer(net, x, {
            hidden,
            intermediate: config.n_inner ?? 4 * hidden,
            epsilon,
            activation: config.activation_function,
            dropout: config.resid_pdrop,
            dense,
            attentionNorm: `${at}.ln_1`,
            attend(normed) {
              const fused = net.dense(normed, `${at}.attn.c_attn`, hidden, 3 * hidden, dense);
              const sizes = { batch, sequence, heads, size: headSize };
              return attend(fusedApart(net, fused, sizes, "kinds first"), {
                scale: (config.scale_attn_weights ? 1 / Math.sqrt(headSize) : 1) /
                  (config.scale_attn_by_inverse_layer_idx ? layer + 1 : 1),
                dropout: config.attn_pdrop,
              });
            },
            mixed: `${at}.attn.c_proj`,
            outputNorm: `${at}.ln_2`,
            wide: `${at}.mlp.c_fc`,
            narrow: `${at}.mlp.c_proj`,
          });
        },
        finish: (x) => layerNorm(net, x, "transformer.ln_f", hidden, epsilon),
      };
    },
  });
}
