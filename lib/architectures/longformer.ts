/**
 * Longformer (Beltagy, Peters & Cohan 2020): RoBERTa whose places see a window and a few global places, for long texts.
 * Weights go by the names of the hub's `LongformerForMaskedLM` checkpoints.
 *
 * @module
 */

import { z } from "zod";
import type { Value } from "../onnx/graph.ts";
import type { Encoder, EncoderInputs } from "./architecture.ts";
import { bertKeys, bertSizes, headsShareColumns } from "./bert_keys.ts";
import type { Net } from "./net.ts";
import { afterPad } from "./positions.ts";
import { bertLayerNames } from "./post_norm_layer.ts";
import { postNormEncoder } from "./post_norm_encoder.ts";
import { robertaHead } from "./roberta.ts";
import { roomAfterPad, size, sizeOrNone } from "./sizes.ts";
import { slidingAttention, type SlidingView, slidingView } from "./sliding_attention.ts";

const window = size.multipleOf(2, "not an even number");

const Config = z.object({
  ...bertKeys,
  pad_token_id: sizeOrNone.default(1),
  attention_window: z.union([window, z.array(window)], "not an even number, nor a list of them").default(512),
}).refine(...headsShareColumns).refine(...roomAfterPad).refine(
  ({ attention_window: windows, num_hidden_layers: layers }) =>
    !Array.isArray(windows) || windows.length === layers,
  { path: ["attention_window"], message: "not one window a layer" },
);

/**
 * A Longformer of the sizes of a `config.json`. `attention_window` is how many places of both sides together one sees beside
 * itself, for all layers or a list. `globals` among the inputs names the places that all see and that see all; left out,
 * there are none. A text need not fill whole windows.
 *
 * @throws a zod error naming the key that does not fit, or asks for what is not built here
 *
 * @example
 * ```ts
 * import { longformer } from "./longformer.ts";
 * import { modelParameters } from "./heads.ts";
 * import { equal, ok } from "node:assert/strict";
 * const encoder = longformer({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 4098, attention_window: [32, 64],
 * });
 * equal(encoder.positions, 4096);
 * ok(modelParameters(encoder, { kind: "none" }).has("longformer.encoder.layer.1.attention.self.key_global.weight"));
 * ```
 */
export function longformer(json: unknown): Encoder {
  const config = Config.parse(json);
  const sizes = bertSizes(config, "longformer.");
  const windowOf = (layer: number) =>
    Array.isArray(config.attention_window) ? config.attention_window[layer] ?? NaN : config.attention_window;
  return postNormEncoder({
    ...sizes,
    modelType: "longformer",
    family: "Longformer",
    positions: config.max_position_embeddings - config.pad_token_id - 1,
    position: afterPad(config.pad_token_id),
    head: robertaHead,
    classifierDropout: config.hidden_dropout_prob,
    attention(net: Net, inputs: EncoderInputs) {
      const views = new Map<number, SlidingView>();
      return (x: Value, layer: number) => {
        const window = windowOf(layer);
        const view = views.get(window) ?? slidingView(net, inputs, window / 2);
        views.set(window, view);
        const names = bertLayerNames(`longformer.encoder.layer.${layer}`);
        return slidingAttention(net, x, names, { ...sizes, dropout: sizes.attentionDropout }, view);
      };
    },
  });
}
