/** Weight matrices as whole numbers of eight bits. @module */

import type { LazyTensor } from "./tensor_source.ts";

const LARGEST = 127; // −128 is left out, so that the numbers lie evenly around 0
const TINY = 2 ** -126; // the smallest normal float32: a scale below it is 1, all its numbers being 0

/** Adding and taking away 1.5 · 2²³ rounds a small float32 to the nearest whole number, ties to even. */
const ROUNDING = 12_582_912;

/** A matrix w (rows, columns) as int8 q with w ≈ q · scale, one scale a channel. */
export interface QuantizedWeight {
  readonly values: LazyTensor<"int8">;
  readonly scales: LazyTensor<"float32">;
}

/**
 * Quantises a matrix symmetrically, a channel for itself: scale = max |w| / 127, q = w / scale rounded, ties to even. The
 * same numbers as `quantize_dynamic(per_channel=True)` of Python's onnxruntime. Computed as it is read: the matrix is read
 * once for the scales and once for the values.
 *
 * @param axis the axis whose every index is a channel: 0 for rows, 1 for columns
 *
 * @example
 * ```ts
 * import { quantizeWeight } from "./quantize_weight.ts";
 * import { inMemory } from "./tensor_source.ts";
 * import { deepEqual } from "node:assert/strict";
 * const w = inMemory({ dtype: "float32", shape: [2, 2], data: Float32Array.of(127, -3, 0.5, 1) });
 * const { values, scales } = quantizeWeight(w, 0);
 * deepEqual(await Array.fromAsync(values.pieces()), [Int8Array.of(127, -3, 64, 127)]);
 * deepEqual(await Array.fromAsync(scales.pieces()), [Float32Array.of(1, 1 / 127)]);
 * ```
 */
export function quantizeWeight(weight: LazyTensor<"float32">, axis: 0 | 1): QuantizedWeight {
  const [rows = 0, columns = 0] = weight.shape;
  let known: Promise<Float32Array> | undefined;
  const scales = () => known ??= channelScales(weight, axis);
  return {
    scales: {
      dtype: "float32",
      shape: [axis === 0 ? rows : columns],
      async *pieces() {
        yield await scales();
      },
    },
    values: {
      dtype: "int8",
      shape: weight.shape,
      async *pieces() {
        const divisors = await scales();
        let start = 0;
        for await (const piece of weight.pieces()) {
          yield quantized(piece, start, columns, axis, divisors);
          start += piece.length;
        }
      },
    },
  };
}

/** A matrix with its axes exchanged; the whole of it is in memory while it is read. */
export function transposed(matrix: LazyTensor<"int8">): LazyTensor<"int8"> {
  const [rows = 0, columns = 0] = matrix.shape;
  return {
    dtype: "int8",
    shape: [columns, rows],
    async *pieces() {
      const result = new Int8Array(rows * columns);
      let row = 0;
      let column = 0;
      for await (const piece of matrix.pieces()) {
        for (let i = 0; i < piece.length; i++) {
          result[column * rows + row] = piece[i] ?? 0;
          if (++column === columns) [row, column] = [row + 1, 0];
        }
      }
      yield result;
    },
  };
}

async function channelScales(weight: LazyTensor<"float32">, axis: 0 | 1): Promise<Float32Array> {
  const [rows = 0, columns = 0] = weight.shape;
  const scales = new Float32Array(axis === 0 ? rows : columns);
  let start = 0;
  for await (const piece of weight.pieces()) {
    eachRow(piece.length, start, columns, (from, to, row, column) => {
      for (let i = from; i < to; i++) {
        const channel = axis === 0 ? row : column + i - from;
        const size = Math.abs(piece[i] ?? 0);
        if (size > (scales[channel] ?? 0)) scales[channel] = size;
      }
    });
    start += piece.length;
  }
  return scales.map((largest) => largest / LARGEST < TINY ? 1 : largest / LARGEST);
}

function quantized(
  piece: Float32Array,
  start: number,
  columns: number,
  axis: 0 | 1,
  scales: Float32Array,
): Int8Array {
  const result = new Int8Array(piece.length);
  eachRow(piece.length, start, columns, (from, to, row, column) => {
    for (let i = from; i < to; i++) {
      const ratio = Math.fround((piece[i] ?? 0) / (scales[axis === 0 ? row : column + i - from] ?? 1));
      result[i] = Math.fround(ratio + ROUNDING) - ROUNDING;
    }
  });
  return result;
}

/** Calls `visit` for the part of every row that lies in a piece, with its place in the piece and in the matrix. */
function eachRow(
  length: number,
  start: number,
  columns: number,
  visit: (from: number, to: number, row: number, column: number) => void,
): void {
  for (let from = 0; from < length;) {
    const column = (start + from) % columns;
    const to = Math.min(length, from + columns - column);
    visit(from, to, (start + from - column) / columns, column);
    from = to;
  }
}
