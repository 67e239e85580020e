/** What all decoders have in common: embeddings, layers that see what came before, a last normalisation. @module */

import type { Value } from "../onnx/graph.ts";
import type { DecoderInputs, DecoderStates, KeyValue } from "./architecture.ts";
import { causalAttention, type CausalAttentionOptions, type QueryKeyValue } from "./causal_attention.ts";
import { causalBias, type Sight, sightOf } from "./causal_sight.ts";
import type { Net } from "./net.ts";

/** Attention of a layer's heads → (batch · sequence, heads · head size). */
export type Attend = (
  heads: QueryKeyValue,
  options: Pick<CausalAttentionOptions, "scale" | "dropout">,
) => Value;

/** What makes a decoder the one it is. */
export interface DecoderParts {
  /** The name in error messages. */
  readonly modelType: string;
  readonly layers: number;
  readonly positions: number;
  /** The pieces as the first layer sees them: (batch · sequence, hidden). */
  embed(sight: Sight): Value;
  /** What is added to all attention scores: broadcasts to (batch, heads, sequence, past + sequence). Default nothing. */
  bias?(sight: Sight): Value;
  /** The output of a layer, counted from 0: (batch · sequence, hidden) → the same. */
  layer(x: Value, layer: number, attend: Attend): Value;
  /** The last normalisation: (batch · sequence, hidden) → the same. */
  finish(x: Value): Value;
}

/**
 * Puts a decoder's parts together.
 *
 * @param layers how many are built; behind all of them comes the last normalisation
 * @throws where `ids` has more positions than the model, or the past other layers
 */
export function decoderStates(
  net: Net,
  inputs: DecoderInputs,
  parts: DecoderParts,
  layers: number = parts.layers,
): DecoderStates {
  const { past } = inputs;
  const [, sequence = 1] = inputs.ids.shape;
  if (typeof sequence === "number" && sequence > parts.positions) {
    throw new Error(`ids: ${sequence} positions, but the model has ${parts.positions}`);
  }
  if (past && past.length !== parts.layers) {
    throw new Error(`past: ${past.length} layers, but the ${parts.modelType} has ${parts.layers}`);
  }
  const sight = sightOf(net, inputs);
  const bias = causalBias(net, sight, parts.bias?.(sight));
  const added: KeyValue[] = [];
  let x = parts.embed(sight);
  const states = [x];
  for (let layer = 0; layer < layers; layer++) {
    const before = past?.[layer];
    x = parts.layer(x, layer, (heads, options) => {
      added.push({ key: heads.key, value: heads.value });
      return causalAttention(net, heads, { ...options, bias, ...(before && { past: before }) });
    });
    states.push(layer === parts.layers - 1 ? parts.finish(x) : x);
  }
  return { states, added };
}
