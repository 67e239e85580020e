import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { AutoModelForMaskedLM, env, Tensor } from "@huggingface/transformers";
import { padded } from "../checkpoint/batch.ts";
import { openModel } from "../checkpoint/model.ts";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import { project } from "../project.ts";
import { Tokenizer } from "../tokenizers/tokenizer.ts";
import { convertFolder } from "./convert_folder.ts";

const PIECES = ["fever", "cough", "no", "and", "##s", ".", "chill"];
const ALL = ["float32", "float16", "int8"] as const;

/** A small random checkpoint beside the folder it is converted to. */
async function checkpoint() {
  const root = await Deno.makeTempDir();
  await tinyModel(`${root}/tiny`, { pieces: PIECES, positions: 16 });
  return { root, folder: `${root}/tiny`, out: `${root}/out`, [Symbol.asyncDispose]: () => remove(root) };
}

const remove = (root: string) => Deno.remove(root, { recursive: true });

/** Every file below a folder, with its text. */
async function contents(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      for (const [path, text] of Object.entries(await contents(`${folder}/${name}`))) {
        found[`${name}/${path}`] = text;
      }
    } else found[name] = new TextDecoder("latin1").decode(await Deno.readFile(`${folder}/${name}`));
  }
  return found;
}

interface Batch {
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
  readonly shape: readonly number[];
}

/** Logits that transformers.js computes with a converted folder. */
async function logits(
  root: string,
  dtype: "fp32" | "fp16" | "q8",
  { ids, mask, shape }: Batch,
): Promise<number[]> {
  env.localModelPath = `${root}/`;
  env.allowRemoteModels = false;
  const model = await AutoModelForMaskedLM.from_pretrained("out", { device: "cpu", dtype });
  const result = await model({
    input_ids: new Tensor("int64", ids, [...shape]),
    attention_mask: new Tensor("int64", mask, [...shape]),
  });
  await model.dispose();
  equal(result.logits.type, "float32");
  return Array.from<number>(result.logits.data);
}

/** Root mean square of the differences, as a share of that of the values. */
function relativeError(got: readonly number[], expected: readonly number[]): number {
  equal(got.length, expected.length);
  const squares = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt(squares(got.map((x, i) => x - (expected[i] ?? NaN))) / squares(expected));
}

const batch: Batch = {
  ids: BigInt64Array.of(2n, 5n, 7n, 8n, 4n, 3n, 2n, 6n, 3n, 0n, 0n, 0n),
  mask: BigInt64Array.of(1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 0n, 0n, 0n),
  shape: [2, 6],
};

Deno.test("transformers.js loads a converted folder in float32, float16 and int8", async () => {
  await using made = await checkpoint();
  const { root, folder, out } = made;
  const written = await convertFolder(folder, out, { types: ALL });
  deepEqual([...written.keys()].filter((path) => path.includes("/onnx/")), [
    `${out}/onnx/model.onnx`,
    `${out}/onnx/model_fp16.onnx`,
    `${out}/onnx/model_quantized.onnx`,
  ]);
  const expected = await logits(root, "fp32", batch);
  const half = relativeError(await logits(root, "fp16", batch), expected);
  ok(half > 0 && half < 2e-3, `float16: ${half}`);
  const quantized = relativeError(await logits(root, "q8", batch), expected);
  ok(quantized > 0 && quantized < 0.1, `int8: ${quantized}`);
});

Deno.test("arrays outside the file: config.json counts the data files, and transformers.js loads them", async () => {
  await using made = await checkpoint();
  const { root, folder, out } = made;
  await convertFolder(folder, out);
  const expected = await logits(root, "fp32", batch);
  deepEqual(JSON.parse((await contents(out))["config.json"] ?? "")["transformers.js_config"], undefined);

  await convertFolder(folder, out, { types: ALL, externalAbove: 12_000 });
  const { "config.json": config = "", ...files } = await contents(out);
  const counts = JSON.parse(config)["transformers.js_config"].use_external_data_format;
  const data = Object.keys(files).filter((name) => name.includes("_data"));
  const { "model.onnx": plain, ...others } = counts;
  deepEqual(data.filter((name) => name.startsWith("onnx/model.onnx_data")).length, plain);
  ok(plain > 1 && Object.keys(others).length > 0, config);
  deepEqual(await logits(root, "fp32", batch), expected);
  ok(relativeError(await logits(root, "fp16", batch), expected) < 2e-3);

  await convertFolder(folder, out, { types: ["float32"] });
  deepEqual(Object.keys(await contents(out)).filter((name) => name.startsWith("onnx/")), ["onnx/model.onnx"]);
});

Deno.test("the same checkpoint gives the same bytes", async () => {
  await using made = await checkpoint();
  const { folder, out } = made;
  await convertFolder(folder, out, { types: ALL });
  const first = await contents(out);
  await convertFolder(folder, out, { types: ALL });
  deepEqual(await contents(out), first);
});

Deno.test("a conversion that fails or is stopped leaves the old folder as it was, and no new one", async () => {
  await using made = await checkpoint();
  const { root, folder, out } = made;
  await convertFolder(folder, out);
  const before = await contents(root);
  const stop = new AbortController();
  const onBytes = (done: number) => done > 4000 && stop.abort();
  for (const to of [out, `${root}/new/deep`]) {
    await rejects(convertFolder(folder, to, { types: ALL, signal: stop.signal, onBytes }), {
      message: "stopped before anything was written. Run it again.",
    });
  }
  await rejects(convertFolder(folder, folder), {
    message: `${folder}: is the checkpoint itself. Name another folder.`,
  });
  deepEqual(await contents(root), before);
  deepEqual((await Array.fromAsync(Deno.readDir(root))).map(({ name }) => name).sort(), ["out", "tiny"]);
});

Deno.test("an embedded model's first choices survive float16 and int8", async () => {
  const root = await Deno.makeTempDir();
  const source = `${project.models}/encoder-small`;
  await convertFolder(source, `${root}/out`, { types: ALL });
  const { tokenizer, architecture } = await openModel(source, { kind: "language-model" });
  const { cls, sep, pad } = tokenizer.special;
  const texts = [
    "The patient was admitted with chest pain and treated with aspirin 300 mg.",
    "No fever. She was discharged home after five days in good condition.",
  ];
  const { input_ids, attention_mask } = padded(
    texts.map((text) => [cls, ...tokenizer.encode(text), sep]),
    pad,
  );
  const given = { ids: input_ids.data, mask: attention_mask.data, shape: input_ids.shape };
  const expected = await logits(root, "fp32", given);
  const best = (values: readonly number[]) =>
    Array.from(given.mask, (seen, place) => {
      const row = values.slice(place * architecture.vocabulary, (place + 1) * architecture.vocabulary);
      return seen === 1n ? row.indexOf(Math.max(...row)) : undefined;
    });
  const wanted = best(expected);
  for (const [dtype, error, share] of [["fp16", 1e-3, 1], ["q8", 0.1, 0.9]] as const) {
    const got = await logits(root, dtype, given);
    ok(relativeError(got, expected) < error, `${dtype}: ${relativeError(got, expected)}`);
    const same = best(got).filter((piece, place) => piece === wanted[place]).length;
    ok(same >= share * wanted.length, `${dtype}: ${same} of ${wanted.length} first choices`);
  }
  await remove(root);
});

Deno.test("a folder with older tokenizer files gets a tokenizer.json that cuts texts in the same way", async () => {
  const root = await Deno.makeTempDir();
  await tinyModel(`${root}/old`, { pieces: ["fever", "##ish", "cough"], positions: 16 });
  const { encode } = await encoderOf(`${root}/old`);
  const text = "Feverish cough, unheard-of [MASK]";
  const expected = encode(text);
  await Deno.remove(`${root}/old/tokenizer.json`);
  await Deno.remove(`${root}/old/tokenizer_config.json`);
  await convertFolder(`${root}/old`, `${root}/out`);
  await Deno.remove(`${root}/out/vocab.txt`);
  deepEqual((await encoderOf(`${root}/out`)).encode(text), expected);
  const { tokenizer_class, mask_token } = JSON.parse(
    await Deno.readTextFile(`${root}/out/tokenizer_config.json`),
  );
  deepEqual([tokenizer_class, mask_token], ["BertTokenizer", "[MASK]"]);
});

Deno.test("a tokenizer of another model is refused before anything is written", async () => {
  const root = await Deno.makeTempDir();
  await tinyModel(`${root}/a`, { pieces: ["fever"], positions: 16 });
  await tinyModel(`${root}/b`, { pieces: ["fever", "cough", "pain"], positions: 16 });
  await Deno.copyFile(`${root}/b/tokenizer.json`, `${root}/a/tokenizer.json`);
  await rejects(convertFolder(`${root}/a`, `${root}/out`), {
    message:
      `${root}/a/tokenizer.json: 8 pieces, but vocab_size of config.json is 6. Put the files of one model together.`,
  });
  await rejects(Deno.stat(`${root}/out`), Deno.errors.NotFound);
});

async function encoderOf(folder: string) {
  const tokenizer = await Tokenizer.open(folder);
  return { encode: (text: string) => tokenizer.encode(text) };
}
