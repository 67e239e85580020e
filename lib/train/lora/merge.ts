/** An adapter worked into the weights of its model. @module */

import type { Tensor } from "../../onnx/tensor.ts";
import {
  inMemory,
  isFloat16,
  isFloat32,
  type LazyTensor,
  type TensorSource,
} from "../../onnx/tensor_source.ts";
import type { Adapter } from "./adapter_folder.ts";
import { denseLayers, targeted } from "./dense_layers.ts";
import type { FrozenModel } from "./lora.ts";
import { readFloat32 } from "./read_float32.ts";

/**
 * The weights of a model with W + alpha / rank · B A in place of each adapted W, and the layers that were trained whole. They are
 * computed when they are read, one at a time.
 *
 * @throws Error naming the layer where the adapter is not one of this model
 *
 * @example
 * ```ts
 * import { gpt2 } from "../../architectures/gpt2.ts";
 * import { modelParameters } from "../../architectures/heads.ts";
 * import { inMemory } from "../../onnx/tensor_source.ts";
 * import { initialize } from "../initialize.ts";
 * import { lora } from "./lora.ts";
 * import { mergeAdapter } from "./merge.ts";
 * import { readFloat32 } from "./read_float32.ts";
 * import { deepEqual } from "node:assert/strict";
 * const architecture = gpt2({ vocab_size: 32, n_embd: 8, n_layer: 1, n_head: 2, n_positions: 12 });
 * const head = { kind: "language-model" } as const;
 * const shapes = [...modelParameters(architecture, head)];
 * const weights = new Map(shapes.map(([name, shape]) => [name, inMemory(initialize(name, shape, 1))]));
 * const model = { architecture, head, weights };
 * const { parameters } = await lora(model, { rank: 2, alpha: 4, targets: ["c_attn"], seed: 42 });
 * const merged = mergeAdapter(model, { rank: 2, alpha: 4, targets: ["c_attn"], tensors: parameters });
 * const name = "transformer.h.0.attn.c_attn.weight"; // B is still 0: nothing has changed
 * const both = [merged, weights].flatMap((source) => source.get(name) ?? []);
 * const [after, before] = await Promise.all(both.map((weight) => readFloat32(name, weight)));
 * deepEqual(after, before);
 * ```
 */
export function mergeAdapter(
  { architecture, head, weights }: FrozenModel,
  { rank, alpha, targets, tensors }: Pick<Adapter, "rank" | "alpha" | "targets" | "tensors">,
): TensorSource {
  const merged = new Map<string, LazyTensor>(weights);
  const used = new Set<string>();
  for (const { name, from, to, transposed } of targeted(denseLayers(architecture, head), targets)) {
    const weight = weights.get(`${name}.weight`);
    const a = expected(tensors, `${name}.lora_A.weight`, [rank, from]);
    const b = expected(tensors, `${name}.lora_B.weight`, [to, rank]);
    if (!weight) throw new Error(`the model has no weight ${name}.weight`);
    merged.set(`${name}.weight`, {
      dtype: "float32",
      shape: weight.shape,
      async *pieces() {
        const { data } = await readFloat32(name, weight);
        yield updated(data, a, b, { rank, from, to, scale: alpha / rank, transposed });
      },
    });
    for (const part of ["lora_A", "lora_B"]) used.add(`${name}.${part}.weight`);
  }
  for (const [name, tensor] of tensors) {
    if (used.has(name)) continue;
    const whole = inMemory(tensor);
    if (!weights.has(name) || !(isFloat32(whole) || isFloat16(whole))) {
      throw new Error(`the adapter has ${name}, the model has not. Name the model that was adapted.`);
    }
    merged.set(name, whole);
  }
  return merged;
}

function expected(tensors: ReadonlyMap<string, Tensor>, name: string, shape: readonly number[]): Tensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`the adapter has no ${name}. Name an adapter of this model.`);
  if (`${tensor.shape}` !== `${shape}`) {
    throw new Error(
      `${name} is [${tensor.shape}], the model asks for [${shape}]. Name an adapter of this model.`,
    );
  }
  return tensor;
}

interface Update {
  readonly rank: number;
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly transposed: boolean;
}

/** W + scale · B A, row by row. */
function updated(w: Float32Array, a: Tensor, b: Tensor, update: Update): Float32Array {
  const { rank, from, to, scale, transposed } = update;
  const sum = new Float32Array(w);
  const row = new Float64Array(from);
  for (let j = 0; j < to; j++) {
    row.fill(0);
    for (let k = 0; k < rank; k++) {
      const factor = scale * Number(b.data[j * rank + k]);
      for (let i = 0; i < from; i++) row[i] = (row[i] ?? 0) + factor * Number(a.data[k * from + i]);
    }
    for (let i = 0; i < from; i++) {
      const at = transposed ? i * to + j : j * from + i;
      sum[at] = (w[at] ?? 0) + (row[i] ?? 0);
    }
  }
  return sum;
}
