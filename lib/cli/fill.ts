/** `palimpsest fill`: letters in, letters with words that a model wrote out. @module */

import type { Command } from "commander";
import type { Letter } from "../corpus/letter.ts";
import { letters } from "../corpus/letters.ts";
import { addCounts, countFills, countsLine } from "../fill/counts.ts";
import { type FilledLetter, openWriter, writeFilled } from "../fill/fill.ts";
import { isBaseline, modelHash } from "../fill/models.ts";
import { fillOptionHelp, type FillOptionValues, parseFillOptions } from "../fill/parse_options.ts";
import { project } from "../project.ts";
import { streamLetters } from "./letter_stream.ts";
import { type Masking, masking, openMasker } from "./masking_options.ts";
import { input, type Reading, reading, readOptions } from "./reading_options.ts";
import { usage } from "./usage_error.ts";
import { output, type Writing, writing } from "./writing_options.ts";

type Flags = Masking & Reading & Writing & FillOptionValues & { readonly model: string };

/** Adds `fill IN OUT` to the command line. */
export function addFill(program: Command): void {
  filling(writing(reading(masking(program.command("fill")))))
    .description(
      "mask words and let a model write others in their place; entities stay, at their new offsets",
    )
    .argument("<in>", input)
    .argument("<out>", output)
    .requiredOption(
      "--model <name>",
      `a folder in ${project.models}, a folder's path, trigram or frequent-word`,
    )
    .action(async (from: string, to: string, flags: Flags) =>
      await streamLetters(from, to, flags, () => openStream(from, flags))
    );
}

function filling(command: Command): Command {
  for (const [flags, help] of fillOptionHelp) command.option(flags, help);
  return command;
}

async function openStream(from: string, flags: Flags) {
  const { model, skipBad } = flags;
  const how = usage(() => parseFillOptions(flags));
  const masker = await openMasker(from, flags);
  // A baseline learns from the whole corpus; a model fills each letter by itself.
  const whole = isBaseline(model);
  const corpus = whole
    ? await letters(from, { ...readOptions(flags), ...skipBad && { onBad: () => {} } })
    : [];
  const made = await modelHash(model);
  const filler = await openWriter(corpus, { ...how, model });
  let [counts, leftOut] = [countFills([]), 0];
  const written = async (batch: readonly Letter[]): Promise<FilledLetter[]> => {
    try {
      return await writeFilled(await masker.mask(batch), filler, how);
    } catch (error) {
      // What is wrong with one letter says so; anything else would be wrong with all.
      const bad = error instanceof Error && batch.find(({ id }) => error.message.startsWith(`letter ${id}:`));
      if (!bad || !skipBad) throw error;
      console.error(`left out: ${from}: ${error.message}`);
      leftOut++;
      return await written(batch.filter((letter) => letter !== bad));
    }
  };
  return {
    async change(batch: readonly Letter[]) {
      const filled = await written(batch);
      counts = addCounts(counts, countFills(filled));
      return filled.map((letter) => withMeta(letter, how.candidates !== undefined));
    },
    batch: whole ? Infinity : 16,
    identity: ["fill", made, masker.identity, how],
    async [Symbol.asyncDispose]() {
      if (leftOut > 0) {
        console.error(`${leftOut} letter${leftOut === 1 ? "" : "s"} left out that cannot be filled`);
      }
      if (counts.blanks > 0) console.error(countsLine(counts));
      await filler.close();
      await masker.close();
    },
  };
}

/** The letter with what is told of its fills: as JSON in its metadata all of them, where asked for; and the seconds that they took. */
function withMeta({ masked: _, fills, seconds, ...letter }: FilledLetter, told: boolean): Letter {
  return {
    ...letter,
    meta: {
      ...letter.meta,
      ...told && { fills: JSON.stringify(fills) },
      ...seconds !== undefined && { seconds: `${seconds}` },
    },
  };
}
