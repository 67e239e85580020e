/** `reproduce`: a result is computed again and compared. @module */

import type { Command } from "commander";
import { resolve } from "node:path";
import { letters } from "../corpus/letters.ts";
import { reproduce, reproductionLines } from "../experiments/reproduce.ts";
import { interruptible } from "../interrupt.ts";
import { project } from "../project.ts";
import { addSpreadOptions, spreadOf, type SpreadOptions } from "./spread_options.ts";

interface ReproduceOptions extends SpreadOptions {
  readonly corpus: string;
  readonly models: string;
  readonly runs: string;
}

/** Adds `reproduce` to the command line. */
export function addReproduce(program: Command): void {
  addSpreadOptions(program.command("reproduce"))
    .description("run an experiment again as its manifest says, and list every value that differs")
    .argument("<manifest>", "results/NAME/manifest.json")
    .option("--corpus <folder>", "letters", project.letters)
    .option("--models <folder>", "models", project.models)
    .option("--runs <folder>", "stored results; an empty folder computes everything anew", project.runs)
    .action((path: string, options: ReproduceOptions) =>
      interruptible(async (signal) => {
        const { corpus, models, runs } = options;
        const found = await reproduce(path, {
          ...{ corpus: await letters(corpus), models, runs: resolve(runs), signal },
          ...spreadOf(options),
        });
        for (const line of reproductionLines(found)) console.log(line);
        if (found.differences.length > 0) {
          throw new Error(
            `${path}: ${found.differences.length} values differ. What went in and has changed is listed first.`,
          );
        }
      })
    );
}
