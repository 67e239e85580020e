/** `report`: real letters and synthetic ones in, a report card out. @module */

import { type Command, InvalidArgumentError } from "commander";
import { basename, resolve } from "node:path";
import { readFile } from "../read_file.ts";
import type { Corpus } from "../report_card/material.ts";
import type { ReportCardOptions } from "../report_card/options.ts";
import { reportCard } from "../report_card/report_card.ts";
import { writeReport } from "../report_card/write_report.ts";
import { share, wholeNumber } from "./number_options.ts";
import { type JudgeFlags, judgeOf, judging } from "./judge_options.ts";
import { placedLetters } from "./placed_letters.ts";
import { input, type Reading, reading } from "./reading_options.ts";
import { stoppable } from "./stoppable.ts";
import { UsageError } from "./usage_error.ts";

interface ReportOptions extends Reading, JudgeFlags {
  readonly holdout?: string;
  readonly also: readonly Named[];
  readonly name?: string;
  readonly labels?: string;
  readonly unpaired?: true;
  readonly seed: number;
  readonly metrics?: string;
  readonly embeddings: boolean;
  readonly encoder?: string;
  readonly layer?: number;
  readonly causalLm?: string | boolean;
  readonly maskedLm?: string;
  readonly canaries?: string;
  readonly utility: boolean;
  readonly tagger: string;
  readonly steps: number;
  readonly seeds: readonly number[];
  readonly shares: readonly number[];
  readonly listed: number;
  readonly quotes: boolean;
}

interface Named {
  readonly name: string;
  readonly path: string;
}

/** Adds `report` to the command line. */
export function addReport(program: Command): void {
  judging(reading(program.command("report")))
    .description(
      "judge synthetic letters, made by whatever tool, against real ones: a page that opens offline (index.html), report.json, and " +
        "the tables and figures of fidelity, utility, privacy and clinical validity; beside every number, what real letters get",
    )
    .argument("<real>", input)
    .argument("<synthetic>", "the letters to judge; those with the id of a real letter count as made from it")
    .argument("<out>", "a folder; its index.html quotes letters, the other files do not")
    .option(
      "--holdout <letters>",
      "real letters that no synthetic one was made from; left out, half of the real ones stand aside",
    )
    .option("--also <name=path>", "another synthetic corpus, to stand beside; any number of times", also, [])
    .option("--name <name>", "of the synthetic corpus; left out, that of its file or folder")
    .option(
      "--labels <names>",
      "of spans that are PHI, with commas between; left out, all but the clinical ones",
    )
    .option("--unpaired", "equal ids mean nothing: compare corpora only")
    .option("--seed <number>", "of all that is drawn", wholeNumber(), 42)
    .option("--metrics <names>", "for letters in pairs, with commas between; those of score")
    .option("--no-embeddings", "without MAUVE, Fréchet distance and BERTScore, which take longest")
    .option("--encoder <model>", "that embeds letters: a name in data/models or a folder")
    .option("--layer <number>", "of the encoder, 0 being its embeddings", wholeNumber())
    .option(
      "--causal-lm <model>",
      "for perplexity: a name in data/models or a folder; left out, biogpt or else decoder-small, where they are there",
    )
    .option("--no-causal-lm", "no perplexity")
    .option("--masked-lm <model>", "for pseudo-perplexity")
    .option("--canaries <file>", "texts that were planted in the training letters, one a line")
    .option("--no-utility", "train no taggers")
    .option("--tagger <model>", "the encoder that is trained to tag", "encoder-small")
    .option("--steps <number>", "of training a tagger", wholeNumber({ least: 1 }), 150)
    .option("--seeds <numbers>", "of taggers, with commas between", seedsOf, [1, 2, 3])
    .option(
      "--shares <shares>",
      "of each corpus that taggers learn from alone, with commas between",
      sharesOf,
      [0.5, 0.25],
    )
    .option("--listed <number>", "letters to look at, of each corpus", wholeNumber(), 10)
    .option("--no-quotes", "the page says where to look, and quotes no letter")
    .action(stoppable(report));
}

function seedsOf(text: string): number[] {
  const seeds = text.split(",").map(wholeNumber());
  if (new Set(seeds).size === seeds.length) return seeds;
  throw new InvalidArgumentError("Name each seed once.");
}

function sharesOf(text: string): number[] {
  const shares = text.split(",").map((one) => share()(one));
  if (shares.every((one) => one > 0 && one < 1)) return shares;
  throw new InvalidArgumentError("Choose shares between 0 and 1, with commas between.");
}

function also(text: string, before: readonly Named[]): Named[] {
  const at = text.indexOf("=");
  if (at > 0 && at < text.length - 1) {
    return [...before, { name: text.slice(0, at), path: text.slice(at + 1) }];
  }
  throw new InvalidArgumentError("Give a name, =, and the path of letters.");
}

async function report(
  realPath: string,
  syntheticPath: string,
  out: string,
  flags: ReportOptions,
): Promise<void> {
  const corpora: Named[] = [
    { name: flags.name ?? nameOf(syntheticPath), path: syntheticPath },
    ...flags.also,
  ];
  checkOut(out, [
    realPath,
    ...corpora.map(({ path }) => path),
    ...flags.holdout === undefined ? [] : [flags.holdout],
  ]);
  const llmJudge = judgeOf(flags);
  const { letters: real } = await placedLetters(realPath, flags);
  const holdout = flags.holdout === undefined
    ? undefined
    : (await placedLetters(flags.holdout, flags)).letters;
  const synthetic: Corpus[] = [];
  for (const { name, path } of corpora) {
    synthetic.push({ name, letters: (await placedLetters(path, flags)).letters });
  }
  const card = await reportCard(real, synthetic, {
    ...optionsOf(flags),
    ...llmJudge && { llmJudge },
    ...holdout && { holdout },
    ...flags.canaries !== undefined && { canaries: await linesOf(flags.canaries) },
  });
  await writeReport(out, card, flags.quotes ? { real, synthetic } : undefined);
}

function optionsOf(flags: ReportOptions): ReportCardOptions {
  const { seed, embeddings, listed, labels, metrics, encoder, layer, causalLm, maskedLm, unpaired } = flags;
  if ((encoder === undefined) !== (layer === undefined)) {
    throw new UsageError(
      "--encoder and --layer go together: every encoder has layers of its own. Name both or none.",
    );
  }
  return {
    seed,
    embeddings,
    listed,
    utility: flags.utility &&
      { model: flags.tagger, steps: flags.steps, seeds: flags.seeds, shares: flags.shares },
    ...unpaired && { unpaired },
    ...labels !== undefined && { labels: listedNames(labels) },
    ...metrics !== undefined && { metrics: listedNames(metrics) },
    ...encoder !== undefined && layer !== undefined && { judge: { encoder, layer } },
    ...(typeof causalLm === "string" || causalLm === false) && { causalLM: causalLm },
    ...maskedLm !== undefined && { maskedLM: maskedLm },
  };
}

function listedNames(text: string): string[] {
  return text.split(",").map((name) => name.trim()).filter((name) => name !== "");
}

async function linesOf(file: string): Promise<string[]> {
  const lines = new TextDecoder().decode(await readFile(file)).split(/\r?\n/).map((line) => line.trim());
  const canaries = lines.filter((line) => line !== "");
  if (canaries.length > 0) return canaries;
  throw new Error(`${file}: no canary in it. Write one a line.`);
}

function nameOf(path: string): string {
  return basename(resolve(path)).replace(/\.gz$/, "").replace(/\.[^.]+$/, "");
}

/** Letters may not be written over. */
function checkOut(out: string, inputs: readonly string[]): void {
  const over = inputs.find((path) => resolve(path) === resolve(out));
  if (over !== undefined) {
    throw new UsageError(`${out}: these are the letters. Name another folder for the report.`);
  }
}
