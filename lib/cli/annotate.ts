/** `palimpsest annotate`: letters in, letters with the spans that a tagger finds out. @module */

import type { Command } from "commander";
import { findModel } from "../checkpoint/find_model.ts";
import { fingerprint } from "../checkpoint/fingerprint.ts";
import type { Letter } from "../corpus/letter.ts";
import { Annotator } from "../ner/annotate.ts";
import { openTagger, type Tagger } from "../ner/tagger.ts";
import { project } from "../project.ts";
import { streamLetters } from "./letter_stream.ts";
import { input, type Reading, reading } from "./reading_options.ts";
import { UsageError } from "./usage_error.ts";
import { output, type Writing, writing } from "./writing_options.ts";

interface Flags extends Reading, Writing {
  readonly model: readonly string[];
  readonly probabilities?: boolean;
  readonly overlap: string;
  readonly threads?: string;
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
    .option("--overlap <share>", "of a window's pieces that the next window of a long letter has too", "0.25")
    .option("--threads <n>", "of the engine")
    .action(async (from: string, to: string, flags: Flags) =>
      await streamLetters(from, to, flags, () => openStream(from, flags))
    );
}

async function openStream(from: string, { model, probabilities = false, overlap, threads, skipBad }: Flags) {
  const share = Number(overlap);
  if (!(overlap.trim() !== "" && share >= 0 && share <= 0.9)) {
    throw new UsageError(`--overlap ${overlap}: give a share from 0 to 0.9.`);
  }
  const count = threads === undefined ? undefined : Number(threads);
  if (count !== undefined && !(Number.isInteger(count) && count >= 1)) {
    throw new UsageError(`--threads ${threads}: give a whole number of 1 or more.`);
  }
  const made: string[] = [];
  const taggers: Tagger[] = [];
  const close = async () => {
    for (const tagger of taggers) await tagger.close();
  };
  try {
    for (const name of model) {
      taggers.push(await openTagger(name, count === undefined ? {} : { threads: count }));
      made.push(await fingerprint(await findModel(name)));
    }
    const annotator = new Annotator(taggers, { overlap: share, probabilities });
    return {
      async change(letters: readonly Letter[]) {
        const empty = letters.find(({ text }) => text.trim() === "");
        if (empty && !skipBad) throw new Error(`${from}: letter ${empty.id} is empty. Remove it.`);
        return await annotator.annotate(letters.filter(({ text }) => text.trim() !== ""));
      },
      batch: BATCH,
      identity: ["annotate", made, share, probabilities],
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
