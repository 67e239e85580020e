import { deepEqual, equal, ok } from "node:assert/strict";
import { AutoModelForMaskedLM, env } from "@huggingface/transformers";
import { z } from "zod";
import { maskedLMGraph } from "../architectures/inference.ts";
import { Session } from "../onnx/session.ts";
import type { Tensor } from "../onnx/tensor.ts";
import { pythonWith } from "../python.ts";
import { card } from "../train/card.ts";
import { readRecipe } from "../train/recipe.ts";
import { TrainingLog } from "../train/training_log.ts";
import { readConfig } from "./config.ts";
import { padded } from "./batch.ts";
import { openEncoder } from "./model.ts";
import { onnxFolder } from "../export/onnx_folder.ts";

const root = new URL("../../data/models", import.meta.url).pathname;
const HEAD = { kind: "language-model" } as const;
const NAMES = ["encoder-clinical", "encoder-general", "encoder-small"] as const;
const script = new URL("embedded_models_oracle.py", import.meta.url).pathname;
const python = await pythonWith("torch", "transformers");

const Oracle = z.object({
  texts: z.array(z.string()),
  every: z.number(),
  models: z.record(
    z.string(),
    z.object({
      ids: z.array(z.array(z.number())),
      mask: z.array(z.array(z.number())),
      largest: z.number(),
      logits: z.array(z.array(z.array(z.number()))),
      best: z.array(z.array(z.number())),
    }),
  ),
});

/** Our logits and Python's, for every model and text: within 1e-4 of the largest, and the same first choices. */
async function compare(json: string): Promise<void> {
  const { texts, every, models } = Oracle.parse(JSON.parse(json));
  deepEqual(Object.keys(models), [...NAMES]);
  for (const [name, python] of Object.entries(models)) {
    const { architecture, parameters, tokenizer } = await openEncoder(`${root}/${name}`, HEAD);
    const { cls, sep, pad } = tokenizer.special;
    const sequences = texts.map((text) => [cls, ...tokenizer.encode(text), sep]);
    const session = await Session.open(maskedLMGraph(architecture, parameters));
    const inputs = padded(sequences, pad);
    deepEqual(Array.from(inputs.input_ids.data, Number), python.ids.flat(), `${name}: other pieces`);
    const { logits } = await session.run({ ...inputs });
    await session.close();
    const [, length = 0, vocabulary = 0] = logits?.shape ?? [];
    for (const [row, positions] of python.logits.entries()) {
      for (const [at, expected] of positions.entries()) {
        if (python.mask[row]?.[at] !== 1) continue;
        const got = rowOf(logits, row * length + at, vocabulary);
        for (const [k, x] of expected.entries()) {
          const difference = Math.abs((got[k * every] ?? NaN) - x);
          ok(
            difference < 1e-4 * python.largest,
            `${name}, text ${row}, place ${at}, piece ${k * every}: ${difference}`,
          );
        }
        equal(
          got.indexOf(Math.max(...got)),
          python.best[row]?.[at],
          `${name}, text ${row}, place ${at}: another best piece`,
        );
      }
    }
  }
}

function rowOf(tensor: Tensor | undefined, row: number, width: number): number[] {
  return Array.from(tensor?.data.slice(row * width, (row + 1) * width) ?? [], Number);
}

Deno.test("the embedded models' logits equal what Python's BertForMaskedLM recorded", async () => {
  await compare(await Deno.readTextFile(script.replace(/\.py$/, ".json")));
});

Deno.test({
  name: "the embedded models' logits equal Python's, computed now",
  ignore: python === undefined,
  fn: async () => {
    const { success, stdout, stderr } = await new Deno.Command(python ?? "python3", { args: [script] })
      .output();
    ok(success, new TextDecoder().decode(stderr));
    await compare(new TextDecoder().decode(stdout));
  },
});

Deno.test("transformers.js loads an embedded model and restores a hidden word", async () => {
  const cache = await Deno.makeTempDir();
  env.localModelPath = `${cache}/`;
  env.allowRemoteModels = false;
  const id = await onnxFolder(`${root}/encoder-clinical`, cache);
  const model = await AutoModelForMaskedLM.from_pretrained(id, { device: "cpu", dtype: "fp32" });
  const { architecture, parameters, tokenizer } = await openEncoder(`${root}/encoder-clinical`, HEAD);
  const { cls, sep, mask } = tokenizer.special;
  const ids = [cls, ...tokenizer.encode("The patient was admitted with [MASK] pain."), sep];
  const { input_ids, attention_mask } = padded([ids], 0);
  const { Tensor } = await import("@huggingface/transformers");
  const { logits } = await model({
    input_ids: new Tensor("int64", input_ids.data, [...input_ids.shape]),
    attention_mask: new Tensor("int64", attention_mask.data, [...attention_mask.shape]),
  });
  const session = await Session.open(maskedLMGraph(architecture, parameters));
  const { logits: ours } = await session.run({ input_ids, attention_mask });
  const at = ids.indexOf(mask);
  const theirs = Array.from<number>(logits.data).slice(
    at * architecture.vocabulary,
    (at + 1) * architecture.vocabulary,
  );
  const expected = rowOf(ours, at, architecture.vocabulary);
  ok(theirs.every((x, i) => Math.abs(x - (expected[i] ?? NaN)) < 1e-3));
  ok(/^\p{L}+$/u.test(tokenizer.piece(theirs.indexOf(Math.max(...theirs)))), "a word is restored");
  await session.close();
  await model.dispose();
  await Deno.remove(cache, { recursive: true });
});

Deno.test("the embedded models keep what their cards promise", async () => {
  const accuracy = new Map<string, number>();
  let bytes = 0;
  for (const name of NAMES) {
    for await (const { name: file } of Deno.readDir(`${root}/${name}`)) {
      bytes += (await Deno.stat(`${root}/${name}/${file}`)).size;
    }
    const recipe = await readRecipe(`${root}/${name}/recipe.json`);
    equal(recipe.name, name);
    const log = TrainingLog.parse(JSON.parse(await Deno.readTextFile(`${root}/${name}/training.json`)));
    accuracy.set(name, log.final.accuracy ?? 0);
    const text = await Deno.readTextFile(`${root}/${name}/README.md`);
    equal(text, card(recipe, log, (await readConfig(`${root}/${name}`)).architecture));
    for (const { corpus, licence } of recipe.texts) {
      ok(text.includes(corpus) && text.includes(licence), `${name}: ${corpus}`);
    }
    ok(recipe.texts.every(({ file }) => !file.includes("letters")), `${name}: trained on letters`);
  }
  ok(bytes <= 120e6, `the models take ${(bytes / 1e6).toFixed(0)} MB, at most 120 are allowed`);
  ok((accuracy.get("encoder-clinical") ?? 0) >= 0.45);
  ok((accuracy.get("encoder-clinical") ?? 0) > (accuracy.get("encoder-general") ?? 1));
});
