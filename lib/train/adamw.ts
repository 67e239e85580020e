/** AdamW with clipping by the global norm. @module */

import type { Tensor } from "../onnx/tensor.ts";

/** The settings of AdamW, by PyTorch's names and defaults where it has them. */
export interface AdamWOptions {
  /** Decay rates of the two moments. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** Decoupled weight decay; biases and normalisation weights have none. Default 0.01. */
  readonly weightDecay?: number;
  /** The norm that all gradients together are scaled down to. Default 1. */
  readonly clipNorm?: number;
}

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019), as `torch.optim.AdamW` computes it, after
 * `clip_grad_norm_` (a gradient is scaled by clipNorm / (norm + 1e-6) where that is below 1).
 * Arithmetic is in float64, moments and parameters are kept in float32.
 *
 * @example
 * ```ts
 * import { AdamW } from "./adamw.ts";
 * import { ok } from "node:assert/strict";
 * const weight = { dtype: "float32", shape: [2], data: Float32Array.of(1, -1) } as const;
 * const optimizer = new AdamW(new Map([["dense.weight", weight]]));
 * optimizer.step(new Map([["dense.weight", { ...weight, data: Float32Array.of(0.5, 0) }]]), 0.1);
 * ok((weight.data[0] ?? 1) < 1);
 * ```
 */
export class AdamW {
  readonly #parameters: ReadonlyMap<string, Tensor<"float32">>;
  readonly #moments: ReadonlyMap<string, { first: Float32Array; second: Float32Array }>;
  readonly #options: Required<AdamWOptions>;
  #steps = 0;

  constructor(parameters: ReadonlyMap<string, Tensor<"float32">>, options: AdamWOptions = {}) {
    this.#parameters = parameters;
    this.#moments = new Map([...parameters].map(([name, { data }]) => [name, {
      first: new Float32Array(data.length),
      second: new Float32Array(data.length),
    }]));
    this.#options = { betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01, clipNorm: 1, ...options };
  }

  /**
   * Changes the parameters in place by one step.
   *
   * @returns the norm of all gradients together, before clipping
   * @throws where a gradient is not finite: the parameters are then unchanged
   */
  step(gradients: ReadonlyMap<string, Tensor<"float32">>, learningRate: number): number {
    const norm = Math.sqrt([...gradients.values()].reduce((sum, { data }) => sum + squaredNorm(data), 0));
    if (!Number.isFinite(norm)) {
      throw new Error(`step ${this.#steps + 1}: the gradient's norm is ${norm}. Lower the learning rate.`);
    }
    this.#steps++;
    const { betas: [beta1, beta2], epsilon, weightDecay, clipNorm } = this.#options;
    const scale = Math.min(1, clipNorm / (norm + 1e-6));
    const size = learningRate / (1 - beta1 ** this.#steps);
    const correction = 1 / Math.sqrt(1 - beta2 ** this.#steps);
    for (const [name, { data }] of this.#parameters) {
      const gradient = gradients.get(name);
      const moments = this.#moments.get(name);
      if (!gradient || !moments) throw new Error(`no gradient was given for ${name}`);
      const keep = decays(name) ? 1 - learningRate * weightDecay : 1;
      update(
        data,
        gradient.data,
        moments.first,
        moments.second,
        scale,
        size,
        correction,
        beta1,
        beta2,
        epsilon,
        keep,
      );
    }
    return norm;
  }
}

/** Whether weight decay applies: to matrices, not to biases and normalisation weights. */
function decays(name: string): boolean {
  return !name.endsWith("bias") && !name.includes("LayerNorm");
}

function squaredNorm(data: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const even = data.length - data.length % 4;
  // Four running sums let the processor overlap the additions.
  for (let i = 0; i < even; i += 4) {
    const [w, x, y, z] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0, data[i + 3] ?? 0];
    a += w * w;
    b += x * x;
    c += y * y;
    d += z * z;
  }
  for (let i = even; i < data.length; i++) a += (data[i] ?? 0) ** 2;
  return a + b + c + d;
}

function update(
  parameter: Float32Array,
  gradient: Float32Array,
  first: Float32Array,
  second: Float32Array,
  scale: number,
  size: number,
  correction: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  keep: number,
): void {
  for (let i = 0; i < parameter.length; i++) {
    const g = (gradient[i] ?? 0) * scale;
    const before = first[i] ?? 0;
    const m = before + (1 - beta1) * (g - before);
    const v = beta2 * (second[i] ?? 0) + (1 - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    parameter[i] = (parameter[i] ?? 0) * keep - size * m / (Math.sqrt(v) * correction + epsilon);
  }
}
