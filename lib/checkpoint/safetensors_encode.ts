/** Tensors → bytes in the safetensors format. @module */

import { type DType, sizeOf, type Tensor } from "../onnx/tensor.ts";
import { float16, float32 } from "./float.ts";

export interface WriteOptions {
  /** What floating-point tensors are stored as. Left out: as they are. Whole numbers and booleans always stay. */
  readonly dtype?: "float32" | "float16";
  /** Left out: `{format: "pt"}`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The bytes of a safetensors file, as the reference implementation lays them out: the widest element types first, then by
 * name (in UTF-16 code units), the header padded with spaces to a multiple of eight bytes.
 *
 * @throws as `writeSafetensors()`
 *
 * @example
 * ```ts
 * import { encodeSafetensors } from "./safetensors_encode.ts";
 * import { equal } from "node:assert/strict";
 * const one = { dtype: "float32", shape: [], data: new Float32Array([1]) } as const;
 * equal(encodeSafetensors(new Map([["one", one]]), { dtype: "float16" }).length % 8, 2);
 * ```
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  { dtype, metadata = { format: "pt" } }: WriteOptions = {},
): Uint8Array<ArrayBuffer> {
  const entries = [...tensors].map(([name, tensor]) => {
    if (tensor.data.length !== sizeOf(tensor.shape)) {
      throw new Error(
        `${name}: ${tensor.data.length} elements for shape [${tensor.shape}]. Give it ${
          sizeOf(tensor.shape)
        }.`,
      );
    }
    return { name, ...convert(name, tensor, dtype) };
  }).sort((a, b) => ORDER.indexOf(b.dtype) - ORDER.indexOf(a.dtype) || (a.name < b.name ? -1 : 1));

  const pairs = Object.entries(metadata).sort(([a], [b]) => a < b ? -1 : 1).map(([k, v]) => field(k, v));
  const fields = pairs.length > 0 ? [`"__metadata__":{${pairs.join(",")}}`] : [];
  let size = 0;
  for (const { name, dtype, shape, data } of entries) {
    fields.push(
      field(name, { dtype: CODE[dtype], shape, data_offsets: [size, size + data.byteLength] }),
    );
    size += data.byteLength;
  }
  const header = new TextEncoder().encode(`{${fields.join(",")}}`);
  const length = Math.ceil(header.length / 8) * 8;

  const bytes = new Uint8Array(8 + length + size).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(header, 8);
  let offset = 8 + length;
  for (const { data } of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

const CODE = {
  float32: "F32",
  float16: "F16",
  int64: "I64",
  int32: "I32",
  int8: "I8",
  uint8: "U8",
  bool: "BOOL",
} as const;
const ORDER: readonly DType[] = ["bool", "uint8", "int8", "float16", "int32", "float32", "int64"]; // the reference's

/** Written by hand, since an object would move names like "0" to the front. */
function field(name: string, value: unknown): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}

function convert(name: string, tensor: Tensor, dtype: WriteOptions["dtype"]): Tensor {
  const floating = tensor.dtype === "float32" || tensor.dtype === "float16";
  if (!floating || dtype === undefined) return tensor;
  return dtype === "float16" ? float16(tensor, name) : float32(tensor, name);
}
