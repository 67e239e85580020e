/** Sequences of different lengths as one padded array. @module */

import type { Tensor } from "../onnx/tensor.ts";

/**
 * `input_ids` and `attention_mask` (sequences, longest) of a batch of piece ids.
 *
 * @param side where shorter sequences are padded; decoders that write want their last pieces in one column
 *
 * @example
 * ```ts
 * import { padded } from "./batch.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(padded([[5, 6], [7]], 0).attention_mask.data, BigInt64Array.of(1n, 1n, 1n, 0n));
 * ```
 */
export function padded(
  sequences: readonly (readonly number[])[],
  padId: number,
  side: "left" | "right" = "right",
): { input_ids: Tensor<"int64">; attention_mask: Tensor<"int64"> } {
  const longest = Math.max(...sequences.map(({ length }) => length));
  const shape = [sequences.length, longest];
  const ids = new BigInt64Array(sequences.length * longest).fill(BigInt(padId));
  const mask = new BigInt64Array(sequences.length * longest);
  sequences.forEach((sequence, row) => {
    const start = row * longest + (side === "left" ? longest - sequence.length : 0);
    sequence.forEach((id, i) => {
      ids[start + i] = BigInt(id);
      mask[start + i] = 1n;
    });
  });
  return {
    input_ids: { dtype: "int64", shape, data: ids },
    attention_mask: { dtype: "int64", shape, data: mask },
  };
}
