/** `palimpsest annotate`: letters in, letters with the spans that a tagger finds out. @module */

import type { Command } from "commander";
import { findModel } from "../checkpoint/find_model.ts";
import { fingerprint } from "../checkpoint/fingerprint.ts";
import type { Letter } from "../corpus/letter.ts";
import { Annotator } from "../ner/annotate.ts";
import { openTagger, type Tagger } from "../ner/tagger.ts";
import { project } from "../project.ts";
import { streamLetters } from "./letter_stream.ts";
import { share, wholeNumber } from "./number_options.ts";
import { input, type Reading, reading } from "./reading_options.ts";
import { output, type Writing, writing } from "./writing_options.ts";

interface Flags extends Reading, Writing {
  readonly model: readonly string[];
  readonly probabilities?: boolean;
  readonly overlap: number;
  readonly threads?: number;
}

/** Letters a batch: enough for batches of windows of one length. */
const BATCH = 64;

/** Adds `annotate IN OUT` to the command line. */
export function addAnnotate(program: Command): void {
  writing(reading(program.command("annotate")))
    .description(
      "find entities by a tagger, or by several whose probabilities are averaged; spans that letters had are replaced",
    )
    .argument("<in>", input)
    .argument("<out>", output)
    .requiredOption(
      "--model <name>",
      `a tagger: a folder in ${project.models}, or a folder's path; may be given several times`,
      (name: string, before: readonly string[] = []) => [...before, name],
    )
    .option("--probabilities", "write into meta.probabilities how likely each span is, not calibrated (JSON)")
    .option(
      "--overlap <share>",
      "of a window's pieces that the next window of a long letter has too",
      share({ most: 0.9 }),
      0.25,
    )
    .option("--threads <n>", "of the engine", wholeNumber({ least: 1 }))
    .action(async (from: string, to: string, flags: Flags) =>
      await streamLetters(from, to, flags, () => openStream(from, flags))
    );
}

async function openStream(from: string, { model, probabilities = false, overlap, threads, skipBad }: Flags) {
  const made: string[] = [];
  const taggers: Tagger[] = [];
  const close = async () => {
    for (const tagger of taggers) await tagger.close();
  };
  try {
    for (const name of model) {
      taggers.push(await openTagger(name, threads === undefined ? {} : { threads }));
      made.push(await fingerprint(await findModel(name)));
    }
    const annotator = new Annotator(taggers, { overlap, probabilities });
    return {
      async change(letters: readonly Letter[]) {
        const empty = letters.find(({ text }) => text.trim() === "");
        if (empty && !skipBad) throw new Error(`${from}: letter ${empty.id} is empty. Remove it.`);
        return await annotator.annotate(letters.filter(({ text }) => text.trim() !== ""));
      },
      batch: BATCH,
      identity: ["annotate", made, overlap, probabilities],
      async [Symbol.asyncDispose]() {
        const { found, warnings } = annotator.report;
        console.error(found);
        for (const warning of warnings) console.error(`warning: ${warning}`);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
