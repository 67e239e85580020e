/** Floating-point tensors from one width to another. @module */

import type { Tensor } from "../onnx/tensor.ts";

/**
 * The tensor in float32. Exact from float16, whose values are float32 values; rounded to the nearest from float64. A float32
 * tensor comes back with the same data, not a copy.
 *
 * @param name for the error message
 * @throws Error where the tensor holds whole numbers or booleans
 *
 * @example
 * ```ts
 * import { float32 } from "./float.ts";
 * import { deepEqual } from "node:assert/strict";
 * const half = { dtype: "float16", shape: [2], data: new Float16Array([0.5, -2]) } as const;
 * deepEqual(float32(half).data, new Float32Array([0.5, -2]));
 * ```
 */
export function float32({ dtype, shape, data }: Tensor, name = "tensor"): Tensor<"float32"> {
  if (data instanceof Float32Array) return { dtype: "float32", shape, data };
  if (data instanceof Float16Array || data instanceof Float64Array) {
    return { dtype: "float32", shape, data: new Float32Array(data) };
  }
  throw notFloating(name, dtype);
}

/**
 * The tensor in float16, each value rounded to the nearest, ties to even. Infinities and NaN stay what they are, values below
 * half of the least subnormal (3e-8) become 0.
 *
 * @param name for the error message
 * @throws Error where a finite value is too large for float16 (it would round to infinity: from ±65,520 on), or where the tensor
 * holds whole numbers or booleans
 *
 * @example
 * ```ts
 * import { float16 } from "./float.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * const tensor = (value: number) => ({ dtype: "float32", shape: [1], data: new Float32Array([value]) }) as const;
 * deepEqual(float16(tensor(1 / 3)).data, new Float16Array([0.333251953125]));
 * throws(() => float16(tensor(1e5), "bias"), /bias: value 100000 at element 0 overflows float16/);
 * ```
 */
export function float16({ dtype, shape, data }: Tensor, name = "tensor"): Tensor<"float16"> {
  if (data instanceof Float16Array) return { dtype: "float16", shape, data };
  if (!(data instanceof Float32Array)) throw notFloating(name, dtype);
  const half = new Float16Array(data);
  for (let i = 0; i < half.length; i++) {
    if (Math.abs(half[i] ?? 0) === Infinity && Math.abs(data[i] ?? 0) !== Infinity) {
      throw new Error(
        `${name}: value ${data[i]} at element ${i} overflows float16 (largest 65504). Write it as float32.`,
      );
    }
  }
  return { dtype: "float16", shape, data: half };
}

/** bfloat16 bit patterns as float32, exactly: they are float32's upper halves. */
export function widenBfloat16(bits: Uint16Array): Float32Array {
  const wide = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) wide[i] = (bits[i] ?? 0) << 16;
  return new Float32Array(wide.buffer);
}

function notFloating(name: string, dtype: string): Error {
  return new Error(`${name}: holds ${dtype}, not floating-point numbers. Leave it as it is.`);
}
