/** Bytes in the safetensors format → tensors. @module */

import type { Tensor } from "../onnx/tensor.ts";
import { tensorOf } from "./element_type.ts";
import { headerLength, parseHeader } from "./safetensors_header.ts";

/** What a safetensors file holds. */
export interface Checkpoint {
  /** By name, in the order of their bytes in the file. */
  readonly tensors: Map<string, Tensor>;
  /** Free text pairs; `{format: "pt"}` is what Python's transformers asks for. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * What the bytes of a safetensors file hold; as `readSafetensors()`.
 *
 * @param file for error messages
 *
 * @example
 * ```ts
 * import { decodeSafetensors } from "./safetensors_decode.ts";
 * import { encodeSafetensors } from "./safetensors_encode.ts";
 * import { equal } from "node:assert/strict";
 * equal(decodeSafetensors(encodeSafetensors(new Map())).metadata.format, "pt");
 * ```
 */
export function decodeSafetensors(bytes: Uint8Array, file = "safetensors"): Checkpoint {
  const length = headerLength(bytes.subarray(0, 8), bytes.length, file);
  const { entries, metadata } = parseHeader(bytes.subarray(8, 8 + length), bytes.length, file);
  const tensors = new Map(entries.map(({ name, dtype, shape, start, end }) => [
    name,
    tensorOf(dtype, shape, bytes.subarray(start, end), `${file}: ${name}`),
  ]));
  return { tensors, metadata };
}
