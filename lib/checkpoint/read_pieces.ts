/** Reading tensors that are larger than memory. @module */

import type { Tensor } from "../onnx/tensor.ts";
import type { DiskFile } from "./disk_file.ts";
import { bytesEach, checkReadable, tensorOf } from "./element_type.ts";

const PIECE = 2 ** 20; // elements

/**
 * The elements that lie row-major and without gaps from byte `start`, some at a time, as {@linkcode tensorOf} gives them.
 *
 * @param where file and tensor, for the error message
 * @throws {Error} where the type is one that nothing here computes with
 *
 * @example
 * ```ts
 * import { diskFile } from "./disk_file.ts";
 * import { readPieces } from "./read_pieces.ts";
 * import { deepEqual } from "node:assert/strict";
 * const path = await Deno.makeTempFile();
 * await Deno.writeFile(path, Uint8Array.of(9, 0x80, 0x3f));
 * const pieces = readPieces(await diskFile(path), "bfloat16", 1, 1, "x");
 * deepEqual(await Array.fromAsync(pieces), [Float32Array.of(1)]);
 * ```
 */
export async function* readPieces(
  disk: DiskFile,
  dtype: string,
  start: number,
  elements: number,
  where: string,
): AsyncIterable<Tensor["data"]> {
  checkReadable(dtype, where);
  const each = bytesEach(dtype);
  for (let from = 0; from < elements; from += PIECE) {
    const count = Math.min(PIECE, elements - from);
    yield tensorOf(dtype, [count], await disk.read(start + from * each, count * each), where).data;
  }
}
