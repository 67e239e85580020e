/** Safetensors files whose tensors are read one by one. @module */

import { sizeOf } from "../onnx/tensor.ts";
import { diskFile } from "./disk_file.ts";
import { checkReadable, tensorOf } from "./element_type.ts";
import { readPieces } from "./read_pieces.ts";
import { headerLength, parseHeader } from "./safetensors_header.ts";
import type { StoredTensor } from "./stored_tensor.ts";

const LFS = "version https://git-lfs";

/**
 * Opens a safetensors file: reads and checks its header, and no tensor.
 *
 * @returns its tensors by name, in the order of their bytes
 * @throws {Error} in one line, with file, tensor and value, where the file is missing, truncated or not in the format
 *
 * @example
 * ```ts
 * import { openSafetensors } from "./safetensors_open.ts";
 * import { writeSafetensors } from "./safetensors.ts";
 * import { deepEqual } from "node:assert/strict";
 * const path = await Deno.makeTempFile();
 * const bias = { dtype: "float32", shape: [2], data: new Float32Array([1, 2]) } as const;
 * await writeSafetensors(path, new Map([["bias", bias]]));
 * deepEqual(await (await openSafetensors(path)).get("bias")?.read(), bias);
 * ```
 */
export async function openSafetensors(path: string): Promise<Map<string, StoredTensor>> {
  const disk = await diskFile(path, "Name a model folder that has it");
  const first = await disk.read(0, Math.min(disk.size, LFS.length));
  if (new TextDecoder().decode(first) === LFS) {
    throw new Error(`${path}: a pointer of Git LFS, not the weights. Fetch them: git lfs pull.`);
  }
  const length = headerLength(first.subarray(0, 8), disk.size, path);
  const { entries } = parseHeader(await disk.read(8, length), disk.size, path);
  return new Map(entries.map(({ name, dtype, shape, start, end }) => [name, {
    dtype,
    shape,
    file: path,
    async read() {
      checkReadable(dtype, `${path}: ${name}`);
      return tensorOf(dtype, shape, await disk.read(start, end - start), `${path}: ${name}`);
    },
    pieces: () => readPieces(disk, dtype, start, sizeOf(shape), `${path}: ${name}`),
  }]));
}
