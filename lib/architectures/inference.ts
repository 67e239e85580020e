/** Graphs for using a trained encoder: named axes, padding, weights inside; all of it, or a part. @module */

import { GraphBuilder } from "../onnx/builder.ts";
import type { Graph, Value } from "../onnx/graph.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Encoder, type EncoderInputs, lastOf } from "./architecture.ts";
import type { Head } from "./heads.ts";
import { fixedParameters, type Net, plainNet } from "./net.ts";

/** The weights of a checkpoint by name. */
export type Weights = ReadonlyMap<string, Tensor<"float32">>;

/** What of an encoder a graph has. */
export interface EncoderGraphOptions {
  /** Whose output the head is given, 0 being the embeddings. The layers behind it are left out. Default: the last. */
  readonly layer?: number;
  /**
   * Only chosen places come out, and only they go through the head: a further input `rows` (rows) names them, counted over
   * the whole batch, and outputs are (rows, …). With a large vocabulary that is where most of the time goes.
   */
  readonly rows?: boolean;
  /** A further input `globals` (batch, globals), as `EncoderInputs` has it. */
  readonly globals?: boolean;
}

/**
 * An encoder as transformers.js and Python's exports have it: `input_ids`, `attention_mask` (batch, sequence) → `logits`
 * (batch, sequence, vocabulary or labels), or without a head `last_hidden_state` (batch, sequence, hidden).
 *
 * @throws Error where the encoder has fewer layers
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "../onnx/builder.ts";
 * import { bert } from "./bert.ts";
 * import { encoderGraph } from "./inference.ts";
 * import { inputParameters, plainNet } from "./net.ts";
 * import { deepEqual } from "node:assert/strict";
 * const encoder = bert({
 *   vocab_size: 32, hidden_size: 8, num_hidden_layers: 4, num_attention_heads: 2, intermediate_size: 16,
 *   max_position_embeddings: 12,
 * });
 * const b = new GraphBuilder("example");
 * const net = plainNet(b, inputParameters(b));
 * const graph = encoderGraph(net, encoder, { kind: "language-model" }, { layer: 2, rows: true });
 * deepEqual(graph.outputs.map(({ name, shape }) => [name, shape]), [["logits", ["rows", 32]]]);
 * ```
 */
export function encoderGraph(
  net: Net,
  encoder: Encoder,
  head: Head,
  { layer = encoder.layers, rows = false, globals = false }: EncoderGraphOptions = {},
): Graph {
  const { b } = net;
  const states = lastOf(encoder.states(net, inputs(net, globals), layer)); // (batch · sequence, hidden)
  const chosen = rows ? chosenRows(net, states) : states;
  const [name, y] = head.kind === "language-model"
    ? ["logits", encoder.maskedLM(net, chosen)] as const
    : head.kind === "token-classification"
    ? ["logits", encoder.tokenClassifier(net, chosen, head.labels)] as const
    : ["last_hidden_state", chosen] as const;
  const columns = y.shape.at(-1) ?? 1;
  return b.graph([b.named(name, rows ? y : b.reshape(y, ["batch", "sequence", columns]))]);
}

/** A masked LM with its weights, as {@linkcode encoderGraph} has it. */
export function maskedLMGraph(encoder: Encoder, weights: Weights, options: EncoderGraphOptions = {}): Graph {
  return encoderGraph(start("masked-lm", weights), encoder, { kind: "language-model" }, options);
}

/**
 * A token classifier with its weights, as {@linkcode encoderGraph} has it.
 *
 * @example A head put on a checkpoint that has another
 * ```ts
 * import { openEncoder } from "../checkpoint/model.ts";
 * import { tinyModel } from "../checkpoint/tiny_model.ts";
 * import { initialize } from "../train/initialize.ts";
 * import { tokenClassificationGraph } from "./inference.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`; // a masked LM
 * await tinyModel(folder, { pieces: ["fever"], positions: 16 });
 * const made: string[] = [];
 * const { architecture, parameters } = await openEncoder(folder, { kind: "token-classification", labels: 3 }, {
 *   missing(name, shape) {
 *     made.push(name);
 *     return initialize(name, shape, 42);
 *   },
 * });
 * deepEqual(made, ["classifier.weight", "classifier.bias"]);
 * deepEqual(tokenClassificationGraph(architecture, parameters, 3).outputs[0]?.shape, ["batch", "sequence", 3]);
 * ```
 */
export function tokenClassificationGraph(
  encoder: Encoder,
  weights: Weights,
  labels: number,
  options: EncoderGraphOptions = {},
): Graph {
  const head = { kind: "token-classification", labels } as const;
  return encoderGraph(start("token-classification", weights), encoder, head, options);
}

function start(name: string, weights: Weights): Net {
  const b = new GraphBuilder(name);
  return plainNet(b, fixedParameters(b, weights));
}

function inputs({ b }: Net, globals: boolean): EncoderInputs {
  return {
    ids: b.input("input_ids", "int64", ["batch", "sequence"]),
    mask: b.input("attention_mask", "int64", ["batch", "sequence"]),
    ...(globals && { globals: b.input("globals", "int64", ["batch", "globals"]) }),
  };
}

function chosenRows({ b }: Net, states: Value): Value {
  return b.one("Gather", [states, b.input("rows", "int64", ["rows"])]); // (rows, hidden)
}
