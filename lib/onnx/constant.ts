/** Arithmetic on constants, as far as shapes depend on it: exact operations on small arrays, before the graph runs. @module */

import { broadcastShape } from "./broadcast.ts";
import { type DType, sizeOf, type Tensor } from "./tensor.ts";

/** Places in an array, an index an axis. */
type Place = readonly number[];

const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;

/** The elements as plain numbers. Whole numbers beyond 2⁵³ lose digits; the ends of int64 come back as they were. */
export function numbersOf({ data }: Tensor): number[] {
  return data instanceof BigInt64Array ? Array.from(data, Number) : Array.from(data);
}

/**
 * A tensor of plain numbers, each rounded to what the element type can hold: to the nearest float, towards zero for whole
 * numbers, which end at the type's limits.
 *
 * @example
 * ```ts
 * import { constant } from "./constant.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(constant("int64", [2], [-1.5, Infinity]).data, BigInt64Array.of(-1n, 2n ** 63n - 1n));
 * ```
 */
export function constant(dtype: DType, shape: readonly number[], numbers: readonly number[]): Tensor {
  switch (dtype) {
    case "float64":
      return { dtype, shape, data: Float64Array.from(numbers) };
    case "float32":
      return { dtype, shape, data: Float32Array.from(numbers) };
    case "float16":
      return { dtype, shape, data: Float16Array.from(numbers) };
    case "int64":
      return { dtype, shape, data: BigInt64Array.from(numbers, int64) };
    case "int32":
      return { dtype, shape, data: Int32Array.from(numbers) };
    case "int8":
      return { dtype, shape, data: Int8Array.from(numbers) };
    case "uint8":
      return { dtype, shape, data: Uint8Array.from(numbers) };
    case "bool":
      return { dtype, shape, data: Uint8Array.from(numbers, (x) => x === 0 ? 0 : 1) };
  }
}

function int64(x: number): bigint {
  if (Number.isNaN(x)) return LEAST; // as processors convert it
  if (Math.abs(x) >= 2 ** 63) return x < 0 ? LEAST : GREATEST;
  return BigInt(Math.trunc(x));
}

/** All places of a shape, in row-major order. The same array is given out each time. */
function* placesOf(shape: readonly number[]): Iterable<Place> {
  const place = shape.map(() => 0);
  for (let left = sizeOf(shape); left > 0; left--) {
    yield place;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      place[axis] = next < (shape[axis] ?? 0) ? next : 0;
      if (next < (shape[axis] ?? 0)) break;
    }
  }
}

/** The position of a place in row-major order; an axis of size 1 is stretched, axes in front of the shape's are left out. */
function positionIn(shape: readonly number[], place: Place): number {
  const lead = place.length - shape.length;
  return shape.reduce((sum, size, axis) => sum * size + (size === 1 ? 0 : place[lead + axis] ?? 0), 0);
}

/** An array of a shape whose element at each place is that of x at another place. */
export function moved(x: Tensor, shape: readonly number[], from: (place: Place) => Place): Tensor {
  const numbers = numbersOf(x);
  const taken = Array.from(placesOf(shape), (place) => numbers[positionIn(x.shape, from(place))] ?? 0);
  return constant(x.dtype, shape, taken);
}

/**
 * A function of the elements of arrays that are broadcast to one shape.
 *
 * @example
 * ```ts
 * import { constant, elementwise } from "./constant.ts";
 * import { deepEqual } from "node:assert/strict";
 * const [a, b] = [constant("int32", [2, 1], [1, 2]), constant("int32", [2], [10, 20])];
 * deepEqual(elementwise("int32", [a, b], (x, y) => x + y), constant("int32", [2, 2], [11, 21, 12, 22]));
 * ```
 */
export function elementwise(
  dtype: DType,
  inputs: readonly Tensor[],
  f: (...numbers: number[]) => number,
): Tensor {
  const shape = inputs.reduce<readonly number[]>(
    (shape, input) => broadcastShape(shape, input.shape).map(Number),
    [],
  );
  const operands = inputs.map((input) => ({ shape: input.shape, numbers: numbersOf(input) }));
  const results = Array.from(
    placesOf(shape),
    (place) => f(...operands.map(({ shape, numbers }) => numbers[positionIn(shape, place)] ?? 0)),
  );
  return constant(dtype, shape, results);
}
