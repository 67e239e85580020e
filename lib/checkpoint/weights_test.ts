import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { Tensor } from "../onnx/tensor.ts";
import { random } from "../random.ts";
import { writeSafetensors } from "./safetensors.ts";
import { encodeSafetensors } from "./safetensors_encode.ts";
import oracle from "./torch/torch_oracle.json" with { type: "json" };
import { openWeights } from "./weights.ts";

/** A folder that is gone when it goes out of scope. */
async function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const folder = await Deno.makeTempDir();
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(`${folder}/${name}`, bytes);
  }
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

const vector = (...values: number[]): Tensor => ({
  dtype: "float32",
  shape: [values.length],
  data: new Float32Array(values),
});
const safetensors = (tensors: Readonly<Record<string, Tensor>>) =>
  encodeSafetensors(new Map(Object.entries(tensors)));
const index = (weight_map: unknown) => JSON.stringify({ metadata: { total_size: 8 }, weight_map });
const torchZip = Uint8Array.fromBase64(oracle.files["zip, module"].bytes);
const torchLegacy = Uint8Array.fromBase64(oracle.files.legacy.bytes);

Deno.test("openWeights() takes safetensors before PyTorch's files, and one file before several", async () => {
  await using made = await folderWith({
    "model.safetensors": safetensors({ one: vector(1) }),
    "model.safetensors.index.json": index({ two: "model-1.safetensors" }),
    "model-1.safetensors": safetensors({ two: vector(2) }),
    "pytorch_model.bin": torchZip,
    "pytorch_model.bin.index.json": index({ "half": "part.bin" }),
    "part.bin": torchLegacy,
  });
  const { folder } = made;
  const expected = [
    ["model.safetensors", ["one"], ["model.safetensors"]],
    ["model.safetensors.index.json", ["two"], ["model.safetensors.index.json", "model-1.safetensors"]],
    ["pytorch_model.bin", ["0.weight", "0.bias", "1.weight", "1.bias"], ["pytorch_model.bin"]],
    ["pytorch_model.bin.index.json", ["half"], ["pytorch_model.bin.index.json", "part.bin"]],
  ] as const;
  for (const [first, names, files] of expected) {
    const weights = await openWeights(folder);
    deepEqual(weights.names, names);
    deepEqual(weights.files, files.map((name) => `${folder}/${name}`));
    await Deno.remove(`${folder}/${first}`);
  }
  await rejects(openWeights(folder), {
    message:
      `${folder}: no weights: model.safetensors is missing, and so are model.safetensors.index.json, ` +
      "pytorch_model.bin, pytorch_model.bin.index.json. Convert model-1.safetensors to one of them.",
  });
  await rejects(openWeights(`${folder}/none`), {
    message: `${folder}/none: no such folder. Name a model folder.`,
  });
});

Deno.test("openWeights() puts shards together in the index's order", async () => {
  await using made = await folderWith({
    "model.safetensors.index.json": index({ c: "b.safetensors", a: "a.safetensors", b: "b.safetensors" }),
    "a.safetensors": safetensors({ a: vector(1) }),
    "b.safetensors": safetensors({
      b: vector(2, 3),
      c: { dtype: "int64", shape: [], data: BigInt64Array.of(4n) },
    }),
  });
  const weights = await openWeights(made.folder);
  deepEqual(weights.names, ["c", "a", "b"]);
  ok(weights.has("a") && !weights.has("d"));
  deepEqual(weights.type("c"), { dtype: "int64", shape: [], file: `${made.folder}/b.safetensors` });
  deepEqual((await weights.float32("b")).data, Float32Array.of(2, 3));
  deepEqual((await weights.read("c")).data, BigInt64Array.of(4n));
  await rejects(weights.float32("c"), /b\.safetensors: c: holds int64, not floating-point numbers/);
  await rejects(
    async () => await weights.read("d"),
    /model\.safetensors\.index\.json: no tensor d\. Name the folder/,
  );
});

Deno.test("openWeights() names the shard that is missing, cut, or without a tensor of the index", async () => {
  const shard = safetensors({ a: vector(1) });
  const cases = [
    [
      { a: "none.safetensors" },
      /none\.safetensors: missing, but model\.safetensors\.index\.json names it\. Fetch it\./,
    ],
    [
      { a: "a.safetensors", b: "a.safetensors" },
      /a\.safetensors: no tensor b, which .*index\.json says is there/,
    ],
    [{ a: "cut.safetensors" }, /cut\.safetensors: .* truncated/],
    [
      { a: "../a.safetensors" },
      /index\.json: weight_map\.a is "\.\.\/a\.safetensors", not a file of the same folder/,
    ],
    [{ a: "/etc/passwd" }, /not a file of the same folder/],
    [{}, /weight_map is empty/],
    [{ a: 1 }, /index\.json: weight_map\.a is 1/],
    [undefined, /index\.json: weight_map is missing/],
  ] as const;
  for (const [map, line] of cases) {
    await using made = await folderWith({
      "model.safetensors.index.json": index(map),
      "a.safetensors": shard,
      "cut.safetensors": shard.subarray(0, -1),
    });
    await rejects(openWeights(made.folder), line);
  }
});

Deno.test("openWeights() opens a checkpoint of 5 GB in little memory, and reads the tensor that is asked for", async () => {
  await using made = await folderWith();
  const path = `${made.folder}/model.safetensors`;
  const gigabytes = 5;
  const rows = gigabytes * 2 ** 18;
  const json = new TextEncoder().encode(JSON.stringify({
    large: { dtype: "F32", shape: [rows, 1024], data_offsets: [0, rows * 4096] },
    last: { dtype: "BF16", shape: [2], data_offsets: [rows * 4096, rows * 4096 + 4] },
  }));
  const file = await Deno.open(path, { write: true, create: true });
  await file.write(new Uint8Array(BigUint64Array.of(BigInt(json.length)).buffer));
  await file.write(json);
  await file.seek(8 + json.length + rows * 4096, Deno.SeekMode.Start); // a hole, which takes no disk
  await file.write(Uint8Array.of(0x80, 0x3f, 0x20, 0xbe));
  file.close();

  const before = Deno.memoryUsage().rss;
  const weights = await openWeights(made.folder);
  deepEqual(weights.type("large").shape, [rows, 1024]);
  deepEqual(await weights.read("last"), vector(1, -0.15625));
  const grown = (Deno.memoryUsage().rss - before) / 2 ** 20;
  ok(grown < 50, `${grown} MiB more`);

  await Deno.truncate(path, 2 ** 30);
  await rejects(weights.read("last"), { message: `${path}: changed since it was opened. Open it again.` });
  await rejects(openWeights(made.folder), /large: ends at byte \d+, the file at 1073741824: it is truncated/);
});

Deno.test("openWeights() refuses headers of safetensors that contradict themselves or the file", async () => {
  const forged = (text: string, data: number) => {
    const json = new TextEncoder().encode(text);
    return Uint8Array.from([
      ...new Uint8Array(BigUint64Array.of(BigInt(json.length)).buffer),
      ...json,
      ...new Uint8Array(data),
    ]);
  };
  const entry = (shape: string, from: number, to: number, dtype = "F32") =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${from},${to}]}`;
  const cases = [
    [forged(`{"a":${entry("[1]", 0, 4)},"b":${entry("[1]", 2, 6)}}`, 6), /b: starts at byte 2, not at 4/],
    [forged(`{"a":${entry("[2]", 0, 4)}}`, 4), /a: 4 bytes for shape \[2\] of F32, which takes 8/],
    [forged(`{"a":${entry("[1]", 0, 4)}}`, 0), /a: ends at byte \d+, .* truncated/],
    [forged(`{"a":${entry("[1]", 4, 0)}}`, 4), /a: starts at byte 4/],
    [forged(`{"a":${entry("[1]", 0, 4)},"a":${entry("[1]", 0, 4)}}`, 4), /a: stands twice in the header/],
    [
      forged(`{"a":${entry("[1]", 0, 4)},"\\u0061":${entry("[1]", 4, 8)}}`, 8),
      /a: stands twice in the header/,
    ],
    [forged(`{"a":${entry("[4294967296,4294967296]", 0, 4)}}`, 4), /which takes 73786976294838210000/],
    [forged(`{"a":${entry("[1e999]", 0, 4)}}`, 4), /a: header says/],
    [
      Uint8Array.from([...new Uint8Array(8).fill(255), 1]),
      /header of 18446744073709552000 bytes: not a safetensors file/,
    ],
    [Uint8Array.of(200, 0, 0, 0, 0, 0, 0, 0, 0x7b), /header ends at byte 208, the file at 9/],
    [new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\noid sha256:"), /Git LFS/],
  ] as const;
  for (const [bytes, line] of cases) {
    await using made = await folderWith({ "model.safetensors": bytes });
    await rejects(openWeights(made.folder), line);
  }
  await using float8 = await folderWith({
    "model.safetensors": forged(`{"a":${entry("[4]", 0, 4, "F8_E4M3")},"b":${entry("[1]", 4, 5, "F3")}}`, 5),
  });
  const weights = await openWeights(float8.folder);
  equal(weights.type("a").dtype, "float8_e4m3fn");
  await rejects(weights.read("a"), /model\.safetensors: a: element type float8_e4m3fn is not supported/);
  await rejects(weights.read("b"), /b: element type F3 is not supported/);
});

Deno.test("openWeights() survives safetensors that are cut or have flipped bytes", async () => {
  const rng = random("safetensors");
  const names = Array.from({ length: 40 }, (_, i) => `encoder.layer.${i}.weight`);
  const whole = safetensors(Object.fromEntries(names.map((name) => [name, vector(1, 2, 3)])));
  const flipped = Array.from({ length: 120 }, () => {
    const bytes = whole.slice();
    bytes[rng.below(bytes.length)] = rng.below(256);
    return bytes;
  });
  const cut = Array.from({ length: 40 }, (_, i) => whole.subarray(0, Math.floor(i * whole.length / 40)));
  let refused = 0;
  await using made = await folderWith();
  const path = `${made.folder}/model.safetensors`;
  for (const bytes of [...cut, ...flipped]) {
    await Deno.writeFile(path, bytes);
    try {
      const weights = await openWeights(made.folder);
      for (const name of weights.names) await weights.read(name);
    } catch (error) {
      ok(error instanceof Error);
      match(error.message, /model\.safetensors: /);
      refused++;
    }
  }
  ok(refused >= cut.length + 40, `${refused} refused`);
});

Deno.test("openWeights() reads what writeSafetensors() wrote", async () => {
  await using made = await folderWith();
  const tensors = new Map([["x", vector(0.5, 2)], ["y", vector()]]);
  await writeSafetensors(`${made.folder}/model.safetensors`, tensors, { dtype: "float16" });
  const weights = await openWeights(made.folder);
  for (const [name, tensor] of tensors) deepEqual(await weights.float32(name), tensor);
});

Deno.test("pieces() are the elements that read() gives, of every file format", async () => {
  const long = new Float32Array(2 ** 20 + 3).map((_, i) => i);
  for (
    const files of [
      { "model.safetensors": safetensors({ long: { dtype: "float32", shape: [long.length], data: long } }) },
      { "pytorch_model.bin": torchZip },
      { "pytorch_model.bin": torchLegacy },
    ]
  ) {
    await using made = await folderWith(files);
    const weights = await openWeights(made.folder);
    for (const name of weights.names) {
      const { data } = await weights.read(name);
      let at = 0;
      for await (const piece of weights.pieces(name)) {
        deepEqual(piece, data.slice(at, at + piece.length), name);
        at += piece.length;
      }
      equal(at, data.length, name);
    }
  }
});
