import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import type { Tensor } from "../onnx/tensor.ts";
import { float16, float32 } from "./float.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { decodeSafetensors } from "./safetensors_decode.ts";
import { encodeSafetensors } from "./safetensors_encode.ts";
import oracle from "./safetensors_oracle.json" with { type: "json" };

// The tensors of safetensors_oracle.py, in another order.
const TENSORS = new Map<string, Tensor>([
  ["naïve", { dtype: "float32", shape: [1], data: new Float32Array([1]) }],
  ["half", { dtype: "float16", shape: [3], data: new Float16Array([0.5, -2, 1 / 3]) }],
  ["flags", { dtype: "bool", shape: [3], data: new Uint8Array([1, 0, 1]) }],
  ["0", { dtype: "float32", shape: [], data: new Float32Array([7]) }],
  ["ids", { dtype: "int64", shape: [2, 2], data: new BigInt64Array([1n, -2n, 3n, 2n ** 53n + 1n]) }],
  ["counts", { dtype: "int32", shape: [3], data: new Int32Array([1, -2, 3]) }],
  ["octets", { dtype: "uint8", shape: [2], data: new Uint8Array([1, 255]) }],
  ["double", { dtype: "float64", shape: [2], data: new Float64Array([0.1, -2.5]) }],
  ["tiny", { dtype: "int8", shape: [2], data: new Int8Array([1, -2]) }],
  ["empty", { dtype: "float32", shape: [0, 4], data: new Float32Array() }],
  ["encoder.bias", { dtype: "float32", shape: [2], data: new Float32Array([1, 2]) }],
  ["encoder.weight", {
    dtype: "float32",
    shape: [2, 3],
    data: new Float32Array([0.5, -1.25, 3e-8, 65504, 0.1, -0]),
  }],
]);
const HALVES: Tensor = {
  dtype: "float32",
  shape: [oracle.halves.float32.length],
  data: new Float32Array(oracle.halves.float32),
};

const bytesOf = (base64: string) => Uint8Array.fromBase64(base64);
const sorted = (tensors: Map<string, Tensor>) => new Map([...tensors].sort(([a], [b]) => a < b ? -1 : 1));

/** A file whose header says what it likes. */
function forged(header: unknown, data = 0, text = JSON.stringify(header)): Uint8Array {
  const json = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + json.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

Deno.test("encodeSafetensors() writes the bytes that Python's safetensors writes", () => {
  equal(Uint8Array.from(encodeSafetensors(TENSORS)).toBase64(), oracle.mixed);
  const plain: Tensor = { dtype: "float32", shape: [3], data: new Float32Array([0, 1, 2]) };
  equal(encodeSafetensors(new Map([["a", plain]]), { metadata: {} }).toBase64(), oracle.plain);
});

Deno.test("decodeSafetensors() reads what Python's safetensors wrote", () => {
  const { tensors, metadata } = decodeSafetensors(bytesOf(oracle.mixed));
  deepEqual(sorted(tensors), sorted(TENSORS));
  deepEqual(metadata, { format: "pt" });
});

Deno.test("decodeSafetensors() widens bfloat16", () => {
  const weight = decodeSafetensors(bytesOf(oracle.bf16)).tensors.get("weight");
  deepEqual(weight, { dtype: "float32", shape: [3], data: new Float32Array([1, -0.15625, 3]) });
});

Deno.test("decodeSafetensors() copies nothing where the file is aligned", () => {
  const bytes = encodeSafetensors(TENSORS);
  for (const [name, { data }] of decodeSafetensors(bytes).tensors) equal(data.buffer, bytes.buffer, name);
});

Deno.test("decodeSafetensors() reads files whose tensors are not aligned", () => {
  const bytes = forged(
    { x: { dtype: "F32", shape: [1], data_offsets: [0, 4] } },
    4,
    '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  ',
  );
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  new DataView(shifted.buffer).setFloat32(bytes.length - 3, 1.5, true);
  deepEqual(decodeSafetensors(shifted.subarray(1)).tensors.get("x")?.data, new Float32Array([1.5]));
});

Deno.test("decodeSafetensors() refuses a file cut anywhere", () => {
  const bytes = encodeSafetensors(TENSORS);
  for (let length = 0; length < bytes.length; length++) {
    throws(
      () => decodeSafetensors(bytes.slice(0, length), "m.safetensors"),
      /^Error: m\.safetensors: .*truncated/,
    );
  }
  throws(
    () => decodeSafetensors(bytes.slice(0, -1), "m.safetensors"),
    {
      message:
        "m.safetensors: flags: ends at byte 889, the file at 888: it is truncated. Fetch or write it again.",
    },
  );
});

Deno.test("decodeSafetensors() refuses headers that do not fit their data", () => {
  const entry = (dtype: unknown, shape: unknown, data_offsets: unknown) => ({
    x: { dtype, shape, data_offsets },
  });
  const refuses = (bytes: Uint8Array, message: RegExp) =>
    throws(() => decodeSafetensors(bytes, "f"), message);
  refuses(forged(entry("F32", [2], [0, 4]), 4), /f: x: 4 bytes for shape \[2\] of F32, which takes 8/);
  refuses(forged(entry("F32", [1], [4, 8]), 8), /f: x: starts at byte 4, not at 0/);
  refuses(forged(entry("F32", [1], [0, -4]), 8), /f: x: header says .*-4/);
  refuses(forged(entry("F32", [1.5], [0, 6]), 6), /f: x: header says/);
  refuses(forged(entry("F8_E4M3", [1], [0, 1]), 1), /f: x: element type float8_e4m3fn .* float32, float16/);
  refuses(forged(entry("F32", [1], [0, 4]), 5), /f: 1 bytes after the last tensor/);
  refuses(forged({ __metadata__: { a: 1 } }), /__metadata__ is not pairs of text/);
  refuses(forged(["x"]), /header is not an object/);
  refuses(forged(0, 0, "{"), /header is not JSON/);
  refuses(new TextEncoder().encode("<!DOCTYPE html>"), /not a safetensors file/);
});

Deno.test("writeSafetensors() comes back from readSafetensors() and leaves nothing beside the file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/model.safetensors`;
    await writeSafetensors(path, TENSORS, { metadata: { note: 'a "quoted" word', format: "pt" } });
    const { tensors, metadata } = await readSafetensors(path);
    deepEqual(sorted(tensors), sorted(TENSORS));
    deepEqual(metadata, { format: "pt", note: 'a "quoted" word' });
    deepEqual([...Deno.readDirSync(folder)].map((f) => f.name), ["model.safetensors"]);
    await rejects(readSafetensors(`${folder}/none`), /none: missing/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("encodeSafetensors() stores floating-point tensors in the asked width, and no others", () => {
  const types = (dtype: "float16" | "float32") =>
    [...sorted(decodeSafetensors(encodeSafetensors(TENSORS, { dtype })).tensors)].map(([, t]) => t.dtype);
  const [h, f] = ["float16", "float32"];
  deepEqual(types("float16"), [h, "int32", h, h, h, h, "bool", h, "int64", h, "uint8", "int8"]);
  deepEqual(types("float32"), [f, "int32", f, f, f, f, "bool", f, "int64", f, "uint8", "int8"]);
});

Deno.test("encodeSafetensors() refuses data that does not fit its shape", () => {
  const tensor: Tensor = { dtype: "float32", shape: [2], data: new Float32Array(3) };
  throws(() => encodeSafetensors(new Map([["bias", tensor]])), /bias: 3 elements for shape \[2\]/);
});

Deno.test("float16() rounds as NumPy does", () => {
  deepEqual(float16(HALVES).data, new Float16Array(oracle.halves.float16));
  deepEqual(float32(float16(HALVES)).data, new Float32Array(oracle.halves.float16));
});

Deno.test("float16() refuses what overflows, and keeps infinity and NaN", () => {
  const tensor = (value: number): Tensor => ({
    dtype: "float32",
    shape: [1],
    data: new Float32Array([value]),
  });
  throws(() => float16(tensor(-65520), "w"), /w: value -65520 at element 0 overflows float16/);
  deepEqual(float16(tensor(-Infinity)).data, new Float16Array([-Infinity]));
  equal(float16(tensor(NaN)).data[0], NaN);
  throws(() => float32({ dtype: "int32", shape: [1], data: new Int32Array(1) }, "n"), /n: holds int32/);
});
