/** The header of a safetensors file, checked against the file's size before any tensor is read. @module */

import { z } from "zod";
import { sizeOf } from "../onnx/tensor.ts";
import { bytesEach } from "./element_type.ts";

/** One tensor of a header. */
export interface HeaderEntry {
  readonly name: string;
  /** By PyTorch's name; the format's own where that has none. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes [start, end) in the file. */
  readonly start: number;
  readonly end: number;
}

/** What a header says. */
export interface Header {
  /** In the order of their bytes. */
  readonly entries: readonly HeaderEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

const MAX_HEADER = 100_000_000; // bytes, the limit of the reference implementation
const DTYPES: Readonly<Record<string, string>> = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  I64: "int64",
  I32: "int32",
  I16: "int16",
  I8: "int8",
  U8: "uint8",
  BOOL: "bool",
  U64: "uint64",
  U32: "uint32",
  U16: "uint16",
  F8_E4M3: "float8_e4m3fn",
  F8_E5M2: "float8_e5m2",
  F8_E8M0: "float8_e8m0fnu",
  C64: "complex64",
};

const Entry = z.object({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const Entries = z.record(z.string(), z.unknown());
const Metadata = z.record(z.string(), z.string());

/**
 * The length of a header, from a file's first bytes.
 *
 * @param first eight bytes, fewer where the file has no more
 * @param size of the file, in bytes
 * @throws {Error} where they begin no safetensors file of this size
 *
 * @example
 * ```ts
 * import { headerLength } from "./safetensors_header.ts";
 * import { equal } from "node:assert/strict";
 * equal(headerLength(Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0), 10, "model.safetensors"), 2);
 * ```
 */
export function headerLength(first: Uint8Array, size: number, file: string): number {
  if (first.length < 8) {
    throw new Error(`${file}: ${size} bytes, less than a header: it is truncated. Fetch or write it again.`);
  }
  const length = Number(new DataView(first.buffer, first.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER) {
    throw new Error(`${file}: header of ${length} bytes: not a safetensors file. Name a model.safetensors.`);
  }
  if (8 + length > size) {
    throw new Error(
      `${file}: header ends at byte ${
        8 + length
      }, the file at ${size}: it is truncated. Fetch or write it again.`,
    );
  }
  return length;
}

/**
 * What a header says, in which every tensor has the bytes that its type and shape take, one behind the other without gaps up
 * to the end of the file.
 *
 * @param json the header's bytes, without the eight before it
 * @param size of the file, in bytes
 * @throws {Error} in one line, with file, tensor and value, where the header says anything else
 *
 * @example
 * ```ts
 * import { parseHeader } from "./safetensors_header.ts";
 * import { equal } from "node:assert/strict";
 * const json = new TextEncoder().encode('{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}');
 * equal(parseHeader(json, 8 + json.length + 4, "model.safetensors").entries[0]?.dtype, "float32");
 * ```
 */
export function parseHeader(json: Uint8Array, size: number, file: string): Header {
  const header = parse(json, file);
  const metadata = Metadata.safeParse(header["__metadata__"] ?? {});
  if (!metadata.success) throw new Error(`${file}: __metadata__ is not pairs of text. Write the file again.`);
  const data = 8 + json.length;
  const entries = Object.entries(header).filter(([name]) => name !== "__metadata__").map(([name, value]) => {
    const entry = Entry.safeParse(value);
    if (!entry.success) {
      throw new Error(
        `${file}: ${name}: header says ${
          brief(value)
        }, not dtype, shape and data_offsets. Write the file again.`,
      );
    }
    const { dtype, shape, data_offsets: [start, end] } = entry.data;
    const known = Object.hasOwn(DTYPES, dtype) ? DTYPES[dtype] : undefined;
    return { name, code: dtype, dtype: known ?? dtype, shape, start: data + start, end: data + end };
  }).sort((a, b) => a.start - b.start || a.end - b.end);

  let end = data;
  for (const entry of entries) {
    check(entry, end - data, data, size, file);
    end = entry.end;
  }
  if (end !== size) {
    throw new Error(`${file}: ${size - end} bytes after the last tensor. Write the file again.`);
  }
  return { entries, metadata: metadata.data };
}

function check(
  { name, code, dtype, shape, start, end }: HeaderEntry & { readonly code: string },
  expected: number,
  data: number,
  size: number,
  file: string,
): void {
  if (start - data !== expected || end < start) {
    const what = end < start ? `ends at byte ${end - data}, before its start` : `not at ${expected}`;
    throw new Error(`${file}: ${name}: starts at byte ${start - data}, ${what}. Write the file again.`);
  }
  const each = bytesEach(dtype);
  const bytes = each === undefined ? end - start : sizeOf(shape) * each;
  if (end - start !== bytes) {
    throw new Error(
      `${file}: ${name}: ${
        end - start
      } bytes for shape [${shape}] of ${code}, which takes ${bytes}. Write the file again.`,
    );
  }
  if (end > size) {
    throw new Error(
      `${file}: ${name}: ends at byte ${end}, the file at ${size}: it is truncated. Fetch or write it again.`,
    );
  }
}

function parse(bytes: Uint8Array, file: string): Record<string, unknown> {
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: its header is not JSON. Fetch or write it again.`, { cause: error });
  }
  const header = Entries.safeParse(json);
  if (!header.success) throw new Error(`${file}: its header is not an object. Fetch or write it again.`);
  const twice = repeatedKey(text);
  if (twice !== undefined) {
    throw new Error(`${file}: ${twice}: stands twice in the header. Write the file again.`);
  }
  return header.data;
}

/** A key that an object has twice, of which JSON.parse keeps the last; keys of inner objects don't count. */
function repeatedKey(text: string): string | undefined {
  const seen = new Set<unknown>();
  let depth = 0;
  for (const [token, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}]/g)) {
    if (token === "{") depth++;
    else if (token === "}") depth--;
    else if (depth === 1 && colon !== undefined) {
      const name: unknown = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1));
      if (seen.has(name)) return String(name);
      seen.add(name);
    }
  }
}

function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
