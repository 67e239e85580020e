/**
 * BLOOM (BigScience 2022): a decoder of pre-norm transformer layers without positions; instead its heads look less at what
 * is further away (ALiBi; Press, Smith & Lewis 2022). FLOR is one too. Weights go by the names of the hub's
 * `BloomForCausalLM` checkpoints.
 *
 * @module
 */

import { z } from "zod";
import { joined, type Value } from "../onnx/graph.ts";
import type { Decoder } from "./architecture.ts";
import { fusedApart } from "./causal_attention.ts";
import { renamed } from "./config_keys.ts";
import { decoderOf } from "./decoder_family.ts";
import { decoderLayer } from "./decoder_layer.ts";
import { layerNorm, type Net } from "./net.ts";
import { multiple, probability, size } from "./sizes.ts";

/** What of a `config.json` decides the graph, with the defaults of Python's `BloomConfig`. */
const Config = renamed(
  { n_embed: "hidden_size", num_hidden_layers: "n_layer", num_attention_heads: "n_head" },
  z.object({
    vocab_size: size,
    hidden_size: size,
    n_layer: size,
    n_head: size,
    layer_norm_epsilon: z.number().positive().default(1e-5),
    apply_residual_connection_post_layernorm: z.boolean().default(false),
    hidden_dropout: probability.default(0),
    attention_dropout: probability.default(0),
    tie_word_embeddings: z.boolean().default(true),
  }).refine(...multiple("hidden_size", "n_head")),
);

/**
 * A BLOOM of the sizes of a `config.json`.
 *
 * @example
 * ```ts
 * import { bloom } from "./bloom.ts";
 * import { modelParameters } from "./heads.ts";
 * import { deepEqual } from "node:assert/strict";
 * const decoder = bloom({ vocab_size: 32, hidden_size: 8, n_layer: 1, n_head: 2 });
 * const shapes = modelParameters(decoder, { kind: "none" });
 * deepEqual(shapes.get("transformer.h.0.self_attention.query_key_value.weight"), [24, 8]);
 * ```
 */
export function bloom(json: unknown): Decoder {
  const config = Config.parse(json);
  const { hidden_size: hidden, n_head: heads, vocab_size: vocabulary, layer_norm_epsilon: epsilon } = config;
  const headSize = hidden / heads;

  return decoderOf({
    ...{ modelType: "bloom", prefix: "transformer.", className: ["Bloom", "ForCausalLM"] },
    ...{
      words: "transformer.word_embeddings.weight",
      head: "lm_head.weight",
      tied: config.tie_word_embeddings,
    },
    ...{ hidden, layers: config.n_layer, heads, vocabulary, positions: Infinity },
    parts(net, inputs, word) {
      const { b } = net;
      const [batch = 1, sequence = 1] = inputs.ids.shape;
      return {
        embed() {
          const x = b.reshape(word(), [joined([batch, sequence]), hidden]);
          return layerNorm(net, x, "transformer.word_embeddings_layernorm", hidden, epsilon);
        },
        bias: ({ allPositions }) => distanceBias(net, heads, allPositions),
        layer(x, layer, attend) {
          const at = `transformer.h.${layer}`;
          return decoderLayer(net, x, {
            hidden,
            intermediate: 4 * hidden,
            epsilon,
            activation: "gelu_new",
            dropout: config.hidden_dropout,
            addedTo: config.apply_residual_connection_post_layernorm ? "normalised input" : "input",
            attentionNorm: `${at}.input_layernorm`,
            attend(normed) {
              const fused = net.dense(normed, `${at}.self_attention.query_key_value`, hidden, 3 * hidden);
              const sizes = { batch, sequence, heads, size: headSize };
              return attend(fusedApart(net, fused, sizes, "heads first"), {
                scale: 1 / Math.sqrt(headSize),
                dropout: config.attention_dropout,
              });
            },
            mixed: `${at}.self_attention.dense`,
            outputNorm: `${at}.post_attention_layernorm`,
            wide: `${at}.mlp.dense_h_to_4h`,
            narrow: `${at}.mlp.dense_4h_to_h`,
          });
        },
        finish: (x) => layerNorm(net, x, "transformer.ln_f", hidden, epsilon),
      };
    },
  });
}

/**
 * ALiBi: a score grows with the position of the piece looked at, which after the softmax is the same as falling with its
 * distance: (batch or 1, heads, 1, past + sequence).
 *
 * @param positions (past + sequence) or (batch, past + sequence)
 */
function distanceBias({ b }: Net, heads: number, positions: Value): Value {
  const data = Float32Array.from(slopesOf(heads));
  const slopes = b.initializer("alibi.slopes", { dtype: "float32", shape: [heads, 1, 1], data });
  const columns = positions.shape.length === 1 ? [0, 1, 2] : [1, 2];
  return b.mul(b.one("Unsqueeze", [b.cast(positions, "float32"), b.ints(columns)]), slopes);
}

/**
 * The slope of each head: for a power of two the first numbers of a geometric sequence from 2^(−8/heads), its own ratio; for
 * others those of the next smaller power, then every other one of the next larger (Press et al. 2022, section 3 and code).
 *
 * @example
 * ```ts
 * import { slopesOf } from "./bloom.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(slopesOf(3), [1 / 16, 1 / 256, 1 / 4]);
 * ```
 */
export function slopesOf(heads: number): number[] {
  const power = 2 ** Math.floor(Math.log2(heads));
  return Array.from(
    { length: heads },
    (_, head) => head < power ? 2 ** (-8 * (head + 1) / power) : 2 ** (-4 * (2 * (head - power) + 1) / power),
  );
}
