/**
 * T5 (Raffel et al. 2020): an encoder and a decoder of pre-norm layers with relative positions. Version 1.1, FLAN-T5 and
 * mT5 differ by configuration: a gated network between the attentions, and a head of its own. Weights go by the names of
 * the hub's `T5ForConditionalGeneration` checkpoints.
 *
 * @module
 */

import type { z } from "zod";
import { type Dim, joined, type Value } from "../onnx/graph.ts";
import type { EncoderDecoder, EncoderDecoderInputs, KeyValue } from "./architecture.ts";
import { paddingBias } from "./attention.ts";
import type { Head } from "./heads.ts";
import type { Net } from "./net.ts";
import { attended, following, keysOf, queriesOf, type T5Attention } from "./t5_attention.ts";
import { MT5Config, T5Config } from "./t5_config.ts";
import { feedForward, rmsNorm } from "./t5_layer.ts";
import { positionBias } from "./t5_positions.ts";

/**
 * A T5 of the sizes of a `config.json`.
 *
 * @example
 * ```ts
 * import { modelParameters } from "./heads.ts";
 * import { t5 } from "./t5.ts";
 * import { deepEqual } from "node:assert/strict";
 * const model = t5({ vocab_size: 32, d_model: 8, d_kv: 3, d_ff: 16, num_layers: 1, num_heads: 2 });
 * const shapes = modelParameters(model, { kind: "language-model" });
 * deepEqual(shapes.get("decoder.block.0.layer.1.EncDecAttention.k.weight"), [6, 8]);
 * deepEqual(shapes.has("lm_head.weight"), false); // tied to the word embeddings
 * ```
 */
export function t5(json: unknown): EncoderDecoder {
  const config = T5Config.parse(json);
  return build("t5", "T5", config, config.scale_decoder_outputs ?? config.tie_word_embeddings);
}

/** mT5 (Xue et al. 2021): T5 1.1 with the words of many languages. */
export function mt5(json: unknown): EncoderDecoder {
  return build("mt5", "MT5", MT5Config.parse(json), false);
}

/**
 * @param tied whether the head is the word embeddings, its scores scaled down by √d_model. Newer versions of Python's
 * library write `tie_word_embeddings: true` of all, and `scale_decoder_outputs` of this.
 */
function build(
  modelType: string,
  family: string,
  config: z.infer<typeof T5Config>,
  tied: boolean,
): EncoderDecoder {
  const { d_model: hidden, vocab_size: vocabulary, layer_norm_epsilon: epsilon, dropout_rate: dropout } =
    config;
  const { num_heads: heads, d_kv: headSize, pad_token_id: pad } = config;
  const decoderLayers = config.num_decoder_layers ?? config.num_layers;
  const words = "shared.weight";

  const norm = (net: Net, x: Value, name: string) => rmsNorm(net, x, name, hidden, epsilon);
  const attention = (name: string): T5Attention => ({ name, hidden, heads, size: headSize, dropout });

  function embedded(net: Net, ids: Value): Value {
    const looked = net.b.one("Gather", [net.parameter(words, [vocabulary, hidden]), ids]); // (…ids, hidden)
    return net.dropout(net.b.reshape(looked, [joined(ids.shape), hidden]), dropout);
  }

  /** x plus what a sublayer makes of its normalised self. */
  function added(net: Net, x: Value, at: string, sublayer: (normed: Value) => Value): Value {
    return net.b.add(x, net.dropout(sublayer(norm(net, x, `${at}.layer_norm`)), dropout));
  }

  function fedForward(net: Net, x: Value, at: string): Value {
    const layer = { kind: config.feed_forward_proj, hidden, intermediate: config.d_ff, dropout };
    return added(
      net,
      x,
      at,
      (normed) => feedForward(net, normed, { ...layer, name: `${at}.DenseReluDense` }),
    );
  }

  function positions(
    net: Net,
    stack: "encoder" | "decoder",
    places: Parameters<typeof positionBias>[4],
  ): Value {
    return positionBias(net, `${stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight`, heads, {
      count: config.relative_attention_num_buckets,
      farthest: config.relative_attention_max_distance,
      bothWays: stack === "encoder",
    }, places);
  }

  const finished = (net: Net, x: Value, stack: "encoder" | "decoder") =>
    net.dropout(norm(net, x, `${stack}.final_layer_norm`), dropout);

  return {
    kind: "encoder-decoder",
    modelType,
    className: (head) => `${family}${suffixOf(head, modelType)}`,
    prefix: "",
    otherNames: new Map([
      [words, [
        "encoder.embed_tokens.weight",
        "decoder.embed_tokens.weight",
        ...(tied ? ["lm_head.weight"] : []),
      ]],
      ["lm_head.weight", [words, "decoder.embed_tokens.weight"]],
    ]),
    hidden,
    layers: config.num_layers,
    decoderLayers,
    heads,
    headSize,
    vocabulary,
    positions: config.n_positions,
    special: { pad, end: config.eos_token_id, start: config.decoder_start_token_id ?? pad },
    encode(net, { ids, mask }) {
      const [batch = 1, sequence = 1] = ids.shape;
      const near = positions(net, "encoder", { queries: sequence, keys: sequence });
      const bias = mask ? net.b.add(near, paddingBias(net, mask)) : near; // (batch or 1, heads, sequence, sequence)
      let x = embedded(net, ids); // (batch · sequence, hidden)
      for (let layer = 0; layer < config.num_layers; layer++) {
        const at = `encoder.block.${layer}.layer`;
        const self = attention(`${at}.0.SelfAttention`);
        x = added(net, x, `${at}.0`, (normed) => {
          const query = queriesOf(net, normed, self, batch, sequence);
          return attended(net, query, keysOf(net, normed, self, batch, sequence), self, bias);
        });
        x = fedForward(net, x, `${at}.1`);
      }
      return finished(net, x, "encoder");
    },
    memory(net, encoded, batch, sequence) {
      const layers = Array.from(
        { length: decoderLayers },
        (_, i) => `decoder.block.${i}.layer.1.EncDecAttention`,
      );
      return layers.map((name) => keysOf(net, encoded, attention(name), batch, sequence));
    },
    decode(net, { ids, memory, mask, past }: EncoderDecoderInputs) {
      const [texts = 1, continuations, sequence]: readonly (Dim | undefined)[] = ids.shape.length === 3
        ? ids.shape
        : [ids.shape[0], 1, ids.shape[1]];
      const [rows, queries] = [joined([texts, continuations ?? 1]), sequence ?? 1];
      const before = past?.[0]?.key.shape[2] ?? 0;
      const unpadded = mask && paddingBias(net, mask); // (texts, 1, 1, encoder sequence)
      let near: Value | undefined; // (1, heads, queries, keys)
      const present: KeyValue[] = [];
      let x = embedded(net, ids); // (rows · queries, hidden)
      for (let layer = 0; layer < decoderLayers; layer++) {
        const at = `decoder.block.${layer}.layer`;
        const self = attention(`${at}.0.SelfAttention`);
        x = added(net, x, `${at}.0`, (normed) => {
          const query = queriesOf(net, normed, self, rows, queries);
          const next = keysOf(net, normed, self, rows, queries);
          const earlier = past?.[layer];
          const seen = earlier ? following(net, earlier, next) : next;
          present.push(seen);
          near ??= positions(net, "decoder", { queries, keys: seen.key.shape[2] ?? 1, past: before });
          return attended(net, query, seen, self, near);
        });
        const cross = attention(`${at}.1.EncDecAttention`);
        x = added(net, x, `${at}.1`, (normed) => {
          // The continuations of a text stand in a row, as places of one sequence: each sees the memory, none another.
          const query = queriesOf(net, normed, cross, texts, joined([continuations ?? 1, queries]));
          return attended(net, query, memoryOf(memory, layer), cross, unpadded);
        });
        x = fedForward(net, x, `${at}.2`);
      }
      return { hidden: finished(net, x, "decoder"), present };
    },
    languageModel(net, x) {
      if (!tied) return net.dense(x, "lm_head", hidden, vocabulary, { bias: false });
      const scaled = net.b.mul(x, net.b.scalar(1 / Math.sqrt(hidden)));
      return net.b.dense(scaled, net.parameter(words, [vocabulary, hidden]));
    },
  };
}

function memoryOf(memory: readonly KeyValue[], layer: number): KeyValue {
  const found = memory[layer];
  if (!found) throw new Error(`the memory has ${memory.length} layers, the decoder asks for layer ${layer}`);
  return found;
}

function suffixOf(head: Head, modelType: string): string {
  if (head.kind === "none") return "Model";
  if (head.kind === "language-model") return "ForConditionalGeneration";
  throw new Error(`a ${modelType} has no ${head.kind} head. Choose an encoder.`);
}
