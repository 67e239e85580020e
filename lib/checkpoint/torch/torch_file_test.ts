import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { Tensor } from "../../onnx/tensor.ts";
import { random } from "../../random.ts";
import { openTorchFile } from "./torch_file.ts";
import oracle from "./torch_oracle.json" with { type: "json" };

/** A file with these bytes, for as long as `use` runs. */
async function withFile<T>(bytes: Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const path = await Deno.makeTempFile({ suffix: ".bin" });
  try {
    await Deno.writeFile(path, bytes);
    return await use(path);
  } finally {
    await Deno.remove(path);
  }
}

async function readAll(path: string): Promise<Map<string, Tensor>> {
  const tensors = new Map<string, Tensor>();
  for (const [name, stored] of await openTorchFile(path)) tensors.set(name, await stored.read());
  return tensors;
}

/** The line that opening and reading a file of these bytes fails with, the path as FILE; undefined where it does not fail. */
const failure = (bytes: Uint8Array) =>
  withFile(bytes, async (path) => {
    try {
      await readAll(path);
    } catch (error) {
      ok(error instanceof Error && error.message.startsWith(`${path}: `), String(error));
      ok(error.message.length < 600 && !error.message.includes("\n"), error.message);
      return error.message.replaceAll(path, "FILE");
    }
  });

const files = Object.entries(oracle.files).map(([name, { bytes, tensors }]) => ({
  name,
  bytes: Uint8Array.fromBase64(bytes),
  tensors: new Map(Object.entries(tensors)),
}));
const bytesOf = (name: string) => files.find((file) => file.name === name)?.bytes ?? new Uint8Array();

/** The types that are read as others. */
const READ_AS: Readonly<Record<string, string>> = { bfloat16: "float32", int16: "int32" };

Deno.test("openTorchFile() reads what torch.load reads, in both layouts and every protocol", async () => {
  for (const { name: file, bytes, tensors } of files) {
    if (["not a dict", "nested", "zip, float8"].includes(file)) continue;
    await withFile(bytes, async (path) => {
      const stored = await openTorchFile(path);
      deepEqual([...stored.keys()], [...tensors.keys()], file);
      for (const [name, { dtype, shape, values }] of tensors) {
        const entry = stored.get(name);
        deepEqual([entry?.dtype, entry?.shape, entry?.file], [dtype, shape, path], `${file}: ${name}`);
        const tensor = await entry?.read();
        equal(tensor?.dtype, READ_AS[dtype] ?? dtype, `${file}: ${name}`);
        deepEqual(Array.from(tensor?.data ?? [], Number), values, `${file}: ${name}`);
      }
    });
  }
});

Deno.test("openTorchFile() runs nothing and names what a file asks for", async () => {
  for (const [name, layouts] of Object.entries(oracle.evil)) {
    for (const layout of layouts) {
      equal(
        (await failure(Uint8Array.fromBase64(layout)))?.replace("__builtin__", "builtins"), // its name in protocol 2
        `FILE: pickle asks for ${name}, which is no tensor. Nothing was run. ` +
          "Convert it to safetensors where you trust it, or use a file of tensors alone.",
      );
    }
  }
});

Deno.test("openTorchFile() says what else is wrong with a file", async () => {
  const text = (content: string) => new TextEncoder().encode(content);
  const lines = [
    [new Uint8Array(), /not a file that torch\.save wrote/],
    [text("<!DOCTYPE html>"), /not a file that torch\.save wrote/],
    [
      text("version https://git-lfs.github.com/spec/v1\n"),
      /Git LFS, not the weights\. Fetch them: git lfs pull\.$/,
    ],
    [text("PK\x03\x04 and no more"), /not a whole zip archive/],
    [Uint8Array.of(0x80, 2, 0x4b, 1, 0x2e), /not a file that torch\.save wrote/],
    [bytesOf("not a dict"), /no tensors by name in it, but no dict\. Save the model's state_dict\(\)\.$/],
    [bytesOf("nested"), /no tensors by name in it, but model, epoch\./],
    [
      bytesOf("zip, float8"),
      /small: element type float8_e4m3fn is not supported\. Convert it to one of float32, /,
    ],
  ] as const;
  for (const [bytes, line] of lines) match(await failure(bytes) ?? "", line);
  for (const [line, bytes] of Object.entries(oracle.refused)) {
    const said = await failure(Uint8Array.fromBase64(bytes)) ?? "";
    ok(said.startsWith("FILE: ") && said.includes(line), `${said} for ${line}`);
  }
  await rejects(openTorchFile("none.bin"), {
    message: "none.bin: missing. Name a model folder that has it.",
  });
});

Deno.test("openTorchFile() refuses a legacy file cut anywhere, and an archive cut anywhere", async () => {
  for (const name of ["legacy", "legacy, view", "zip, module"]) {
    const bytes = bytesOf(name);
    for (let length = 0; length < bytes.length; length += 41) {
      ok(await failure(bytes.subarray(0, length)), `${name}, ${length} bytes of ${bytes.length}`);
    }
  }
});

Deno.test("openTorchFile() survives flipped bytes", async () => {
  const rng = random("flips");
  const before = Deno.memoryUsage().rss;
  let refused = 0;
  for (const name of ["zip, module", "legacy", "zip, protocol 5"]) {
    for (let run = 0; run < 120; run++) {
      const bytes = bytesOf(name).slice();
      for (let flips = 1 + rng.below(3); flips > 0; flips--) bytes[rng.below(bytes.length)] = rng.below(256);
      if (await failure(bytes) !== undefined) refused++;
    }
  }
  ok(refused > 120, `${refused} of 360 refused`);
  const grown = (Deno.memoryUsage().rss - before) / 2 ** 20;
  ok(grown < 100, `${grown} MiB more`);
});
