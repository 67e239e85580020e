/** Element types as checkpoints store them, and what becomes of them in memory. @module */

import { type ArrayOf, type DType, type Tensor } from "../onnx/tensor.ts";
import { widenBfloat16 } from "./float.ts";

/** Bytes an element, by the names that PyTorch gives the types. */
const BYTES = {
  float32: 4,
  float16: 2,
  bfloat16: 2,
  float64: 8,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
} as const;

/** Types that files may hold beside others, but that nothing here computes with. */
const UNREADABLE: ReadonlyMap<string, number> = new Map([
  ["uint16", 2],
  ["uint32", 4],
  ["uint64", 8],
  ["float8_e4m3fn", 1],
  ["float8_e4m3fnuz", 1],
  ["float8_e5m2", 1],
  ["float8_e5m2fnuz", 1],
  ["float8_e8m0fnu", 1],
  ["complex64", 8],
  ["complex128", 16],
]);

/** An element type that {@linkcode tensorOf} reads. */
export type ElementType = keyof typeof BYTES;

/**
 * Bytes that one element takes; undefined for a type that nobody here has heard of.
 *
 * @example
 * ```ts
 * import { bytesEach } from "./element_type.ts";
 * import { equal } from "node:assert/strict";
 * equal(bytesEach("bfloat16"), 2);
 * ```
 */
export function bytesEach(dtype: ElementType): 1 | 2 | 4 | 8;
export function bytesEach(dtype: string): number | undefined;
export function bytesEach(dtype: string): number | undefined {
  return isReadable(dtype) ? BYTES[dtype] : UNREADABLE.get(dtype);
}

/**
 * Refuses an element type that {@linkcode tensorOf} does not read, before its bytes are read.
 *
 * @param where file and tensor, for the error message
 * @throws {Error} for such a type, such as a float8
 */
export function checkReadable(dtype: string, where: string): asserts dtype is ElementType {
  if (isReadable(dtype)) return;
  throw new Error(
    `${where}: element type ${dtype} is not supported. Convert it to one of ${
      Object.keys(BYTES).join(", ")
    }.`,
  );
}

/**
 * The tensor that row-major little-endian bytes hold: a view of them where they are aligned, a copy elsewhere. Two types that
 * have none of their own in memory go into one that holds them exactly: bfloat16 into float32, int16 into int32.
 *
 * @param bytes exactly as many as `shape` takes
 * @param where file and tensor, for the error message
 * @throws {Error} where the type is none of these, such as a float8
 *
 * @example
 * ```ts
 * import { tensorOf } from "./element_type.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(tensorOf("int16", [1], Uint8Array.of(0xfe, 0xff), "x").data, Int32Array.of(-2));
 * ```
 */
export function tensorOf(
  dtype: string,
  shape: readonly number[],
  bytes: Uint8Array,
  where: string,
): Tensor {
  checkReadable(dtype, where);
  const aligned = bytes.byteOffset % BYTES[dtype] === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = aligned;
  const count = bytes.length / BYTES[dtype];
  const of = <T extends DType>(dtype: T, data: ArrayOf[T]): Tensor<T> => ({ dtype, shape, data });
  switch (dtype) {
    case "float32":
      return of("float32", new Float32Array(buffer, byteOffset, count));
    case "float16":
      return of("float16", new Float16Array(buffer, byteOffset, count));
    case "bfloat16":
      return of("float32", widenBfloat16(new Uint16Array(buffer, byteOffset, count)));
    case "float64":
      return of("float64", new Float64Array(buffer, byteOffset, count));
    case "int64":
      return of("int64", new BigInt64Array(buffer, byteOffset, count));
    case "int32":
      return of("int32", new Int32Array(buffer, byteOffset, count));
    case "int16":
      return of("int32", new Int32Array(new Int16Array(buffer, byteOffset, count)));
    case "int8":
      return of("int8", new Int8Array(buffer, byteOffset, count));
    case "uint8":
      return of("uint8", aligned);
    case "bool":
      return of("bool", aligned);
  }
}

function isReadable(dtype: string): dtype is ElementType {
  return Object.hasOwn(BYTES, dtype);
}
