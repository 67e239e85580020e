/** Bytes in the safetensors format → tensors. @module */

import { z } from "zod";
import { type ArrayOf, type DType, sizeOf, type Tensor } from "../onnx/tensor.ts";
import { widenBfloat16 } from "./float.ts";

/** What a safetensors file holds. */
export interface Checkpoint {
  /** By name, in the order of their bytes in the file. */
  readonly tensors: Map<string, Tensor>;
  /** Free text pairs; `{format: "pt"}` is what Python's transformers asks for. */
  readonly metadata: Readonly<Record<string, string>>;
}

const MAX_HEADER = 100_000_000; // bytes, the limit of the reference implementation
const ITEM = { F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, BOOL: 1 } as const;
const Entry = z.object({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const Header = z.record(z.string(), z.unknown());
const Metadata = z.record(z.string(), z.string());

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
  const { header, start } = readHeader(bytes, file);
  const metadata = Metadata.safeParse(header["__metadata__"] ?? {});
  if (!metadata.success) throw new Error(`${file}: __metadata__ is not pairs of text. Write the file again.`);

  const entries = Object.entries(header).filter(([name]) => name !== "__metadata__").map(([name, value]) => {
    const entry = Entry.safeParse(value);
    if (entry.success) return { name, ...entry.data };
    throw new Error(
      `${file}: ${name}: header says ${
        JSON.stringify(value)
      }, not dtype, shape and data_offsets. Write the file again.`,
    );
  }).sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);

  const tensors = new Map<string, Tensor>();
  const available = bytes.length - start;
  let end = 0;
  for (const { name, dtype, shape, data_offsets: [from, to] } of entries) {
    if (from !== end || to < from) {
      throw new Error(`${file}: ${name}: starts at byte ${from}, not at ${end}. Write the file again.`);
    }
    if (!isKnown(dtype)) {
      throw new Error(
        `${file}: ${name}: element type ${dtype} is not supported. Convert it to one of ${known()}.`,
      );
    }
    if (to - from !== sizeOf(shape) * ITEM[dtype]) {
      throw new Error(
        `${file}: ${name}: ${to - from} bytes for shape [${shape}] of ${dtype}, which takes ${
          sizeOf(shape) * ITEM[dtype]
        }. Write the file again.`,
      );
    }
    if (to > available) {
      throw new Error(
        `${file}: ${name}: ends at byte ${start + to}, the file at ${bytes.length}: it is truncated. ` +
          "Fetch or write it again.",
      );
    }
    tensors.set(name, view(dtype, shape, bytes.subarray(start + from, start + to)));
    end = to;
  }
  if (end !== available) {
    throw new Error(`${file}: ${available - end} bytes after the last tensor. Write the file again.`);
  }
  return { tensors, metadata: metadata.data };
}

function readHeader(bytes: Uint8Array, file: string): { header: Record<string, unknown>; start: number } {
  if (bytes.length < 8) {
    throw new Error(
      `${file}: ${bytes.length} bytes, less than a header: it is truncated. Fetch or write it again.`,
    );
  }
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER) {
    throw new Error(`${file}: header of ${length} bytes: not a safetensors file. Name a model.safetensors.`);
  }
  if (8 + length > bytes.length) {
    throw new Error(
      `${file}: header ends at byte ${
        8 + length
      }, the file at ${bytes.length}: it is truncated. Fetch or write it again.`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch (error) {
    throw new Error(`${file}: its header is not JSON. Fetch or write it again.`, { cause: error });
  }
  const header = Header.safeParse(json);
  if (!header.success) throw new Error(`${file}: its header is not an object. Fetch or write it again.`);
  return { header: header.data, start: 8 + length };
}

function isKnown(dtype: string): dtype is keyof typeof ITEM {
  return dtype in ITEM;
}

function known(): string {
  return Object.keys(ITEM).join(", ");
}

function view(dtype: keyof typeof ITEM, shape: number[], bytes: Uint8Array): Tensor {
  const aligned = bytes.byteOffset % ITEM[dtype] === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = aligned;
  const count = bytes.length / ITEM[dtype];
  const of = <T extends DType>(dtype: T, data: ArrayOf[T]): Tensor<T> => ({ dtype, shape, data });
  switch (dtype) {
    case "F32":
      return of("float32", new Float32Array(buffer, byteOffset, count));
    case "F16":
      return of("float16", new Float16Array(buffer, byteOffset, count));
    case "BF16":
      return of("float32", widenBfloat16(new Uint16Array(buffer, byteOffset, count)));
    case "I64":
      return of("int64", new BigInt64Array(buffer, byteOffset, count));
    case "I32":
      return of("int32", new Int32Array(buffer, byteOffset, count));
    case "BOOL":
      return of("bool", aligned);
  }
}
