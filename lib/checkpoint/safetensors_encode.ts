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
  options: WriteOptions = {},
): Uint8Array<ArrayBuffer> {
  const parts = [...safetensorsParts(tensors, options)];
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/**
 * The same bytes in parts: the header, then each tensor, converted when it is its turn.
 *
 * @throws as `writeSafetensors()`
 */
export function* safetensorsParts(
  tensors: ReadonlyMap<string, Tensor>,
  { dtype, metadata = { format: "pt" } }: WriteOptions = {},
): Generator<Uint8Array> {
  const entries = [...tensors].map(([name, tensor]) => {
    const size = sizeOf(tensor.shape);
    if (tensor.data.length !== size) {
      throw new Error(
        `${name}: ${tensor.data.length} elements for shape [${tensor.shape}]. Give it ${size}.`,
      );
    }
    return { name, tensor, dtype: isFloating(tensor) ? dtype ?? tensor.dtype : tensor.dtype };
  }).sort((a, b) => ORDER.indexOf(b.dtype) - ORDER.indexOf(a.dtype) || (a.name < b.name ? -1 : 1));
  yield headerOf(entries, metadata);
  for (const { name, tensor } of entries) {
    const { data } = convert(name, tensor, dtype);
    yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
}

interface Entry {
  readonly name: string;
  readonly tensor: Tensor;
  /** What it is stored as. */
  readonly dtype: DType;
}

/** Eight bytes of length, then the header, padded. */
function headerOf(entries: readonly Entry[], metadata: Readonly<Record<string, string>>): Uint8Array {
  const pairs = Object.entries(metadata).sort(([a], [b]) => a < b ? -1 : 1).map(([k, v]) => field(k, v));
  const fields = pairs.length > 0 ? [`"__metadata__":{${pairs.join(",")}}`] : [];
  let start = 0;
  for (const { name, tensor: { shape, data }, dtype } of entries) {
    const [code, each] = CODE[dtype];
    const end = start + data.length * each;
    fields.push(field(name, { dtype: code, shape, data_offsets: [start, end] }));
    start = end;
  }
  const json = new TextEncoder().encode(`{${fields.join(",")}}`);
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, 8);
  return bytes;
}

/** The format's name and the bytes of an element. */
const CODE = {
  float64: ["F64", 8],
  float32: ["F32", 4],
  float16: ["F16", 2],
  int64: ["I64", 8],
  int32: ["I32", 4],
  int8: ["I8", 1],
  uint8: ["U8", 1],
  bool: ["BOOL", 1],
} as const satisfies Record<DType, readonly [string, number]>;
const ORDER: readonly DType[] = // the reference's
  ["bool", "uint8", "int8", "float16", "int32", "float32", "float64", "int64"];

/** Written by hand, since an object would move names like "0" to the front. */
function field(name: string, value: unknown): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}

function convert(name: string, tensor: Tensor, dtype: WriteOptions["dtype"]): Tensor {
  if (!isFloating(tensor) || dtype === undefined) return tensor;
  const single = tensor.dtype === "float16" ? tensor : float32(tensor, name);
  return dtype === "float16" ? float16(single, name) : float32(single, name);
}

function isFloating({ dtype }: Tensor): boolean {
  return dtype === "float32" || dtype === "float16" || dtype === "float64";
}
