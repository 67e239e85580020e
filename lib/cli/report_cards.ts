/**
 * The project's own report cards.
 *
 * ```sh
 * deno run -A lib/cli/report_cards.ts results/report_cards
 * ```
 *
 * @module
 */

import { Command } from "commander";
import { letters as readLetters } from "../corpus/letters.ts";
import { reportCards, saveReportCards } from "../experiments/report_cards.ts";
import { project } from "../project.ts";
import { wholeNumber } from "./number_options.ts";

/** What the options say. */
interface Flags {
  readonly letters: number;
  readonly model: string;
  readonly steps: number;
  readonly embeddings: boolean;
}

/** Letters spread over all of a corpus. */
function spread<T>(all: readonly T[], wanted: number): T[] {
  const before = (i: number) => Math.floor(i * wanted / all.length);
  return all.filter((_, i) => before(i + 1) > before(i));
}

if (import.meta.main) {
  const program = new Command("report_cards")
    .description("report cards of fills, samples, the letters themselves and shuffled words")
    .argument("<out>", "a folder of results")
    .option("--letters <number>", "of the embedded ones, spread over all", wholeNumber({ least: 8 }), 40)
    .option("--model <name>", "the encoder that fills", "encoder-clinical")
    .option("--steps <number>", "of training taggers, two seeds each; 0 for no utility", wholeNumber(), 0)
    .option("--no-embeddings", "without MAUVE, Fréchet distance and BERTScore")
    .parse(Deno.args, { from: "user" });
  const { letters: wanted, model, steps, embeddings } = program.opts<Flags>();
  const started = new Date();
  const letters = spread(await readLetters(project.letters), wanted);
  const utility = steps > 0 ? { steps, seeds: [1, 2], shares: [0.5] } : false;
  const made = await reportCards(letters, { model, card: { utility, embeddings } });
  for (const { what, why } of made.leftOut) console.error(`left out: ${what}: ${why}.`);
  const flags = `--letters ${wanted} --model ${model} --steps ${steps}${
    embeddings ? "" : " --no-embeddings"
  }`;
  const command = `deno run -A lib/cli/report_cards.ts results/report_cards ${flags}`;
  await saveReportCards(program.args[0] ?? "", letters, made, { command, started });
}
