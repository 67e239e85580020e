import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { project } from "../project.ts";
import type { Net } from "../architectures/net.ts";
import { Recipe } from "./recipe.ts";
import { inStages } from "./stages.ts";

const task = (name: string) => ({
  loss: ({ b }: Net) => b.scalar(0),
  batch: (step: number) => ({
    [name]: { dtype: "float32", shape: [], data: Float32Array.of(step) } as const,
  }),
  weight: () => 7,
});

Deno.test("inStages() goes from stage to stage, each from its own first batch", () => {
  const staged = inStages(
    [{ task: task("a"), batches: 2 }, { task: task("b"), batches: 1 }],
    task("last"),
  );
  const seen = [0, 1, 2, 3, 4].map((step) => {
    const [[name, tensor] = ["", undefined]] = Object.entries(staged.batch(step));
    return `${name} ${tensor?.data[0]}`;
  });
  deepEqual(seen, ["a 0", "a 1", "b 0", "last 0", "last 1"]);
  equal(staged.weight?.({}), 7);
});

Deno.test("a recipe's stages leave steps for its own batches", async () => {
  const recipe = JSON.parse(await Deno.readTextFile(`${project.models}/encoder-small/recipe.json`));
  const stages = (steps: number) => ({ ...recipe, steps: 10, stages: [{ batch: [64, 16], steps }] });
  const parsed = Recipe.parse(stages(9));
  ok(parsed.task === "masked-lm");
  deepEqual(parsed.stages, [{ batch: [64, 16], steps: 9 }]);
  throws(() => Recipe.parse(stages(10)), /stages.*they take 10 steps, all of the run's/s);
});
