/** `explore`: a local page for looking at results and letters. @module */

import { type Command, InvalidArgumentError } from "commander";
import { basename, resolve } from "node:path";
import { serveExplorer } from "../explorer/serve.ts";
import type { NamedCorpus } from "../explorer/letters/sources.ts";
import { interruptible } from "../interrupt.ts";

interface ExploreOptions {
  readonly port: number;
  readonly results?: string;
  readonly letters: readonly NamedCorpus[];
  readonly runs?: string;
  readonly review?: string;
  readonly gold?: string;
  readonly predicted?: string;
}

/** Adds `explore` to the command line. */
export function addExplore(program: Command): void {
  program.command("explore")
    .description(
      "serve a page on this machine alone, on which results and letters are looked at; prints its address",
    )
    .option("--port <number>", "0 for any that is free", portOf, 4180)
    .option("--results <folder>", "left out, the project's results")
    .option(
      "--letters <path>",
      "letters of any format, NAME=PATH or a path; any number of times, the originals first; left out, the embedded ones",
      named,
      [],
    )
    .option("--runs <folder>", "stored steps of experiments; left out, the project's")
    .option("--gold <path>", "letters with the right spans, to look at a tagger's errors; with --predicted")
    .option("--predicted <path>", "the same letters with the spans that the tagger found")
    .option(
      "--review <folder>",
      "keep a review of letters and spans there, such as .cache/explorer/review, made where it is not there",
    )
    .action(explore);
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port < 65536) return port;
  throw new InvalidArgumentError("Choose a whole number up to 65535.");
}

function named(text: string, before: readonly NamedCorpus[]): NamedCorpus[] {
  const [, name, path] = /^([^=/]+)=(.+)$/.exec(text) ?? [];
  const corpus = name !== undefined && path !== undefined
    ? { name, path }
    : { name: basename(resolve(text)).replace(/\.gz$/, "").replace(/\.[^.]+$/, ""), path: text };
  if (before.some((other) => other.name === corpus.name)) {
    throw new InvalidArgumentError(`Two corpora are named ${corpus.name}. Write NAME=PATH.`);
  }
  return [...before, corpus];
}

/** Corpora of which a tagger's errors are looked at. */
function comparedCorpora(
  gold: string | undefined,
  predicted: string | undefined,
  letters: readonly NamedCorpus[],
): NamedCorpus[] {
  if (gold === undefined && predicted === undefined) return [];
  if (gold === undefined || predicted === undefined) {
    throw new Error("errors need gold and predicted letters. Give both: --gold PATH --predicted PATH");
  }
  const taken = letters.find(({ name }) => name === "gold" || name === "predicted");
  if (taken) throw new Error(`two corpora are named ${taken.name}. Write --letters OTHERNAME=${taken.path}`);
  return [{ name: "gold", path: gold }, { name: "predicted", path: predicted }];
}

async function explore(
  { port, results, letters, runs, review, gold, predicted }: ExploreOptions,
): Promise<void> {
  const compared = comparedCorpora(gold, predicted, letters);
  const explorer = await serveExplorer({
    port,
    ...results !== undefined && { results },
    ...letters.length + compared.length > 0 && { letters: [...letters, ...compared] },
    ...runs !== undefined && { runs },
    ...review !== undefined && { review },
  });
  try {
    await explorer.warm();
    console.log(explorer.address);
    explorer.readAhead();
    console.error("The address is for you alone: whoever has it sees all letters. Ctrl-C ends it.");
    await interruptible((signal) =>
      new Promise<void>((done) => signal.addEventListener("abort", () => done(), { once: true }))
    );
  } finally {
    await explorer.close();
  }
}
