/** `compare`: a corpus against another. @module */

import { type Command, Option } from "commander";
import { compareCorpora } from "../metrics/corpora/compare_corpora.ts";
import { defaultJudge } from "../metrics/judge.ts";
import { READABILITY_FORMULAS, type ReadabilityFormula } from "../metrics/readability/formulas.ts";
import { writeFile } from "../write_file.ts";
import { wholeNumber } from "./number_options.ts";
import { placedLetters } from "./placed_letters.ts";
import { input, type Reading, reading } from "./reading_options.ts";
import { stoppable } from "./stoppable.ts";

interface CompareOptions extends Reading {
  readonly encoder: string;
  readonly layer: number;
  readonly embeddings: boolean;
  readonly readability: ReadabilityFormula;
  readonly clusters?: number;
  readonly seed: string;
}

/** Adds `compare` to the command line. */
export function addCompare(program: Command): void {
  reading(program.command("compare"))
    .description(
      "compare synthetic letters, taken together, with real ones: MAUVE, Fréchet distance, divergences of words, n-grams and " +
        "labels, variety, and tests of length and readability",
    )
    .argument("<real>", input)
    .argument("<synthetic>", "the same")
    .argument("<out>", "a .json file")
    .option("--encoder <model>", "that embeds: a name in data/models or a folder", defaultJudge.encoder)
    .option("--layer <number>", "of the encoder, 0 being its embeddings", wholeNumber(), defaultJudge.layer)
    .option("--no-embeddings", "leave out MAUVE and the Fréchet distance, which take most of the time")
    .addOption(
      new Option("--readability <formula>").choices(READABILITY_FORMULAS).default("flesch-reading-ease"),
    )
    .option("--clusters <number>", "of MAUVE; default: a tenth of the smaller corpus", wholeNumber())
    .option("--seed <text>", "of MAUVE's clustering", "42")
    .action(stoppable(compare));
}

async function compare(real: string, synthetic: string, out: string, options: CompareOptions): Promise<void> {
  const { encoder, layer, embeddings, readability, clusters, seed } = options;
  const read = async (path: string) => (await placedLetters(path, options)).letters;
  const comparison = await compareCorpora(await read(real), await read(synthetic), {
    judge: { encoder, layer },
    embeddings,
    readability,
    seed,
    ...clusters !== undefined && { clusters },
  });
  await writeFile(out, `${JSON.stringify(comparison, null, 2)}\n`);
}
