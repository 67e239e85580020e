import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { Recipe } from "./recipe.ts";
import { corpora } from "./run_fixture.ts";
import { runRecipe } from "./run_recipe.ts";
import { runSeeds } from "./run_seeds.ts";

Deno.test("runSeeds() trains a model for each seed and tells mean and spread; stopped, it goes on", async () => {
  await using made = await corpora();
  const where = { corpora: made.folder, checkpoints: made.folder };
  const { seed: _, ...seedless } = { ...made.tagging, steps: 8, validateEvery: 4 };
  const recipe = Recipe.parse({ ...seedless, seeds: [1, 2, 3] });
  const out = `${made.folder}/seeds`;
  const stop = new AbortController();
  const onStep = (step: number) => step === 12 && stop.abort();
  await rejects(runSeeds(recipe, out, { ...where, onStep, signal: stop.signal }), /stopped at step 5 of 8/);
  await rejects(
    runSeeds(Recipe.parse({ ...seedless, seeds: [1, 2] }), out, where),
    /seeds\.json: holds another run\. Go on with its recipe, or begin anew with --fresh\./,
  );
  const starts: number[] = [];
  const log = await runSeeds(recipe, out, { ...where, onStart: (step) => starts.push(step) });
  deepEqual(starts, [8 + 5, 16]);
  const alone = await runRecipe(Recipe.parse({ ...seedless, seed: 2 }), `${made.folder}/alone`, where);
  equal(log.measures["loss"]?.values[1], alone.final.loss);
  deepEqual(
    await Deno.readFile(`${out}/seed-2/model.safetensors`),
    await Deno.readFile(`${made.folder}/alone/model.safetensors`),
  );
  const { mean = NaN, sd = NaN, values = [] } = log.measures["loss"] ?? {};
  ok(Math.abs(mean - values.reduce((sum, x) => sum + x, 0) / 3) < 1e-12);
  ok(
    sd > 0 && (await Deno.readTextFile(`${out}/README.md`)).includes(`${mean.toFixed(4)} ± ${sd.toFixed(4)}`),
  );
  const names = (await Array.fromAsync(Deno.readDir(out))).map(({ name }) => name).sort();
  deepEqual(names, ["README.md", "recipe.json", "seed-1", "seed-2", "seed-3", "training.json"]);
});
