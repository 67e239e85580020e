/**
 * Checkpoints in the safetensors format (https://github.com/huggingface/safetensors#format): eight bytes with the header's
 * length, a JSON header, the tensors' bytes without gaps, little-endian.
 *
 * @module
 */

import { writeFile } from "../write_file.ts";
import { readFile } from "../read_file.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { type Checkpoint, decodeSafetensors } from "./safetensors_decode.ts";
import { safetensorsParts, type WriteOptions } from "./safetensors_encode.ts";

/**
 * Reads a whole safetensors file; `openWeights()` of `weights.ts` reads tensor by tensor. Tensors are views into the
 * file's bytes where these are aligned (files of the reference implementation are), copies elsewhere; BF16 is widened to
 * float32, I16 to int32.
 *
 * @throws Error in one line, with file, tensor and value, where the file is missing, truncated or not in the format, or holds
 * another element type
 *
 * @example
 * ```ts
 * import { readSafetensors, writeSafetensors } from "./safetensors.ts";
 * import { deepEqual } from "node:assert/strict";
 * const path = await Deno.makeTempFile();
 * const bias = { dtype: "float32", shape: [2], data: new Float32Array([1, 2]) } as const;
 * await writeSafetensors(path, new Map([["bias", bias]]));
 * deepEqual((await readSafetensors(path)).tensors.get("bias"), bias);
 * await Deno.remove(path);
 * ```
 */
export async function readSafetensors(path: string): Promise<Checkpoint> {
  const bytes = await readFile(path, "Name a model folder that has it");
  return decodeSafetensors(bytes, path);
}

/**
 * Writes a safetensors file beside `path`, then renames it, so that no reader sees a part of it. The same tensors give the same bytes.
 * One tensor at a time is converted to the width that is asked for.
 *
 * @throws Error naming the tensor where its data does not fit its shape or, with `dtype: "float16"`, a value overflows
 *
 * @example See {@linkcode readSafetensors}.
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  options: WriteOptions = {},
): Promise<void> {
  await writeFile(path, ReadableStream.from(safetensorsParts(tensors, options)));
}
