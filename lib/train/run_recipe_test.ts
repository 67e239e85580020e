import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { z } from "zod";
import { openEncoder, openModel } from "../checkpoint/model.ts";
import { readAdapter } from "./lora/adapter_folder.ts";
import { readRecipe, Recipe } from "./recipe.ts";
import { corpora } from "./run_fixture.ts";
import { runRecipe } from "./run_recipe.ts";
import { readProgress } from "./run_state.ts";

const namesIn = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
const weightsIn = (folder: string, name = "model.safetensors") => Deno.readFile(`${folder}/${name}`);

Deno.test("runRecipe() trains a model that learns from context, and writes a whole folder", async () => {
  await using made = await corpora();
  const out = `${made.folder}/out`;
  const notes: string[] = [];
  const log = await runRecipe(Recipe.parse(made.recipe), out, {
    ...{ corpora: made.folder, checkpoints: made.folder },
    onStep: (step, steps) => notes.push(`${step}/${steps}`),
  });
  equal(notes.at(-1), "800/800");
  deepEqual(log.curve.map(({ step }) => step), [400, 800]);
  // A sentence has seven words and a separator: without context one in eight at best is right.
  const { accuracy = 0 } = log.final;
  ok(accuracy > 0.25, `${accuracy}`);
  ok((log.curve[1]?.["validationLoss"] ?? 9) < (log.curve[0]?.["validationLoss"] ?? 0));
  equal((await openModel(out, { kind: "language-model" })).name, "out");
  ok((await Deno.readTextFile(`${out}/README.md`)).includes(`**${(100 * accuracy).toFixed(1)}%**`));
  deepEqual(await readRecipe(`${out}/recipe.json`), Recipe.parse(made.recipe));
  deepEqual(
    (await Deno.readTextFile(`${out}/curve.jsonl`)).trim().split("\n").map((line) => JSON.parse(line)),
    log.curve,
  );
});

Deno.test("runRecipe() gives the same bytes again, with all that chance decides, and others for another seed", async () => {
  await using made = await corpora();
  const weights = async (seed: number, out: string) => {
    const change = { steps: 6, seed, dropout: true, wholeWords: true, accumulate: 2, batch: [8, 16] };
    const recipe = Recipe.parse({ ...made.recipe, ...change, schedule: "cosine" });
    await runRecipe(recipe, `${made.folder}/${out}`, { corpora: made.folder, checkpoints: made.folder });
    return await weightsIn(`${made.folder}/${out}`);
  };
  const first = await weights(1, "a");
  deepEqual(await weights(1, "b"), first);
  ok(`${await weights(2, "c")}` !== `${first}`);
});

Deno.test("runRecipe() goes on from a checkpoint, and makes sure that it is the right one", async () => {
  await using made = await corpora();
  const where = { corpora: made.folder, checkpoints: made.folder };
  const base = await runRecipe(Recipe.parse({ ...made.recipe, steps: 200 }), `${made.folder}/base`, where);
  const bytes = await weightsIn(`${made.folder}/base`);
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  const start = { kind: "checkpoint", folder: "base", sha256, from: "the test", licence: "CC0-1.0" };
  const more = { ...made.recipe, steps: 1, learningRate: 1e-6, start };
  const log = await runRecipe(Recipe.parse(more), `${made.folder}/more`, where);
  ok(Math.abs(log.final.loss - base.final.loss) < 0.01, `${log.final.loss}, from ${base.final.loss}`);
  const refused = (change: object, message: RegExp) =>
    rejects(
      runRecipe(Recipe.parse({ ...more, start: { ...start, ...change } }), `${made.folder}/no`, where),
      message,
    );
  await refused({ sha256: "0".repeat(64) }, /base\/model\.safetensors: sha256 .* Get it from the test\./);
  await refused({ folder: "none" }, /none\/model\.safetensors: missing\. Get it from the test\./);
  await refused(
    made.causal.start,
    /gpt2: gpt2 is of the kind decoder, masked-lm wants the kind encoder\. Name another checkpoint\./,
  );
  deepEqual(
    (await namesIn(made.folder)).includes("no"),
    false,
    "nothing is written for a recipe that can't run",
  );
});

Deno.test("runRecipe() trains a token classifier that Python and transformers.js know the labels of", async () => {
  await using made = await corpora();
  const where = { corpora: made.folder, checkpoints: made.folder };
  const out = `${made.folder}/tagger`;
  const log = await runRecipe(Recipe.parse({ ...made.tagging, labelWeights: { "B-DRUG": 2 } }), out, where);
  ok((log.final.f1 ?? 0) > 0.95, `${log.final.f1}`);
  const model = await openEncoder(out, { kind: "token-classification", labels: 2 });
  const { id2label, architectures } = model.config;
  deepEqual([id2label, architectures], [{ 0: "O", 1: "B-DRUG" }, ["BertForTokenClassification"]]);
  equal(log.texts[0]?.texts, 60);

  // The same head goes on with the same labels only; letters with spans serve as well.
  const bytes = await weightsIn(out);
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  const start = { ...made.tagging.start, folder: "tagger", sha256 };
  const brat = await made.letters();
  const more = {
    ...made.tagging,
    start,
    texts: [brat],
    validation: [brat],
    batch: [2, 32],
    steps: 1,
    learningRate: 1e-9,
  };
  const again = await runRecipe(Recipe.parse(more), `${made.folder}/again`, where);
  equal(again.texts[0]?.texts, 2);
  ok((again.final.f1 ?? 0) > 0.6, `${again.final.f1}`); // only the full stop is new to it
  const refused = (change: object, message: RegExp) =>
    rejects(runRecipe(Recipe.parse({ ...more, ...change }), `${made.folder}/no`, where), message);
  await refused(
    { labels: ["B-DRUG", "O"] },
    /tagger\/config\.json: id2label is O, B-DRUG, the recipe's labels are B-DRUG, O: the label set changed\./,
  );
  await refused({ labels: ["O", "B-DRUG", "I-DRUG"] }, /the label set changed/);
  await refused(
    { start: made.tagging.start, labels: ["O", "B-SIGN"] },
    /letters\/a\.txt, character 0: label "B-DRUG" is not among O, B-SIGN\. Name all labels\./,
  );
  await refused({ texts: [{ ...brat, letters: ["c"] }] }, /letters: no letter c, which the recipe names/);
  await refused(
    { texts: [{ ...brat, sha256: "0".repeat(64) }] },
    /letters: sha256 .*, the recipe names 0000/,
  );
  deepEqual((await namesIn(made.folder)).includes("no"), false);
});

Deno.test("runRecipe() adapts a decoder on a base of 4 bits and writes an adapter, or the model with it worked in", async () => {
  await using made = await corpora();
  const where = { corpora: made.folder, checkpoints: made.folder };
  const lora = { rank: 4, alpha: 8, targets: ["c_attn", "c_fc"], dropout: 0.1, base: "int4" };
  const recipe = { ...made.causal, lora, dropout: true };
  const out = `${made.folder}/adapter`;
  const log = await runRecipe(Recipe.parse(recipe), out, where);
  ok((log.curve[1]?.["validationLoss"] ?? 9) < (log.curve[0]?.["validationLoss"] ?? 0));
  equal(log.final.perplexity, Math.exp(log.final.loss));
  const { tensors, rank, targets } = await readAdapter(out);
  deepEqual([rank, targets, tensors.size], [4, ["c_attn", "c_fc"], 4]);
  const names = await namesIn(out);
  ok(names.includes("tokenizer.json") && !names.includes("model.safetensors"), `${names}`);

  const whole = { ...recipe, lora: { ...lora, base: "float32", merge: true }, weights: "float32" };
  const merged = await runRecipe(Recipe.parse(whole), `${made.folder}/merged`, where);
  const model = await openModel(`${made.folder}/merged`, { kind: "language-model" });
  ok(
    merged.parameters < 0.5 * [...model.parameters.values()].reduce((sum, { data }) => sum + data.length, 0),
  );
});

Deno.test("runRecipe() trains an encoder-decoder to fill spans, and stops early on its held-out loss", async () => {
  await using made = await corpora();
  const recipe = Recipe.parse({
    ...made.infilling,
    ...{
      learningRate: 1e-9,
      steps: 40,
      validateEvery: 2,
      earlyStopping: { patience: 2 },
      weights: "float32",
    },
  });
  const log = await runRecipe(recipe, `${made.folder}/t5`, {
    corpora: made.folder,
    checkpoints: made.folder,
  });
  ok(log.curve.length < 20 && log.best, `${log.curve.length}`);
  ok(Math.abs(log.final.loss - log.best.value) < 1e-6);
});

Deno.test("a run that was killed goes on to the bytes of one that was not, the old model in place until the end", async () => {
  await using made = await corpora();
  const path = `${made.folder}/recipe.json`;
  const recipe = { ...made.tagging, steps: 50, validateEvery: 10, dropout: true };
  await Deno.writeTextFile(path, JSON.stringify(recipe));
  const where = { corpora: made.folder, checkpoints: made.folder };
  await runRecipe(Recipe.parse(recipe), `${made.folder}/whole`, where);
  const out = `${made.folder}/parts`;
  await Deno.mkdir(out);
  await Deno.writeTextFile(`${out}/config.json`, "of the model before");
  await Deno.writeTextFile(`${out}/notes.txt`, "mine");

  const main = new URL("../cli/main.ts", import.meta.url).pathname;
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--config", config, main, "train", path, out],
      ...["--corpora", made.folder, "--checkpoints", made.folder, "--save-steps", "5"],
    ],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let said = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (/\b[12]\d\/50 steps/.test(said)) child.kill("SIGKILL");
  }
  equal((await child.status).signal, "SIGKILL", said);
  equal(await Deno.readTextFile(`${out}/config.json`), "of the model before");
  deepEqual(await namesIn(out), ["checkpoint", "config.json", "notes.txt"]);
  const step = (await readProgress(`${out}/checkpoint`))?.step ?? 0;
  ok(step >= 5 && step < 50, `${step}`);

  const other = Recipe.parse({ ...recipe, learningRate: 0.02 });
  await rejects(
    runRecipe(other, out, where),
    (error: Error) =>
      error.message ===
        `${out}/checkpoint: holds another run, at step ${step}. Go on with its recipe, or begin anew with --fresh.`,
  );
  const starts: number[] = [];
  await runRecipe(Recipe.parse(recipe), out, { ...where, onStart: (step) => starts.push(step) });
  deepEqual(starts, [step]);
  deepEqual(await weightsIn(out), await weightsIn(`${made.folder}/whole`));
  equal(
    await Deno.readTextFile(`${out}/curve.jsonl`),
    await Deno.readTextFile(`${made.folder}/whole/curve.jsonl`),
  );
  deepEqual(await namesIn(out), [...await namesIn(`${made.folder}/whole`), "notes.txt"].sort());

  await runRecipe(other, out, { ...where, fresh: true });
  equal(
    z.object({ learningRate: z.number() }).parse(await readRecipe(`${out}/recipe.json`)).learningRate,
    0.02,
  );
});

Deno.test("readRecipe() names the field that is wrong", async () => {
  await using made = await corpora();
  const path = `${made.folder}/recipe.json`;
  const refused = async (change: object, message: RegExp, of: object = made.recipe) => {
    await Deno.writeTextFile(path, JSON.stringify({ ...of, ...change }));
    await rejects(readRecipe(path), message);
  };
  await refused({ steps: 0 }, /recipe\.json: steps: /);
  await refused({ leaningRate: 1 }, /recipe\.json: recipe: .*leaningRate/);
  await refused({ name: "../up" }, /recipe\.json: name: not lower-case words/);
  await refused({ task: "masked-ml" }, /recipe\.json: task: .*'masked-lm' \| 'causal-lm'/);
  await refused({ share: 0.2 }, /recipe\.json: recipe: .*share/, made.causal);
  await refused({ seeds: [1, 2] }, /recipe\.json: seed: give either a seed or several seeds/);
  await refused({ seed: undefined, seeds: [1, 1] }, /recipe\.json: seeds: a seed comes twice/);
  const lora = { rank: 2, alpha: 4, targets: ["query"] };
  await refused({ lora }, /recipe\.json: lora: there is nothing to adapt: start from a checkpoint/);
  await refused({ lora: { ...lora, blockSize: 20 } }, /recipe\.json: lora\.blockSize: /, made.causal);
  await refused({ labels: ["O", "O"] }, /recipe\.json: labels: a label comes twice/, made.tagging);
  await refused(
    { labelWeights: { X: 2 } },
    /recipe\.json: labelWeights: "X" is not among the labels/,
    made.tagging,
  );
  await Deno.writeTextFile(path, "{");
  await rejects(readRecipe(path), /recipe\.json: not JSON/);
  await rejects(readRecipe(`${made.folder}/none.json`), /none\.json: missing/);
});
