/** Arrays with a shape: what checkpoints hold and what the runtime takes and gives. @module */

/** The element types that this project stores and computes with, by ONNX's and safetensors' common names. */
export interface ArrayOf {
  float64: Float64Array;
  float32: Float32Array;
  float16: Float16Array;
  int64: BigInt64Array;
  int32: Int32Array;
  int8: Int8Array;
  uint8: Uint8Array;
  bool: Uint8Array;
}

export type DType = keyof ArrayOf;

/** A dense tensor in row-major order; `data.length` is the product of `shape`. */
export interface Tensor<T extends DType = DType> {
  readonly dtype: T;
  readonly shape: readonly number[];
  readonly data: ArrayOf[T];
}

/**
 * The number of elements of a shape.
 *
 * @example
 * ```ts
 * import { sizeOf } from "./tensor.ts";
 * import { equal } from "node:assert/strict";
 * equal(sizeOf([2, 3]), 6);
 * equal(sizeOf([]), 1);
 * ```
 */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, dim) => size * dim, 1);
}
