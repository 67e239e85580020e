import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { tinyModel } from "../../checkpoint/tiny_model.ts";
import { scoreEntities } from "../../ner/score_entities.ts";
import type { FamilyParity } from "../../parity/parity.ts";
import { vegaLiteSvg } from "../../report/vega_lite.ts";
import { Report } from "../../train/bench/report.ts";
import { engineAnswer } from "./answer.ts";
import { curveFigure } from "./curve_figure.ts";
import { parityTable } from "./parity_table.ts";
import { saveEngine } from "./save.ts";
import { NO_SPEED, readSpeed, speedTable } from "./speed.ts";

const bert: FamilyParity = {
  family: "BERT",
  madeWith: { torch: "2.13.0", transformers: "5.23.0" },
  ...{ configurations: 2, logits: 3e-7, states: 2e-7, loss: 0, gradients: 8e-7, compared: 40 },
  curve: [1, 2, 3].map((step) => ({ step, loss: 4 / step, torchLoss: 4 / step, norm: 1, torchNorm: 1 })),
};
const gpt2: FamilyParity = {
  ...{ ...bert, family: "GPT-2" },
  curve: bert.curve.map((one) => ({ ...one, loss: one.torchLoss * (1 + 1e-5 * one.step) })),
  text: { tokens: 128, same: 128, equal: true },
};

const side = { seconds: 0.2, peak: 6e8, product: 400 };
const parts = { graph: 0.18, boundary: 0.01, optimizer: 0.01, batch: 0, masks: 0, operators: { Gemm: 0.7 } };
const result = {
  ...{ row: "masked-small", title: "masked LM", form: "trainer", threads: 2, rounds: 5, least: 1.5, aim: 2 },
  ours: { ...side, parts: { ...parts, products: { rate: 300, share: 0.75 } } },
  pytorch: { ...side, seconds: 0.5 },
  ...{ ratio: 2.5, memory: 0.6, outside: 0.1, reach: 0.75 },
};
const speed = Report.parse({
  machine: { processor: "a processor", architecture: "x86_64", cores: 2, instructions: ["avx2"] },
  versions: { torch: "2.13.0" },
  results: [result],
});

const span = { start: 3, end: 10, label: "DRUG" };
const letters = ["a", "b"].map((id) => ({ id, text: "On aspirin.", spans: [span], meta: {} }));
const tagger = scoreEntities(
  letters,
  letters.map((one) => ({ ...one, spans: one.id === "a" ? [span] : [] })),
);

Deno.test("the answer says yes within the bounds and no beyond them, and computes every number", () => {
  const found = { parity: [bert, gpt2], speed, tagger };
  match(
    engineAnswer(found),
    /\*\*Yes\.\*\* The 2 families .* fifty steps within 3\.0e-5 \(GPT-2\)[^]*Of 128 tokens [^]*128 are [^]*2\.50 [^]*1 of 1 [^]*F1 of 0\.667/,
  );
  match(engineAnswer({ ...found, parity: [bert, { ...gpt2, gradients: 2e-4 }] }), /\*\*No\.\*\*/);
  ok(engineAnswer({ parity: [bert], tagger }).includes(NO_SPEED));
});

Deno.test("tables read as a paper's: tiny numbers by their power, equal sides as zero", async () => {
  deepEqual(parityTable([bert, gpt2]).rows.map(({ curve, tokens }) => [curve === 0, tokens]), [[true, null], [
    false,
    128,
  ]]);
  match(await vegaLiteSvg(curveFigure([bert, gpt2], "BERT").spec), />equal</);
});

Deno.test("readSpeed() reads what the benchmark writes, and refuses another file", async () => {
  const path = `${await Deno.makeTempDir()}/speed.json`;
  await Deno.writeTextFile(path, JSON.stringify(speed));
  const read = await readSpeed(path);
  equal(read && speedTable(read).rows[0]?.["ratio"], 2.5);
  await Deno.writeTextFile(path, "{}");
  await rejects(readSpeed(path), /speed\.json: no results of deno task bench train/);
});

Deno.test("saveEngine() writes tables, figure and manifest, the same bytes again but for the times", async () => {
  const folder = await Deno.makeTempDir();
  await tinyModel(`${folder}/tiny`, { pieces: ["on"], positions: 16 });
  const training = {
    ...{ model: "tiny", models: folder, steps: 1, seed: 42 },
    train: letters,
    test: letters,
  };
  const parity = [bert, gpt2];
  const results = { parity, tagger, curve: curveFigure(parity, "BERT"), training, profile: "quick" };
  await saveEngine({ ...results, speed }, `${folder}/a`);
  await saveEngine(results, `${folder}/b`);
  const files = async (at: string) =>
    (await Array.fromAsync(Deno.readDir(at))).map(({ name }) => name).sort();
  const [a, b] = [await files(`${folder}/a`), await files(`${folder}/b`)];
  deepEqual(
    a.filter((name) => !b.includes(name)),
    ["csv", "md", "parquet", "tex"].map((form) => `speed.${form}`),
  );
  match(
    await Deno.readTextFile(`${folder}/a/parity.md`),
    /\| GPT-2 \| 2 \| 3\.0e-7 \| 2\.0e-7 \| 0 \| 8\.0e-7 \|/,
  );
  for (const name of b.filter((name) => name !== "manifest.json")) {
    deepEqual(await Deno.readFile(`${folder}/a/${name}`), await Deno.readFile(`${folder}/b/${name}`), name);
  }
});
