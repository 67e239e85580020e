/** Low-rank adaptation (Hu et al. 2022): a frozen model, and two thin matrices a layer that are trained. @module */

import type { Architecture } from "../../architectures/architecture.ts";
import type { Head } from "../../architectures/heads.ts";
import type { Net } from "../../architectures/net.ts";
import type { Tensor } from "../../onnx/tensor.ts";
import type { LazyTensor, TensorSource } from "../../onnx/tensor_source.ts";
import { random } from "../../random.ts";
import type { Base } from "../step_graph.ts";
import { type DenseLayer, denseLayers, targeted } from "./dense_layers.ts";
import { quantizedBase, type QuantizedBaseOptions } from "./quantized_base.ts";
import { readFloat32 } from "./read_float32.ts";

export interface LoraOptions {
  /** Rows of A and columns of B. */
  readonly rank: number;
  /** The update counts alpha / rank. */
  readonly alpha: number;
  /** The share of a layer's inputs that drop out on the way to A. Default 0. */
  readonly dropout?: number;
  /** The layers that are adapted, by the ends of their names: `["query", "value"]`. */
  readonly targets: readonly string[];
  /** Layers that are trained as they are, such as a new head, by their names: `["classifier"]`. Default none. */
  readonly modulesToSave?: readonly string[];
  /** Holds the frozen dense layers in blocks of whole numbers. Left out: in float32. */
  readonly base?: QuantizedBaseOptions;
  readonly seed: number;
}

/** What is adapted. */
export interface FrozenModel {
  readonly architecture: Architecture;
  readonly head: Head;
  readonly weights: TensorSource;
}

/** A frozen model with low-rank updates. */
export interface Adapted {
  /** What is trained, by name: `LAYER.lora_A.weight` (rank, from), `LAYER.lora_B.weight` (to, rank), and whole layers. */
  readonly parameters: Map<string, Tensor<"float32">>;
  /** What `train()` and measurements stand on. */
  readonly base: Base;
  /** The layers with updates. */
  readonly layers: readonly DenseLayer[];
  readonly options: LoraOptions;
}

/**
 * Freezes a model and puts low-rank updates on some of its dense layers: y = W x + alpha / rank · B A dropout(x). As PEFT
 * does it, A begins with uniform numbers within ±1/√from and B with zeros, so that at first nothing is changed.
 *
 * @throws Error naming the target or module that the model has not
 *
 * @example
 * ```ts
 * import { gpt2 } from "../../architectures/gpt2.ts";
 * import { modelParameters } from "../../architectures/heads.ts";
 * import { inMemory } from "../../onnx/tensor_source.ts";
 * import { CausalLM } from "../causal_lm.ts";
 * import { initialize } from "../initialize.ts";
 * import { train } from "../trainer.ts";
 * import { lora } from "./lora.ts";
 * import { deepEqual, ok } from "node:assert/strict";
 * const architecture = gpt2({ vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 });
 * const head = { kind: "language-model" } as const;
 * const shapes = [...modelParameters(architecture, head)];
 * const weights = new Map(shapes.map(([name, shape]) => [name, inMemory(initialize(name, shape, 1))]));
 * const adapted = await lora({ architecture, head, weights }, { rank: 2, alpha: 4, targets: ["c_attn"], seed: 42 });
 * deepEqual(adapted.parameters.get("transformer.h.0.attn.c_attn.lora_B.weight")?.shape, [24, 2]);
 * const task = new CausalLM(architecture, [Array.from({ length: 99 }, (_, i) => i % 32)], 0, { batch: [2, 12], seed: 1 });
 * for await (const { loss } of train(adapted.parameters, task, { base: adapted.base, steps: 2, learningRate: 0.01 })) ok(loss);
 * ```
 */
export async function lora(model: FrozenModel, options: LoraOptions): Promise<Adapted> {
  const { modulesToSave = [], targets } = options;
  const all = denseLayers(model.architecture, model.head);
  const layers = targeted(all, targets);
  const parameters = firstUpdates(layers, options);
  const frozen = new Map<string, LazyTensor>();
  const tables = new Map<string, Tensor<"float32">>();
  const dense = new Set(all.map(({ name }) => `${name}.weight`));
  for (const [name, weight] of model.weights) {
    const saved = modulesToSave.some((module) => name.startsWith(`${module}.`));
    const isTable = weight.shape.length === 2 && !dense.has(name);
    if (saved) parameters.set(name, await readFloat32(name, weight));
    else if (isTable) tables.set(name, await readFloat32(name, weight));
    else frozen.set(name, weight);
  }
  for (const module of modulesToSave) {
    if ([...parameters.keys()].some((name) => name.startsWith(`${module}.`))) continue;
    throw new Error(`no layer is called ${module}. Name one of the model's layers.`);
  }
  const kept = all.filter(({ name }) => !modulesToSave.includes(name));
  const base = options.base ? quantizedBase(frozen, kept, options.base) : { frozen, net: (net: Net) => net };
  const adapted = new Set(layers.map(({ name }) => name));
  return {
    parameters,
    base: { ...base, tables, net: (net) => withUpdates(base.net(net), adapted, options) },
    layers,
    options,
  };
}

/** The low-rank matrices before training. */
function firstUpdates(layers: readonly DenseLayer[], { rank, seed }: LoraOptions): Adapted["parameters"] {
  const updates: Adapted["parameters"] = new Map();
  for (const { name, from, to } of layers) {
    const bound = 1 / Math.sqrt(from);
    const stream = random(`${seed}/${name}.lora_A`);
    const data = Float32Array.from({ length: rank * from }, () => bound * (2 * stream.next() - 1));
    updates.set(`${name}.lora_A.weight`, { dtype: "float32", shape: [rank, from], data });
    const zeros = new Float32Array(to * rank);
    updates.set(`${name}.lora_B.weight`, { dtype: "float32", shape: [to, rank], data: zeros });
  }
  return updates;
}

function withUpdates(net: Net, adapted: ReadonlySet<string>, { rank, alpha, dropout = 0 }: LoraOptions): Net {
  return {
    ...net,
    dense: (x, name, from, to, options) => {
      const y = net.dense(x, name, from, to, options);
      if (!adapted.has(name)) return y;
      const { b, parameter } = net;
      const down = b.dense(net.dropout(x, dropout), parameter(`${name}.lora_A.weight`, [rank, from])); // (n, rank)
      const scaled = b.mul(down, b.scalar(alpha / rank));
      return b.add(y, b.dense(scaled, parameter(`${name}.lora_B.weight`, [to, rank])));
    },
  };
}
