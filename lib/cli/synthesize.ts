/** `palimpsest synthesize`: letters sampled from a causal language model. @module */

import type { Command } from "commander";
import { findModel } from "../checkpoint/find_model.ts";
import { knownInputs } from "../corpus/formats.ts";
import { letters } from "../corpus/letters.ts";
import { interruptible } from "../interrupt.ts";
import { project } from "../project.ts";
import { sha256 } from "../sha256.ts";
import { FILTERS, filtersNamed } from "../synth/filters.ts";
import { readPrompts } from "../synth/prompts.ts";
import { synthesize, type SynthesizeOptions, told } from "../synth/synthesize.ts";
import { positive, share, wholeNumber } from "./number_options.ts";
import { usage, UsageError } from "./usage_error.ts";

interface Flags {
  readonly model: string;
  readonly prompts: string;
  readonly from?: string;
  readonly words: number;
  readonly samples: number;
  readonly topP: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly seed: string;
  readonly filters?: string;
  readonly minWords?: number;
  readonly maxRepetition?: number;
  readonly training?: string;
  readonly beginOfText?: true;
  readonly batch: number;
  readonly threads?: number;
  readonly fresh?: true;
}

/** Adds `synthesize OUT` to the command line. */
export function addSynthesize(program: Command): void {
  program.command("synthesize")
    .description(
      "sample letters from a causal language model: each prompt is written on several times. A run that was stopped goes on. " +
        "What was left out and why is counted on stderr and in OUT.summary.json",
    )
    .argument("<out>", "a .jsonl file (packed where .gz is behind its name), or any other output of letters")
    .requiredOption("--model <folder>", `a folder in ${project.models}, or a folder's path`)
    .requiredOption(
      "--prompts <path>",
      `lines {"id","prompt"} (.jsonl) or lines of text (.txt), as they are; or letters, whose first words are taken: ${knownInputs}`,
    )
    .option("--from <format>", "of the letters that prompts are taken from, where their name does not say")
    .option("--words <n>", "how many of a letter's first words", wholeNumber({ least: 1 }), 3)
    .option("--samples <n>", "letters a prompt", wholeNumber({ least: 1 }), 80)
    .option(
      "--top-p <p>",
      "only the likeliest pieces may come that together have this probability",
      positive({ most: 1 }),
      0.95,
    )
    .option("--temperature <t>", "below 1 likely pieces become likelier, above 1 less so", positive(), 1)
    .option(
      "--max-tokens <n>",
      "the most pieces behind a prompt, fewer where the model's window ends",
      wholeNumber({ least: 1 }),
      512,
    )
    .option("--seed <seed>", "with prompt and number it decides each letter", "42")
    .option(
      "--filters <names>",
      `what is left out, comma-separated, or none: ${
        FILTERS.map(({ name, what }) => `${name} (${what})`).join("; ")
      }. Left out: length, repetition, and copies where there is --training`,
    )
    .option("--min-words <n>", "of a letter, for the filter length (default: 10)", wholeNumber({ least: 1 }))
    .option(
      "--max-repetition <share>",
      "of a letter's word 4-grams, for the filter repetition (default: 0.5)",
      share(),
    )
    .option("--training <path>", "the letters that the model was trained on, for the filter copies")
    .option("--begin-of-text", "put the piece that begins texts before each prompt")
    .option(
      "--batch <n>",
      "letters that are written side by side; changes speed and memory only",
      wholeNumber({ least: 1 }),
      64,
    )
    .option("--threads <n>", "of the engine", wholeNumber({ least: 1 }))
    .option("--fresh", "begin anew where an earlier run was interrupted")
    .action(async (out: string, flags: Flags) => await run(out, flags));
}

async function run(out: string, flags: Flags): Promise<void> {
  const names = flags.filters === "none" ? [] : flags.filters?.split(",").map((name) => name.trim());
  if (names) usage(() => filtersNamed(names));
  const { seed, samples, topP, temperature, maxTokens, batch } = flags;
  const { words, minWords, maxRepetition, threads, from } = flags;
  const options: SynthesizeOptions = {
    ...{ seed, samples, topP, temperature, maxTokens, batch },
    ...names && { filters: names },
    ...minWords !== undefined && { minWords },
    ...maxRepetition !== undefined && { maxRepetition },
    ...threads !== undefined && { threads },
    ...{ begin: flags.beginOfText ?? false, fresh: flags.fresh ?? false },
  };
  if (names?.includes("copies") && flags.training === undefined) {
    throw new UsageError(
      "the filter copies needs --training <path>, the letters that the model was trained on.",
    );
  }
  const prompts = await readPrompts(flags.prompts, { words, ...from !== undefined && { format: from } });
  const training = flags.training === undefined ? undefined : await letters(flags.training);
  const model = await findModel(flags.model);
  await interruptible(async (signal) => {
    const stopped = Promise.withResolvers<never>();
    signal.addEventListener("abort", () => {
      stopped.reject(new Error(`stopped; what was sampled is kept beside ${out}. Run it again to go on.`));
    }, { once: true });
    const counts = await Promise.race([
      synthesize(model, prompts, out, {
        ...options,
        ...training && { training, trainingIs: sha256(JSON.stringify(training.map(({ text }) => text))) },
      }),
      stopped.promise,
    ]);
    console.error(told(counts));
  });
}
