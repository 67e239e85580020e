/** `letters`, `mask` and `fill`: letters in, letters out. @module */

import { type Command, InvalidArgumentError, Option } from "commander";
import { writeBrat } from "../corpus/brat.ts";
import { writeJsonl } from "../corpus/jsonl.ts";
import { letters } from "../corpus/letters.ts";
import { fill, unfilled } from "../fill/fill.ts";
import { mask, type MaskOptions, strategyNames } from "../mask/mask.ts";
import { project } from "../project.ts";
import { encodingOption } from "./encoding_option.ts";
import { stoppable } from "./stoppable.ts";

interface Reading {
  readonly encoding?: string;
}

const input = "letters: a .jsonl file, a folder of .txt and .ann (BRAT), a folder of .txt, or a .txt file";

/** Adds the commands to the command line. */
export function addCorpusCommands(program: Command): void {
  program.command("letters")
    .description("convert a corpus; the output's name decides its form")
    .argument("<in>", input)
    .argument("<out>", "a .jsonl file, or a folder for BRAT")
    .addOption(encodingOption())
    .action(stoppable(async (from: string, to: string, options: Reading) => {
      const corpus = await letters(from, options);
      await (to.endsWith(".jsonl") ? writeJsonl(to, corpus) : writeBrat(to, corpus));
    }));
  masking(program.command("mask"))
    .description("write [MASK] for words that are no entity, title or number")
    .argument("<in>", input)
    .argument("<out>", "a .jsonl file")
    .action(
      stoppable(async (from: string, to: string, options: MaskOptions & Reading) =>
        await writeJsonl(to, unfilled(mask(await letters(from, options), options)))
      ),
    );
  masking(program.command("fill"))
    .description(
      "mask words and let a model write others in their place; entities stay, at their new offsets",
    )
    .argument("<in>", input)
    .argument("<out>", "a .jsonl file")
    .requiredOption(
      "--model <name>",
      `a folder in ${project.models}, a folder's path, trigram or frequent-word`,
    )
    .action(
      stoppable(async (from: string, to: string, options: MaskOptions & Reading & { model: string }) =>
        await writeJsonl(
          to,
          await fill(mask(await letters(from, options), options), { model: options.model }),
        )
      ),
    );
}

function masking(command: Command): Command {
  return command
    .addOption(new Option("--strategy <name>", "which words").choices(strategyNames).default("random"))
    .option("--ratio <share>", "how many of them, from 0 to 1", share, 0.5)
    .option("--seed <number>", "decides which", whole, 42)
    .addOption(encodingOption());
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("Choose a number from 0 to 1.");
}

function whole(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("Choose a whole number.");
}
