/** A T5's parameters before training. @module */

import { bucketOf } from "../architectures/t5_positions.ts";
import { sizeOf, type Tensor } from "../onnx/tensor.ts";
import { random } from "../random.ts";

/** The sizes that decide how wide first weights are spread. */
export interface T5Sizes {
  readonly layers: number;
  readonly decoderLayers: number;
  readonly hidden: number;
  readonly heads: number;
  /** Columns of a head. */
  readonly headSize: number;
  readonly intermediate: number;
}

/** What a head's own neighbour scores above other places at first: about half of what it looks at. */
const NEAR = 4;
/** How much more a piece asks for itself than T5's width of queries would have it. */
const SURE = 3;
/** The buckets of T5's encoder. */
const BUCKETS = { farthest: 128, bothWays: true } as const;

/**
 * A fresh parameter of a T5, normal deviates of T5's widths (Raffel et al. 2020, its public code), with changes for which a small model
 * that sees little text begins to learn within some hundred steps:
 * - the heads of the encoder begin by looking at a neighbour each (one place before, one behind, two before, and on), all but the last
 *   two: what comes before and behind a place is at hand from the first step;
 * - the decoder's first question about the text is for the piece it stands at (queries are keys): behind a sentinel it finds the same
 *   sentinel in the text;
 * - what the wide layers add is narrower by twice the depth, so that a piece can still be told at the top.
 *
 * The seed and the name decide the numbers.
 *
 * @example
 * ```ts
 * import { initializeT5 } from "./initialize_t5.ts";
 * import { equal } from "node:assert/strict";
 * const sizes = { layers: 1, decoderLayers: 1, hidden: 8, heads: 2, headSize: 4, intermediate: 16 };
 * equal(initializeT5("encoder.final_layer_norm.weight", [8], 42, sizes).data[0], 1);
 * ```
 */
export function initializeT5(
  name: string,
  shape: readonly number[],
  seed: number,
  sizes: T5Sizes,
): Tensor<"float32"> {
  const data = new Float32Array(sizeOf(shape));
  const { hidden, heads, headSize } = sizes;
  if (name.endsWith("layer_norm.weight")) data.fill(1);
  else if (name.endsWith("relative_attention_bias.weight")) {
    if (name.startsWith("encoder.")) lookAtNeighbours(data, shape, heads);
  } else {
    const asks = name.endsWith("EncDecAttention.q.weight");
    const stream = random(`${seed}/${asks ? name.replace(".q.", ".k.") : name}`);
    const spread = asks ? SURE / Math.sqrt(hidden * headSize) : spreadOf(name, sizes);
    for (let i = 0; i < data.length; i++) data[i] = spread * stream.normal();
  }
  return { dtype: "float32", shape, data };
}

/** Standard deviations. */
function spreadOf(name: string, { layers, decoderLayers, hidden, heads, headSize, intermediate }: T5Sizes) {
  const depth = name.startsWith("encoder.") ? layers : decoderLayers;
  if (name === "shared.weight") return 1;
  if (name.endsWith(".q.weight")) return 1 / Math.sqrt(hidden * headSize);
  if (name.endsWith(".o.weight")) return 0.7 / Math.sqrt(heads * headSize);
  if (name.endsWith(".wo.weight")) return 1 / Math.sqrt(intermediate) / (2 * depth);
  return 1 / Math.sqrt(hidden);
}

/** (buckets, heads): head 0 looks one place back, head 1 one ahead, head 2 two back, and on; two heads look anywhere. */
function lookAtNeighbours(data: Float32Array, [count = 1]: readonly number[], heads: number): void {
  for (let head = 0; head < heads - 2; head++) {
    const distance = Math.floor(head / 2) + 1;
    data[bucketOf(head % 2 === 0 ? -distance : distance, { count, ...BUCKETS }) * heads + head] = NEAR;
  }
}
