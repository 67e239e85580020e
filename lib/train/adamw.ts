/** AdamW with clipping by the global norm. @module */

import type { Tensor } from "../onnx/tensor.ts";
import { squaredNorm, update } from "./adamw_kernel.ts";

/** The settings of AdamW, by PyTorch's names and defaults where it has them. */
export interface AdamWOptions {
  /** Decay rates of the two moments. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** Decoupled weight decay of matrices; vectors and biases have none. Default 0.01. */
  readonly weightDecay?: number;
  /** The norm that all gradients together are scaled down to. Default 1. */
  readonly clipNorm?: number;
  /**
   * Whether a parameter's steps are in proportion to its root mean square (0.001 at least), as Adafactor's (Shazeer & Stern 2018, section 8):
   * for T5, whose first weights are of very different widths. Default false.
   */
  readonly relativeSteps?: boolean;
}

/** The running means of a parameter's gradient and of its square. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** What an optimizer remembers of the steps so far: with it and the parameters, training goes on as if never stopped. */
export interface AdamWState {
  readonly steps: number;
  readonly moments: ReadonlyMap<string, Moments>;
}

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019), as `torch.optim.AdamW` computes it, after
 * `clip_grad_norm_` (a gradient is scaled by clipNorm / (norm + 1e-6) where that is below 1).
 * Arithmetic is in float32, the gradients' norm is added up in float64.
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
  readonly #moments: ReadonlyMap<string, Moments>;
  readonly #options: Required<AdamWOptions>;
  #steps = 0;

  /**
   * @param from where the steps so far left off; left out, there are none
   * @throws Error naming the parameter whose moments are not there or of another size
   */
  constructor(
    parameters: ReadonlyMap<string, Tensor<"float32">>,
    options: AdamWOptions = {},
    from?: AdamWState,
  ) {
    this.#parameters = parameters;
    this.#options = {
      betas: options.betas ?? [0.9, 0.999],
      epsilon: options.epsilon ?? 1e-8,
      weightDecay: options.weightDecay ?? 0.01,
      clipNorm: options.clipNorm ?? 1,
      relativeSteps: options.relativeSteps ?? false,
    };
    this.#steps = from?.steps ?? 0;
    this.#moments = new Map([...parameters].map(([name, { data }]) => {
      const known = from?.moments.get(name);
      if (from && (known?.first.length !== data.length || known.second.length !== data.length)) {
        throw new Error(`no moments of ${data.length} numbers for ${name}. Begin anew.`);
      }
      return [name, {
        first: known?.first.slice() ?? new Float32Array(data.length),
        second: known?.second.slice() ?? new Float32Array(data.length),
      }];
    }));
  }

  /** What {@linkcode AdamW} goes on from; the arrays change with the next step. */
  get state(): AdamWState {
    return { steps: this.#steps, moments: this.#moments };
  }

  /**
   * Changes the parameters in place by one step. One without a gradient stays as it is, as in PyTorch.
   *
   * @param norm of all gradients together, where it is known already
   * @returns that norm, before clipping
   * @throws where a gradient is not finite: the parameters are then unchanged
   */
  step(
    gradients: ReadonlyMap<string, Tensor<"float32">>,
    learningRate: number,
    norm = gradientNorm(gradients),
  ): number {
    if (!Number.isFinite(norm)) {
      throw new Error(`step ${this.#steps + 1}: the gradient's norm is ${norm}. Lower the learning rate.`);
    }
    this.#steps++;
    const { betas, epsilon, weightDecay, clipNorm, relativeSteps } = this.#options;
    const [beta1, beta2] = betas;
    const factors = {
      ...{ betas, epsilon },
      scale: Math.min(1, clipNorm / (norm + 1e-6)),
      size: learningRate / (1 - beta1 ** this.#steps),
      correction: 1 / Math.sqrt(1 - beta2 ** this.#steps),
    };
    for (const [name, { data, shape }] of this.#parameters) {
      const gradient = gradients.get(name);
      const moments = this.#moments.get(name);
      if (!gradient || !moments) continue; // moments are there for every parameter
      const keep = decays(name, shape) ? 1 - learningRate * weightDecay : 1;
      const size = factors.size * (relativeSteps ? rootMeanSquare(data) : 1);
      update(data, gradient.data, moments.first, moments.second, { ...factors, size, keep });
    }
    return norm;
  }
}

function rootMeanSquare(data: Float32Array): number {
  return Math.max(1e-3, Math.sqrt(squaredNorm(data) / data.length));
}

/** Whether weights decay: as in Python's trainer, matrices that are no biases (T5 has some of its positions). */
function decays(name: string, shape: readonly number[]): boolean {
  return shape.length > 1 && !name.includes("bias");
}

/** The Euclidean norm of all gradients together. */
export function gradientNorm(gradients: ReadonlyMap<string, Tensor<"float32">>): number {
  return Math.sqrt([...gradients.values()].reduce((sum, { data }) => sum + squaredNorm(data), 0));
}
