/** Tensors that lie in a storage with strides. @module */

/** How elements lie in a run of bytes. */
export interface Strided {
  readonly shape: readonly number[];
  /** Elements from one index of a dimension to the next. */
  readonly strides: readonly number[];
}

/**
 * Whether elements lie in row-major order without gaps. Strides of dimensions of size 1 say nothing.
 *
 * @example
 * ```ts
 * import { isContiguous } from "./read_strided.ts";
 * import { equal } from "node:assert/strict";
 * equal(isContiguous({ shape: [2, 1, 3], strides: [3, 99, 1] }), true);
 * equal(isContiguous({ shape: [2, 3], strides: [1, 2] }), false);
 * ```
 */
export function isContiguous({ shape, strides }: Strided): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] ?? 1;
    if (size !== 1 && strides[axis] !== expected) return size === 0 || shape.includes(0);
    expected *= size;
  }
  return true;
}

/**
 * Elements copied into row-major order.
 *
 * @param bytes from the first element to the last, wherever that lies
 * @param each bytes an element
 *
 * @example
 * ```ts
 * import { rowMajor } from "./read_strided.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(rowMajor(Uint8Array.of(1, 2, 3, 4), 1, { shape: [2, 2], strides: [1, 2] }), Uint8Array.of(1, 3, 2, 4));
 * ```
 */
export function rowMajor(
  bytes: Uint8Array<ArrayBuffer>,
  each: 1 | 2 | 4 | 8,
  { shape, strides }: Strided,
): Uint8Array<ArrayBuffer> {
  const target = new Uint8Array(shape.reduce((product, size) => product * size, each));
  const Words = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: Uint32Array }[each];
  const from = new Words(bytes.buffer, bytes.byteOffset, bytes.length / Words.BYTES_PER_ELEMENT);
  const to = new Words(target.buffer);
  const words = each / Words.BYTES_PER_ELEMENT; // an element
  let next = 0;
  const walk = (axis: number, first: number) => {
    const [size = 1, stride = 1] = [shape[axis], strides[axis]];
    for (let i = 0, at = first; i < size; i++, at += stride * words) {
      if (axis + 1 < shape.length) walk(axis + 1, at);
      else for (let word = 0; word < words; word++) to[next++] = from[at + word] ?? 0;
    }
  };
  walk(0, 0);
  return target;
}
