import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import { openDecoder } from "../checkpoint/model.ts";
import { tinyModel } from "../checkpoint/tiny_model.ts";
import { tinyGpt2 } from "../fill/causal/tiny_gpt2.ts";
import { openCausalLM } from "../metrics/perplexity/causal_lm.ts";
import { SPECIAL_TOKENS } from "../tokenizers/train/special_tokens.ts";
import { writeWordPiece } from "../tokenizers/train/write_word_piece.ts";
import { adaptCausal, type CausalAdaptation } from "./adapt_causal.ts";

const models = await Deno.makeTempDir();
await tinyGpt2(`${models}/tiny`);
const letters = ["a", "b", "c"].map((id) => (
  { id, text: "no fever and chest pain was seen today ".repeat(6), spans: [], meta: {} }
));
const base: CausalAdaptation = {
  model: "tiny",
  epochs: 20,
  batch: 2,
  length: 16,
  seed: 1,
  learningRate: 0.02,
};

async function lossOf(folder: string): Promise<number> {
  const model = await openCausalLM(folder);
  try {
    return (await model.losses(letters[0]?.text ?? "")).reduce((sum, loss) => sum + loss, 0);
  } finally {
    await model.close();
  }
}

const weightsOf = async (folder: string) =>
  (await openDecoder(folder, { kind: "language-model" })).parameters;

Deno.test("adaptCausal() teaches the letters, whole or by an adapter that is worked into the weights", async () => {
  const before = await lossOf(`${models}/tiny`);
  await adaptCausal(letters, base, `${models}/whole`, { models, threads: 1 });
  await adaptCausal(letters, { ...base, lora: { rank: 4, alpha: 8 } }, `${models}/low`, {
    models,
    threads: 1,
  });
  const [whole, low] = [await lossOf(`${models}/whole`), await lossOf(`${models}/low`)];
  ok(whole < 0.5 * before, `${whole} after ${before}`);
  ok(low < 0.95 * before && low > whole, `${low} after ${before}`);
  const [first, last] = [await weightsOf(`${models}/tiny`), await weightsOf(`${models}/low`)];
  const changed = [...first].filter(([name, { data }]) =>
    data.some((x, i) => Math.abs(x - (last.get(name)?.data[i] ?? NaN)) > 1e-3 * (1 + Math.abs(x)))
  );
  deepEqual(changed.map(([name]) => name), ["transformer.h.0.attn.c_attn.weight"]);
});

Deno.test("adaptCausal() gives the same weights again, others for another seed, and ends where it is told to", async () => {
  const weights = async (name: string, change: Partial<CausalAdaptation>) => {
    await adaptCausal(letters, { ...base, epochs: 1, ...change }, `${models}/${name}`, {
      models,
      threads: 1,
    });
    return (await Deno.readFile(`${models}/${name}/model.safetensors`)).join();
  };
  const one = await weights("one", {});
  equal(await weights("again", {}), one);
  notEqual(await weights("other", { seed: 2 }), one);
  equal(await weights("short", { epochs: 9, mostSteps: 1 }), await weights("shorter", { epochs: 0.1 }));
  const [few] = letters;
  if (!few) throw new Error("there are letters");
  await adaptCausal([few], { ...base, batch: 64, length: 48, epochs: 1 }, `${models}/few`, { models }); // what little there is
});

Deno.test("adaptCausal() names what cannot be", async () => {
  const refused = (change: Partial<CausalAdaptation>, message: RegExp, some = letters) =>
    rejects(adaptCausal(some, { ...base, ...change }, `${models}/no`, { models }), message);
  await refused({ epochs: 0 }, /epochs 0: choose a number above 0/);
  await refused({ length: 64 }, /length 64: the model takes 48 pieces/);
  await refused({ lora: { targets: ["query"] } }, /no dense layer is called query/);
  await refused({}, /2 pieces in all: too little to adapt to/, [{
    id: "a",
    text: "no",
    spans: [],
    meta: {},
  }]);
  await tinyModel(`${models}/encoder`, { pieces: ["fever"], positions: 16 });
  await refused({ model: "encoder" }, /bert is of the kind encoder, wanted is one of the kind decoder/);
  await tinyGpt2(`${models}/endless`);
  await writeWordPiece(`${models}/endless`, [
    ...SPECIAL_TOKENS,
    ...Array.from({ length: 200 }, (_, i) => `w${i}`),
  ], 48);
  await refused({ model: "endless" }, /endless: no end-of-text/);
});
