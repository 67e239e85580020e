import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { openDecoder, openEncoder } from "../../checkpoint/model.ts";
import { CausalSampler } from "../../synth/causal_sampler.ts";
import { Recipe } from "../recipe.ts";
import { corpora } from "../run_fixture.ts";
import { runRecipe } from "../run_recipe.ts";
import { folderHash } from "../texts/brat_folder.ts";

const sizes = { layers: 1, hidden: 16, heads: 2, intermediate: 32, positions: 24 };

Deno.test("a causal model is trained from random weights on a folder of letters, and writes", async () => {
  await using made = await corpora();
  const letters = { ...await made.letters(), weight: 60 };
  const out = `${made.folder}/out`;
  const recipe = Recipe.parse({
    ...{
      name: "tiny-decoder",
      description: "A tiny decoder.",
      language: "es",
      task: "causal-lm",
      seed: 1,
      threads: 1,
    },
    ...{
      texts: [letters],
      validation: made.recipe.validation,
      batch: [2, 8],
      steps: 60,
      learningRate: 0.01,
      validateEvery: 60,
    },
    start: { kind: "scratch", vocabulary: 300, spread: 0.1, ...sizes },
  });
  const log = await runRecipe(recipe, out, { corpora: made.folder, checkpoints: made.folder });
  ok(log.final.loss < Math.log(100), `${log.final.loss}`); // a blind guess chooses from some 300 pieces
  const { architecture, tokenizer, maxLength } = await openDecoder(out, { kind: "language-model" });
  deepEqual([architecture.modelType, architecture.hidden, maxLength], ["gpt2", 16, 24]);
  equal(tokenizer.special.eos, 0);
  await using sampler = await CausalSampler.open(out);
  const [prompt] = sampler.encode([{ id: "a", text: "the patient takes" }]);
  const [letter] = prompt ? await sampler.sample([{ prompt, number: 1 }], { seed: 1, maxTokens: 20 }) : [];
  ok(letter?.text.startsWith("the patient takes"));
  const card = await Deno.readTextFile(`${out}/README.md`);
  ok(card.includes("language: es") && card.includes("byte-level vocabulary"));

  const other = { ...recipe, texts: [{ ...letters, sha256: "0".repeat(64) }] };
  await rejects(
    runRecipe(Recipe.parse(other), `${made.folder}/no`, { corpora: made.folder, checkpoints: made.folder }),
    /letters: sha256 .* Get it from this test\./,
  );
});

Deno.test("a masked model from random weights keeps case and accents where its recipe says so", async () => {
  await using made = await corpora();
  await Deno.mkdir(`${made.folder}/cased`);
  for (const id of ["a", "b"]) {
    await Deno.writeTextFile(`${made.folder}/cased/${id}.txt`, "Núria vio a Ana. ".repeat(20));
    await Deno.writeTextFile(`${made.folder}/cased/${id}.ann`, "");
  }
  const source = {
    ...{ kind: "brat", file: "cased", sha256: await folderHash(`${made.folder}/cased`) },
    ...{ corpus: "made up", licence: "CC0-1.0", from: "this test" },
  };
  const train = async (cased: boolean) => {
    const out = `${made.folder}/${cased}`;
    const recipe = Recipe.parse({
      ...{ name: "tiny", description: "A tiny model.", task: "masked-lm", seed: 1, threads: 1 },
      ...{ texts: [source], validation: [source], batch: [2, 16], steps: 2, learningRate: 0.01 },
      start: { kind: "scratch", vocabulary: 100, ...cased && { cased }, ...sizes },
    });
    await runRecipe(recipe, out, { corpora: made.folder, checkpoints: made.folder });
    const { tokenizer } = await openEncoder(out, { kind: "language-model" });
    return tokenizer.decode(tokenizer.encode("Núria"));
  };
  deepEqual([await train(true), await train(false)], ["Núria", "nuria"]);
});
