/** `compare`: a corpus against another. @module */

import { type Command, InvalidArgumentError, Option } from "commander";
import type { Letter } from "../corpus/letter.ts";
import { letters } from "../corpus/letters.ts";
import { compareCorpora } from "../metrics/corpora/compare_corpora.ts";
import { defaultJudge } from "../metrics/judge.ts";
import { READABILITY_FORMULAS, type ReadabilityFormula } from "../metrics/readability/formulas.ts";
import { writeFile } from "../write_file.ts";
import { encodingOption } from "./encoding_option.ts";
import { stoppable } from "./stoppable.ts";

interface CompareOptions {
  readonly encoder: string;
  readonly layer: number;
  readonly embeddings: boolean;
  readonly readability: ReadabilityFormula;
  readonly clusters?: number;
  readonly seed: string;
  readonly encoding?: string;
}

/** Adds `compare` to the command line. */
export function addCompare(program: Command): void {
  program.command("compare")
    .description(
      "compare synthetic letters, taken together, with real ones: MAUVE, Fréchet distance, divergences of words, n-grams and " +
        "labels, variety, and tests of length and readability",
    )
    .argument("<real>", "a folder of .txt and .ann (BRAT) or of .txt, or letters in a .jsonl file")
    .argument("<synthetic>", "the same")
    .argument("<out>", "a .json file")
    .option("--encoder <model>", "that embeds: a name in data/models or a folder", defaultJudge.encoder)
    .option("--layer <number>", "of the encoder, 0 being its embeddings", wholeNumber, defaultJudge.layer)
    .option("--no-embeddings", "leave out MAUVE and the Fréchet distance, which take most of the time")
    .addOption(
      new Option("--readability <formula>").choices(READABILITY_FORMULAS).default("flesch-reading-ease"),
    )
    .option("--clusters <number>", "of MAUVE; default: a tenth of the smaller corpus", wholeNumber)
    .option("--seed <text>", "of MAUVE's clustering", "42")
    .addOption(encodingOption())
    .action(stoppable(compare));
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Give a whole number.");
  return Number(text);
}

async function compare(real: string, synthetic: string, out: string, options: CompareOptions): Promise<void> {
  const { encoder, layer, embeddings, readability, clusters, seed, encoding } = options;
  const read = async (path: string): Promise<Letter[]> => {
    const corpus = await letters(path, encoding === undefined ? {} : { encoding });
    if (corpus.length === 0) throw new Error(`${path}: no letters. Name a corpus that has some.`);
    return corpus;
  };
  const comparison = await compareCorpora(await read(real), await read(synthetic), {
    judge: { encoder, layer },
    embeddings,
    readability,
    seed,
    ...clusters !== undefined && { clusters },
  });
  await writeFile(out, `${JSON.stringify(comparison, null, 2)}\n`);
}
