import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { openModel } from "../checkpoint/model.ts";
import { random } from "../random.ts";
import { readRecipe, Recipe } from "./recipe.ts";
import { runRecipe } from "./run_recipe.ts";

/** A folder with a made-up corpus of sentences that a model can learn, and a recipe that trains on it. */
async function corpora() {
  const folder = await Deno.makeTempDir();
  const stream = random("sentences");
  const pick = (words: readonly string[]) => words[stream.below(words.length)] ?? "";
  const sentence = () => {
    const drug = pick(["aspirin", "heparin", "insulin"]);
    return `the patient takes ${drug} for ${
      { aspirin: "pain", heparin: "clots", insulin: "sugar" }[drug]
    } daily`;
  };
  const write = async (name: string, count: number) => {
    const text = `note\n${Array.from({ length: count }, sentence).join("\n")}\n`;
    await Deno.writeTextFile(`${folder}/${name}`, text);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const sha256 = new Uint8Array(digest).toHex();
    return {
      kind: "csv",
      column: "note",
      file: name,
      sha256,
      corpus: "made up",
      licence: "CC0-1.0",
      from: "this test",
    };
  };
  const recipe = {
    ...{ name: "tiny", description: "A tiny model.", task: "masked-lm", seed: 42 },
    start: {
      kind: "scratch",
      vocabulary: 150,
      layers: 1,
      hidden: 32,
      heads: 2,
      intermediate: 64,
      positions: 32,
    },
    texts: [await write("train.csv", 300)],
    validation: [await write("valid.csv", 40)],
    ...{ batch: [16, 16], share: 0.2, steps: 800, learningRate: 0.003, validateEvery: 400, threads: 1 },
  };
  return { folder, recipe, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

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
  ok(log.final.accuracy > 0.25, `${log.final.accuracy}`);
  ok((log.curve[1]?.validationLoss ?? 9) < (log.curve[0]?.validationLoss ?? 0));
  equal((await openModel(out, { kind: "language-model" })).name, "out");
  ok((await Deno.readTextFile(`${out}/README.md`)).includes(`**${(100 * log.final.accuracy).toFixed(1)}%**`));
  deepEqual(await readRecipe(`${out}/recipe.json`), Recipe.parse(made.recipe));
});

Deno.test("runRecipe() gives the same bytes again, and others for another seed", async () => {
  await using made = await corpora();
  const weights = async (seed: number, out: string) => {
    const recipe = Recipe.parse({ ...made.recipe, steps: 10, seed });
    await runRecipe(recipe, `${made.folder}/${out}`, { corpora: made.folder, checkpoints: made.folder });
    return await Deno.readFile(`${made.folder}/${out}/model.safetensors`);
  };
  const first = await weights(1, "a");
  deepEqual(await weights(1, "b"), first);
  ok(`${await weights(2, "c")}` !== `${first}`);
});

Deno.test("runRecipe() goes on from a checkpoint, and makes sure that it is the right one", async () => {
  await using made = await corpora();
  const where = { corpora: made.folder, checkpoints: made.folder };
  const base = await runRecipe(Recipe.parse({ ...made.recipe, steps: 200 }), `${made.folder}/base`, where);
  const bytes = await Deno.readFile(`${made.folder}/base/model.safetensors`);
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  const start = { kind: "checkpoint", folder: "base", sha256, from: "the test", licence: "CC0-1.0" };
  const more = { ...made.recipe, steps: 1, learningRate: 1e-6, start };
  const log = await runRecipe(Recipe.parse(more), `${made.folder}/more`, where);
  ok(Math.abs(log.final.loss - base.final.loss) < 0.01, `${log.final.loss}, from ${base.final.loss}`);
  const other = Recipe.parse({ ...more, start: { ...start, sha256: "0".repeat(64) } });
  await rejects(
    runRecipe(other, `${made.folder}/no`, where),
    /base\/model\.safetensors: sha256 .* Get it from the test\./,
  );
  const none = Recipe.parse({ ...more, start: { ...start, folder: "none" } });
  await rejects(
    runRecipe(none, `${made.folder}/no`, where),
    /none\/model\.safetensors: missing\. Get it from the test\./,
  );
});

Deno.test("readRecipe() names the field that is wrong", async () => {
  await using made = await corpora();
  const path = `${made.folder}/recipe.json`;
  const refused = async (change: object, message: RegExp) => {
    await Deno.writeTextFile(path, JSON.stringify({ ...made.recipe, ...change }));
    await rejects(readRecipe(path), message);
  };
  await refused({ steps: 0 }, /recipe\.json: steps: /);
  await refused({ leaningRate: 1 }, /recipe\.json: recipe: .*leaningRate/);
  await refused({ name: "../up" }, /recipe\.json: name: not lower-case words/);
  await Deno.writeTextFile(path, "{");
  await rejects(readRecipe(path), /recipe\.json: not JSON/);
  await rejects(readRecipe(`${made.folder}/none.json`), /none\.json: missing/);
});
