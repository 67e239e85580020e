import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { AutoModelForMaskedLM, AutoTokenizer, env } from "@huggingface/transformers";
import { maskedLMGraph } from "../architectures/inference.ts";
import { openMaskedLM } from "../fill/encoder_model.ts";
import { openTokenEncoder } from "../metrics/encoder_embeddings.ts";
import { Session } from "../onnx/session.ts";
import { initialize } from "../train/initialize.ts";
import { SPECIAL_TOKENS } from "../tokenizers/train/special_tokens.ts";
import { padded } from "./batch.ts";
import { fingerprint } from "./fingerprint.ts";
import { openEncoder } from "./model.ts";
import { onnxFolder } from "../export/onnx_folder.ts";
import { tinyModel } from "./tiny_model.ts";

const HEAD = { kind: "language-model" } as const;
const PIECES = [...SPECIAL_TOKENS, "fever", "cough", "no", "and", "##s", ".", "chill"];

/** A small random model folder, and a folder to build into. */
async function folders() {
  const root = await Deno.makeTempDir();
  const folder = `${root}/tiny`;
  await tinyModel(folder, { pieces: PIECES.slice(SPECIAL_TOKENS.length), positions: 16 });
  return { root, folder, [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }) };
}

Deno.test("a saved model opens again with float16's rounding and nothing else", async () => {
  await using made = await folders();
  const { folder } = made;
  const model = await openEncoder(folder, HEAD);
  equal(model.name, "tiny");
  equal(model.maxLength, 16);
  const weight = model.parameters.get("bert.embeddings.word_embeddings.weight");
  const fresh = initialize("bert.embeddings.word_embeddings.weight", [PIECES.length, 16], 42);
  deepEqual(weight?.data, new Float32Array(new Float16Array(fresh.data.map((x) => 20 * x))));
});

Deno.test("transformers.js loads the built folder and computes the same logits", async () => {
  await using made = await folders();
  const { root, folder } = made;
  const id = await onnxFolder(folder, root);
  env.localModelPath = `${root}/`;
  env.allowRemoteModels = false;
  const theirs = await AutoModelForMaskedLM.from_pretrained(id, { device: "cpu", dtype: "fp32" });
  const tokenizer = await AutoTokenizer.from_pretrained(id);
  const inputs = tokenizer(["no fever and [MASK].", "cough"], { padding: true });
  const { logits } = await theirs(inputs);

  const { architecture, parameters, tokenizer: ours } = await openEncoder(folder, HEAD);
  const { cls, sep, pad } = ours.special;
  const session = await Session.open(maskedLMGraph(architecture, parameters));
  const sequences = ["no fever and [MASK].", "cough"].map((text) => [cls, ...ours.encode(text), sep]);
  const { logits: expected } = await session.run({ ...padded(sequences, pad) });
  deepEqual(logits.dims, expected?.shape);
  ok(expected?.data.every((x, i) => Math.abs(Number(x) - logits.data[i]) < 1e-5));
  equal(await onnxFolder(folder, root), id);
  await session.close();
  await theirs.dispose();
});

Deno.test("openMaskedLM() gives the best piece and the best whole word of the full logits", async () => {
  await using made = await folders();
  const { folder } = made;
  const model = await openMaskedLM(folder);
  const windows = [
    { ids: [2, 7, 4, 8, 4, 10, 3], masked: [2, 4] },
    { ids: [2, 4, 3], masked: [1] },
  ];
  const likely = await model.likeliest(windows, { all: 1, words: 1 });
  const { architecture, parameters } = await openEncoder(folder, HEAD);
  const session = await Session.open(maskedLMGraph(architecture, parameters));
  for (const [row, { ids, masked }] of windows.entries()) {
    const { logits } = await session.run({ ...padded([ids], 0) });
    for (const [i, at] of masked.entries()) {
      const scores = Array.from(logits?.data ?? [], Number).slice(
        at * PIECES.length,
        (at + 1) * PIECES.length,
      );
      const words = scores.map((score, id) => [5, 6, 7, 8, 11].includes(id) ? score : -Infinity);
      const { all, words: whole } = likely[row]?.[i] ?? {};
      equal(all?.[0]?.id, scores.indexOf(Math.max(...scores)));
      equal(whole?.[0]?.id, words.indexOf(Math.max(...words)));
    }
  }
  await session.close();
  await model.close();
});

Deno.test("openTokenEncoder() covers a text longer than the model, each piece once", async () => {
  await using made = await folders();
  const { folder } = made;
  const encoder = await openTokenEncoder(folder, { layer: 2 });
  const long = Array.from({ length: 50 }, (_, i) => PIECES[5 + i % 4]).join(" ");
  const [encoded, short] = await encoder.encode([long, "no fever."]);
  equal(encoded?.ids.length, 52);
  const rows = Array.from({ length: 52 }, (_, i) => encoded?.embeddings.slice(i * 16, (i + 1) * 16).join());
  ok(rows.every((row) => !/^0(,0)*$/.test(row ?? "")), "every piece has an embedding");
  // The pieces repeat every 4, the windows every 7: pieces in the middle of windows differ from each other by position.
  ok(new Set(rows).size > 20);
  const alone = await encoder.encode(["no fever."]);
  const gap = Math.max(
    ...(short?.embeddings ?? []).map((x, i) => Math.abs(x - (alone[0]?.embeddings[i] ?? NaN))),
  );
  ok(gap < 1e-5, `padding changes an embedding by ${gap}`);
  equal(encoder.signature, "tiny|layer:2|window:16|overlap:3");
  await encoder.close();
  await rejects(openTokenEncoder(folder, { layer: 4 }), /layer 4: .*tiny has layers 0 to 3/);
});

Deno.test("a half-written or mixed-up model folder is refused in one line", async () => {
  await using made = await folders();
  const { root, folder } = made;
  await rejects(openEncoder(`${root}/none`, HEAD), /none\/config\.json: missing/);
  const weights = await Deno.readFile(`${folder}/model.safetensors`);
  await Deno.writeFile(`${folder}/model.safetensors`, weights.slice(0, weights.length - 10));
  await rejects(openEncoder(folder, HEAD), /model\.safetensors/);
  await Deno.writeFile(`${folder}/model.safetensors`, weights);
  const config = await Deno.readTextFile(`${folder}/config.json`);
  await Deno.writeTextFile(
    `${folder}/config.json`,
    config.replace('"intermediate_size": 24', '"intermediate_size": 32'),
  );
  await rejects(
    openEncoder(folder, HEAD),
    /intermediate\.dense\.weight is \[24,16\], config\.json asks for \[32,16\]/,
  );
  await Deno.writeTextFile(`${folder}/config.json`, config);
  const before = await fingerprint(folder);
  await Deno.writeTextFile(`${folder}/config.json`, `${config} `);
  ok(before !== await fingerprint(folder));
});
