/** Arrays as ONNX files hold them → tensors. @module */

import type proto from "onnx-proto";
import { ELEMENT_TYPE } from "./codec.ts";
import { describe } from "./graph.ts";
import { type ArrayOf, type DType, sizeOf, type Tensor } from "./tensor.ts";
import { byteLength } from "./tensor_source.ts";

/** Reads a part of a file that lies beside the model, as many bytes as asked for, or throws. */
export type ReadBeside = (file: string, offset: number, length: number) => Uint8Array;

const IN_ANOTHER_FILE = 1; // TensorProto.DataLocation.EXTERNAL

const dtypes = new Map(
  Object.entries(ELEMENT_TYPE).flatMap(([name, number]): [number, DType][] =>
    isDType(name) ? [[number, name]] : []
  ),
);

/** The element type with a number of ONNX's; undefined where nothing here computes with it. */
export function dtypeOf(elementType: number): DType | undefined {
  return dtypes.get(elementType);
}

/** A whole number of 64 bits, as the protobuf reader gives it. */
export function whole(value: number | { toNumber(): number } | null | undefined): number {
  return typeof value === "number" ? value : value?.toNumber() ?? 0;
}

/**
 * A tensor from its message: a view of the file's bytes where they are aligned, a copy elsewhere.
 *
 * @param where file and tensor, for error messages
 * @throws Error in one line where the element type is not supported or the bytes are not what the shape takes
 */
export function decodeTensor(
  message: proto.onnx.ITensorProto,
  where: string,
  beside?: ReadBeside,
): Tensor {
  const dtype = dtypeOf(message.dataType ?? 0);
  if (!dtype) {
    throw new Error(
      `${where}: element type number ${message.dataType ?? 0} of ONNX is not supported. ` +
        `Convert it to one of ${[...dtypes.values()].join(", ")}.`,
    );
  }
  const shape = (message.dims ?? []).map(whole);
  if (shape.some((dim) => dim < 0)) throw new Error(`${where}: shape [${shape}] has a negative size.`);
  const [count, expected] = [sizeOf(shape), byteLength({ dtype, shape })];
  const bytes = message.dataLocation === IN_ANOTHER_FILE
    ? besideBytes(message, expected, where, beside)
    : message.rawData?.length
    ? message.rawData
    : undefined;
  const misfit = (found: string, wanted: number) =>
    new Error(
      `${where}: ${found} for ${describe({ dtype, shape })}, which takes ${wanted}. Export it again.`,
    );
  if (bytes && bytes.length !== expected) throw misfit(`${bytes.length} bytes`, expected);
  const data = bytes ? viewOf(dtype, bytes, count) : typedData(dtype, message);
  if (data.length !== count) throw misfit(`${data.length} elements`, count);
  return { dtype, shape, data };
}

/** The bytes of a tensor that lie in another file. */
function besideBytes(
  { externalData }: proto.onnx.ITensorProto,
  expected: number,
  where: string,
  beside: ReadBeside | undefined,
): Uint8Array {
  const field = (name: string) => externalData?.find(({ key }) => key === name)?.value ?? undefined;
  const file = field("location");
  const [offset, length] = [Number(field("offset") ?? 0), Number(field("length") ?? expected)];
  if (file === undefined || /^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)/.test(file)) {
    throw new Error(`${where}: its bytes are said to be in ${file}, not in a file beside the model.`);
  }
  if (length !== expected || !Number.isSafeInteger(offset) || offset < 0) {
    throw new Error(
      `${where}: ${length} bytes from ${offset} of ${file}, but its shape takes ${expected}. Export it again.`,
    );
  }
  if (!beside) throw new Error(`${where}: its bytes are in ${file}. Read the model by its path.`);
  try {
    return beside(file, offset, length);
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Elements that the message holds as numbers, and not as bytes. Floats of 16 bits are there as bit patterns. */
function typedData(dtype: DType, message: proto.onnx.ITensorProto): ArrayOf[DType] {
  const { floatData, int32Data, int64Data, doubleData } = message;
  switch (dtype) {
    case "float32":
      return Float32Array.from(floatData ?? []);
    case "float64":
      return Float64Array.from(doubleData ?? []);
    case "float16":
      return new Float16Array(Uint16Array.from(int32Data ?? []).buffer);
    case "int64":
      return BigInt64Array.from(int64Data ?? [], (value) => BigInt(value.toString()));
    case "int32":
      return Int32Array.from(int32Data ?? []);
    case "int8":
      return Int8Array.from(int32Data ?? []);
    case "uint8":
    case "bool":
      return Uint8Array.from(int32Data ?? []);
  }
}

/** Little-endian bytes as an array of a type: a view where they are aligned. */
function viewOf(dtype: DType, bytes: Uint8Array, count: number): ArrayOf[DType] {
  const aligned = bytes.byteOffset % byteLength({ dtype, shape: [] }) === 0;
  const { buffer, byteOffset } = aligned ? bytes : new Uint8Array(bytes); // slice() would not copy a Buffer
  switch (dtype) {
    case "float32":
      return new Float32Array(buffer, byteOffset, count);
    case "float64":
      return new Float64Array(buffer, byteOffset, count);
    case "float16":
      return new Float16Array(buffer, byteOffset, count);
    case "int64":
      return new BigInt64Array(buffer, byteOffset, count);
    case "int32":
      return new Int32Array(buffer, byteOffset, count);
    case "int8":
      return new Int8Array(buffer, byteOffset, count);
    case "uint8":
    case "bool":
      return new Uint8Array(buffer, byteOffset, count);
  }
}

function isDType(name: string): name is DType {
  return Object.hasOwn(ELEMENT_TYPE, name);
}
