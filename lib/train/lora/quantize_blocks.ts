/** Weights as blocks of small whole numbers. @module */

import { sizeOf, type Tensor } from "../../onnx/tensor.ts";
import type { LazyTensor } from "../../onnx/tensor_source.ts";

/** How weights are stored in blocks. */
export interface BlockFormat {
  readonly bits: 4 | 8;
  /** Numbers of a row that share a scale: 16, 32, 64, 128 or 256. */
  readonly blockSize: number;
}

/** A weight in blocks, as ONNX Runtime's MatMulNBits takes it. */
export interface QuantizedBlocks {
  /** uint8 (rows, blocks a row, bytes a block); of 4 bits two a byte, the lower half first. */
  readonly values: LazyTensor<"uint8">;
  /** float32 (rows · blocks a row). */
  readonly scales: LazyTensor<"float32">;
}

/**
 * Quantises a weight (rows, columns) block by block along its rows, symmetrically: w ≈ scale · (q − 2^(bits − 1)). The number of
 * the largest magnitude gets the end of the range that has one step more, as ONNX Runtime's own quantiser does it.
 * Computed when it is read, the weight being read twice if the scales are asked for by themselves.
 *
 * @param transposed whether the weight is stored (columns, rows)
 * @throws Error where the columns are not whole blocks
 *
 * @example
 * ```ts
 * import { inMemory } from "../../onnx/tensor_source.ts";
 * import { quantizeBlocks } from "./quantize_blocks.ts";
 * import { deepEqual } from "node:assert/strict";
 * const data = Float32Array.from({ length: 16 }, (_, i) => -i);
 * const weight = inMemory({ dtype: "float32", shape: [1, 16], data });
 * const { scales } = quantizeBlocks(weight, { bits: 4, blockSize: 16 });
 * deepEqual(await Array.fromAsync(scales.pieces()), [Float32Array.of(15 / 8)]);
 * ```
 */
export function quantizeBlocks(
  weight: LazyTensor<"float32">,
  format: BlockFormat,
  transposed = false,
): QuantizedBlocks {
  const [rows = 0, columns = 0] = transposed ? weight.shape.toReversed() : weight.shape;
  const { bits, blockSize } = format;
  const blocks = columns / blockSize;
  if (!Number.isInteger(blocks)) throw new Error(`${columns} columns are not whole blocks of ${blockSize}`);
  let known: Float32Array | undefined;
  const compute = async () => {
    const read = await whole(weight);
    const quantized = inBlocks(transposed ? turned(read, columns, rows) : read, format);
    known = quantized.scales;
    return quantized;
  };
  return {
    values: {
      dtype: "uint8",
      shape: [rows, blocks, blockSize * bits / 8],
      async *pieces() {
        yield (await compute()).values;
      },
    },
    scales: {
      dtype: "float32",
      shape: [rows * blocks],
      async *pieces() {
        yield known ?? (await compute()).scales;
      },
    },
  };
}

/** What the blocks stand for, (rows, columns): for merging, and for tests. */
export function dequantizeBlocks(
  values: Tensor<"uint8">,
  scales: Tensor<"float32">,
  { bits, blockSize }: BlockFormat,
): Tensor<"float32"> {
  const [rows = 0, blocks = 0] = values.shape;
  const data = new Float32Array(rows * blocks * blockSize);
  const zero = 2 ** (bits - 1);
  for (let i = 0; i < data.length; i++) {
    const byte = values.data[bits === 8 ? i : i >> 1] ?? 0;
    const q = bits === 8 ? byte : i % 2 === 0 ? byte & 15 : byte >> 4;
    data[i] = (q - zero) * (scales.data[Math.floor(i / blockSize)] ?? 0);
  }
  return { dtype: "float32", shape: [rows, blocks * blockSize], data };
}

function inBlocks(data: Float32Array, { bits, blockSize }: BlockFormat) {
  const [zero, last] = [2 ** (bits - 1), 2 ** bits - 1];
  const scales = new Float32Array(data.length / blockSize);
  const values = new Uint8Array(data.length * bits / 8);
  for (let block = 0; block < scales.length; block++) {
    const start = block * blockSize;
    let [least, most] = [0, 0];
    for (let i = start; i < start + blockSize; i++) {
      const x = data[i] ?? 0;
      if (x < least) least = x;
      if (x > most) most = x;
    }
    const scale = Math.fround((most > -least ? most : least) / -zero);
    scales[block] = scale;
    const inverse = scale === 0 ? 0 : 1 / scale;
    for (let i = start; i < start + blockSize; i++) {
      const q = Math.min(last, Math.max(0, Math.round((data[i] ?? 0) * inverse) + zero));
      if (bits === 8) values[i] = q;
      else values[i >> 1] = (values[i >> 1] ?? 0) | (i % 2 === 0 ? q : q << 4);
    }
  }
  return { values, scales };
}

async function whole(tensor: LazyTensor<"float32">): Promise<Float32Array> {
  const data = new Float32Array(sizeOf(tensor.shape));
  let at = 0;
  for await (const piece of tensor.pieces()) {
    if (piece.length === data.length) return piece;
    data.set(piece, at);
    at += piece.length;
  }
  return data;
}

/** A matrix (rows, columns) with its axes exchanged, in tiles, so that both sides stay in the processor's cache. */
function turned(data: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length);
  const tile = 32;
  for (let top = 0; top < rows; top += tile) {
    for (let left = 0; left < columns; left += tile) {
      const [bottom, right] = [Math.min(rows, top + tile), Math.min(columns, left + tile)];
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          result[column * rows + row] = data[row * columns + column] ?? 0;
        }
      }
    }
  }
  return result;
}
