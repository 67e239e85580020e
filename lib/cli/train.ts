/** `palimpsest train`. @module */

import type { Command } from "commander";
import { interruptible } from "../interrupt.ts";
import { progress } from "../progress.ts";
import { readRecipe } from "../train/recipe.ts";
import { runRecipe } from "../train/run_recipe.ts";

/** Adds `train RECIPE OUT` to the command line. */
export function addTrain(program: Command): void {
  program.command("train")
    .description("train a model as a recipe says and write a folder that transformers.js and Python open")
    .argument("<recipe>", "the JSON file of a recipe, such as data/models/encoder-clinical/recipe.json")
    .argument("<out>", "the model folder to write")
    .requiredOption("--corpora <folder>", "the folder that the recipe's texts are relative to")
    .option("--checkpoints <folder>", "the folder that the recipe's starting checkpoint is relative to", ".")
    .action(async (path: string, out: string, options: { corpora: string; checkpoints: string }) => {
      const recipe = await readRecipe(path);
      const bar = progress(`training ${recipe.name}`, recipe.steps, { unit: "steps" });
      const onStep = (step: number, _: number, note: string) => bar.update(step, note);
      const log = await interruptible((signal) => runRecipe(recipe, out, { ...options, onStep, signal }))
        .finally(() => bar.done());
      console.log(`${out}: held-out masked-token accuracy ${(100 * log.final.accuracy).toFixed(2)}%`);
    });
}
