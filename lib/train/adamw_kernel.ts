/**
 * The arithmetic of an optimizer's step over large arrays, by vector instructions (WebAssembly). Arrays go through a small
 * piece of memory part by part: it stays in the processor's cache, so that the detour costs little.
 *
 * @module
 */

import { memory, squaredNorm as squaredNormOf, update as updateOf } from "./adamw.wasm";

/** Numbers of an array in one part: a quarter of the memory. */
const PART = memory.buffer.byteLength / 16;

const part = (i: number) => new Float32Array(memory.buffer, 4 * PART * i, PART);
const parameters = part(0);
const gradients = part(1);
const firsts = part(2);
const seconds = part(3);

/** The numbers of AdamW's update that are the same for all of a parameter's elements. */
export interface AdamWFactors {
  /** What the gradient is multiplied by first. */
  readonly scale: number;
  readonly betas: readonly [number, number];
  /** The learning rate, corrected for the first moment's start at 0. */
  readonly size: number;
  /** 1 / √(1 − β₂ᵗ), for the second moment's. */
  readonly correction: number;
  readonly epsilon: number;
  /** What the parameter is multiplied by: below 1 where weights decay. */
  readonly keep: number;
}

/**
 * One step of AdamW on a parameter and its moments, in place. Arithmetic is in float32, as PyTorch's is; the same numbers
 * come out on every machine.
 *
 * @example
 * ```ts
 * import { update } from "./adamw_kernel.ts";
 * import { ok } from "node:assert/strict";
 * const parameter = Float32Array.of(1, 1);
 * const factors = { scale: 1, betas: [0.9, 0.999], size: 0.1, correction: 1, epsilon: 1e-8, keep: 1 } as const;
 * update(parameter, Float32Array.of(0.5, 0), new Float32Array(2), new Float32Array(2), factors);
 * ok((parameter[0] ?? 1) < 1 && parameter[1] === 1);
 * ```
 */
export function update(
  parameter: Float32Array,
  gradient: Float32Array,
  first: Float32Array,
  second: Float32Array,
  { scale, betas: [beta1, beta2], size, correction, epsilon, keep }: AdamWFactors,
): void {
  for (let start = 0; start < parameter.length; start += PART) {
    const end = Math.min(start + PART, parameter.length);
    parameters.set(parameter.subarray(start, end));
    gradients.set(gradient.subarray(start, end));
    firsts.set(first.subarray(start, end));
    seconds.set(second.subarray(start, end));
    const count = end - start;
    updateOf(
      ...[parameters.byteOffset, gradients.byteOffset, firsts.byteOffset, seconds.byteOffset] as const,
      ...[bytesFor(count), scale, 1 - beta1, beta2, 1 - beta2, size, correction, epsilon, keep] as const,
    );
    parameter.set(parameters.subarray(0, count), start);
    first.set(firsts.subarray(0, count), start);
    second.set(seconds.subarray(0, count), start);
  }
}

/** The sum of an array's squares, added up in float64. */
export function squaredNorm(data: Float32Array): number {
  let sum = 0;
  for (let start = 0; start < data.length; start += PART) {
    const numbers = data.subarray(start, start + PART);
    gradients.set(numbers);
    gradients.fill(0, numbers.length, bytesFor(numbers.length) / 4); // what the last vector holds beyond the array
    sum += squaredNormOf(gradients.byteOffset, bytesFor(numbers.length));
  }
  return sum;
}

/** Whole vectors of four numbers. */
function bytesFor(count: number): number {
  return 16 * Math.ceil(count / 4);
}
