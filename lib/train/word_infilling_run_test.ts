import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { openEncoderDecoder } from "../checkpoint/model.ts";
import { Recipe } from "./recipe.ts";
import { result } from "./result.ts";
import { corpora } from "./run_fixture.ts";
import { runRecipe } from "./run_recipe.ts";

const { folder, recipe: { texts, validation } } = await corpora();
const start = {
  ...{ kind: "scratch", vocabulary: 200, layers: 1, decoderLayers: 1, hidden: 16, heads: 4, headSize: 8 },
  ...{ intermediate: 32, positions: 32 },
};
const recipe = {
  ...{
    name: "tiny",
    description: "A tiny model.",
    task: "span-infilling",
    seed: 42,
    threads: 1,
    start,
    texts,
    validation,
  },
  ...{
    batch: [8, 24],
    stages: [{ batch: [8, 12], steps: 20, share: 0.2 }],
    spans: "words",
    share: 0.3,
    steps: 60,
  },
  ...{ learningRate: 0.02, relativeSteps: true, weightDecay: 0, validateEvery: 30 },
};

Deno.test("a recipe trains a T5 of random weights on words of letters, first on short windows", async () => {
  const out = await Deno.makeTempDir();
  const log = await runRecipe(Recipe.parse(recipe), out, { corpora: folder, checkpoints: folder });
  deepEqual(log.curve.map(({ step }) => step), [30, 60]);
  equal(log.final.accuracies?.length, 5);
  ok((log.final.accuracy ?? 0) > 0.05, `${log.final.accuracy}`); // the sentences have few words
  ok((log.final.wordAccuracy ?? 0) > 0.05);
  const { architecture, tokenizer, maxLength } = await openEncoderDecoder(out, { kind: "language-model" });
  deepEqual([architecture.modelType, architecture.layers, architecture.decoderLayers, maxLength], [
    "t5",
    1,
    1,
    32,
  ]);
  equal(tokenizer.sentinels.length, 100);
  equal(tokenizer.decode(tokenizer.encode("The Patient")), "the patient");
  const card = await Deno.readTextFile(`${out}/README.md`);
  for (
    const part of [
      /pipeline_tag: text2text-generation/,
      /unigram vocabulary/,
      /1 encoder and 1 decoder layers/,
      /restores \*\*\d/,
      /20 steps of 8 × 12 first/,
      /root mean square/,
    ]
  ) ok(part.test(card), `${part}`);
  ok(result("span-infilling", log.final).includes("pieces"));
});

Deno.test("a recipe whose stages take all of its steps is refused", async () => {
  const { error } = Recipe.safeParse({ ...recipe, steps: 20 });
  equal(error?.issues[0]?.message, "they take 20 steps, all of the run's");
  const lora = { rank: 1, alpha: 1, targets: ["q"] };
  ok(!Recipe.safeParse({ ...recipe, lora }).success);
  const text = Recipe.parse({ ...recipe, batch: [400, 24] });
  await rejects(
    runRecipe(text, await Deno.makeTempDir(), { corpora: folder, checkpoints: folder }),
    /a batch takes/,
  );
});
