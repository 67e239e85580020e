/** `palimpsest train`. @module */

import type { Command } from "commander";
import { interruptible } from "../interrupt.ts";
import { type Progress, progress } from "../progress.ts";
import { readRecipe } from "../train/recipe.ts";
import { result } from "../train/result.ts";
import { type RunOptions, runRecipe } from "../train/run_recipe.ts";
import { runSeeds } from "../train/run_seeds.ts";
import { positive } from "./number_options.ts";

interface TrainCommandOptions {
  readonly corpora: string;
  readonly checkpoints: string;
  readonly fresh?: boolean;
  readonly saveSeconds: number;
  readonly saveSteps?: number;
}

/** Adds `train RECIPE OUT` to the command line. */
export function addTrain(program: Command): void {
  program.command("train")
    .description("train a model as a recipe says and write a folder that transformers.js and Python open")
    .argument("<recipe>", "the JSON file of a recipe, such as data/models/encoder-clinical/recipe.json")
    .argument("<out>", "the model folder to write; a run that was stopped there goes on")
    .requiredOption("--corpora <folder>", "the folder that the recipe's texts are relative to")
    .option("--checkpoints <folder>", "the folder that the recipe's starting checkpoint is relative to", ".")
    .option("--fresh", "begin anew, whatever was stopped in the folder before")
    .option("--save-seconds <n>", "seconds from one state on disk to the next", positive(), 300)
    .option(
      "--save-steps <n>",
      "steps from one state on disk to the next (default: as time says)",
      positive(),
    )
    .action(async (path: string, out: string, options: TrainCommandOptions) => {
      const recipe = await readRecipe(path);
      const save = {
        seconds: options.saveSeconds,
        ...(options.saveSteps !== undefined && { steps: options.saveSteps }),
      };
      let bar: Progress | undefined;
      const told: Omit<RunOptions, "signal"> = {
        ...{
          corpora: options.corpora,
          checkpoints: options.checkpoints,
          fresh: options.fresh ?? false,
          save,
        },
        onStart(step, steps) {
          if (step > 0 && !bar) console.error(`${out}: going on from step ${step} of ${steps}`);
          bar ??= progress(`training ${recipe.name}`, steps, { unit: "steps", from: step });
        },
        onStep: (step, _, note) => bar?.update(step, note),
      };
      const said = await interruptible(async (signal) => {
        if (!recipe.seeds) {
          return result(recipe.task, (await runRecipe(recipe, out, { ...told, signal })).final);
        }
        const { measures } = await runSeeds(recipe, out, { ...told, signal });
        const numbers = Object.entries(measures).map(([name, { mean, sd }]) =>
          `${name} ${mean.toFixed(4)} ± ${sd.toFixed(4)}`
        );
        return `${recipe.seeds.length} seeds: ${numbers.join(", ")}`;
      }).finally(() => bar?.done());
      console.log(`${out}: ${said}`);
    });
}
