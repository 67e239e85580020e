/** The graphs of a model whose weights are yet to come. @module */

import type { Architecture } from "../architectures/architecture.ts";
import { causalLMGraph } from "../architectures/decoder_graphs.ts";
import { encoderModelGraph, mergedDecoderGraph } from "../architectures/encoder_decoder_graphs.ts";
import type { Head } from "../architectures/heads.ts";
import { encoderGraph } from "../architectures/inference.ts";
import { inputParameters, plainNet } from "../architectures/net.ts";
import { GraphBuilder } from "../onnx/builder.ts";
import type { Graph } from "../onnx/graph.ts";

/**
 * The graphs that transformers.js runs, by the names it gives their files: for an encoder one, `model`, from `input_ids` and
 * `attention_mask` (batch, sequence) to `logits` (batch, sequence, …), or to `last_hidden_state` (batch, sequence, hidden)
 * where there is no head; for a decoder `model`, for an encoder-decoder `encoder_model` and `decoder_model_merged`, each with
 * its cache. The parameters are inputs of the graphs, by the names of checkpoints.
 *
 * @throws Error naming the architecture where no graph of it is known
 *
 * @example
 * ```ts
 * import { bert } from "../architectures/bert.ts";
 * import { modelGraphs } from "./model_graphs.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = bert({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 12,
 * });
 * const graphs = modelGraphs(encoder, { kind: "token-classification", labels: 3 });
 * deepEqual(graphs.get("model")?.outputs[0]?.shape, ["batch", "sequence", 3]);
 * ```
 */
export function modelGraphs(architecture: Architecture, head: Head): ReadonlyMap<string, Graph> {
  if (architecture.kind === "encoder") {
    const b = new GraphBuilder(head.kind);
    return new Map([["model", encoderGraph(plainNet(b, inputParameters(b)), architecture, head)]]);
  }
  if (architecture.kind === "decoder" && head.kind === "language-model") {
    const b = new GraphBuilder(head.kind);
    return new Map([["model", causalLMGraph(plainNet(b, inputParameters(b)), architecture)]]);
  }
  if (architecture.kind === "encoder-decoder" && head.kind === "language-model") {
    return new Map(
      Object.entries(encoderDecoderGraphs).map(([name, graph]) => {
        const b = new GraphBuilder(name);
        return [name, graph(plainNet(b, inputParameters(b)), architecture)];
      }),
    );
  }
  throw new Error(
    `${architecture.modelType}: only encoders and models with a head for language modelling are converted for transformers.js.`,
  );
}

const encoderDecoderGraphs = { encoder_model: encoderModelGraph, decoder_model_merged: mergedDecoderGraph };
