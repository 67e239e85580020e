/** The letters that a stored cell scored. @module */

import type { Letter } from "../corpus/letter.ts";
import type { FilledLetter, FillOptions } from "../fill/fill.ts";
import type { MaskedLetter } from "../mask/mask.ts";
import { project } from "../project.ts";
import { sha256 } from "../sha256.ts";
import { cellRecords } from "./cell_records.ts";
import { corpusOf, gridOf } from "./cells.ts";
import type { Experiment, Factors, Level } from "./experiment.ts";
import type { RunOptions } from "./run.ts";
import { openSteps, type Steps } from "./steps.ts";
import { NotStored, openStore } from "./store.ts";

/** What a cell wrote. */
export interface WrittenLetters {
  /** In the order of the corpus; filled ones know what was masked and written. Where that is not stored, what was masked. */
  readonly letters: readonly (Letter | FilledLetter | MaskedLetter)[];
  /** How its blanks were filled; left out where nothing filled them. */
  readonly how?: FillOptions;
}

/**
 * The letters of a cell as they were when it was run, by what its record says of models and code. No model runs: what one wrote is
 * looked up, and all else (masks, edits) is done again.
 *
 * @returns `undefined` where there is no such cell, or what it does before it fills is not stored
 * @throws {Error} when the corpus has no letter
 *
 * @example
 * ```ts
 * import { runExperiment } from "./run.ts";
 * import { tiny, tinyCorpus as corpus } from "./tiny_experiment.ts";
 * import { writtenLetters } from "./written_letters.ts";
 * import { equal } from "node:assert/strict";
 * const options = { corpus, runs: await Deno.makeTempDir(), profile: "quick", workers: 1 } as const;
 * const cell = { model: "trigram", ratio: 0.5, seed: 1 };
 * await runExperiment(tiny, { ...options, only: cell });
 * const written = await writtenLetters(tiny, cell, options);
 * equal(written?.how?.model, "trigram");
 * const other = await writtenLetters(tiny, { ...cell, model: "frequent-word" }, options);
 * equal(other?.letters.every((letter) => "words" in letter), true); // was not run: masked, not filled
 * ```
 */
export async function writtenLetters<F extends Factors>(
  experiment: Experiment<F>,
  wanted: Readonly<Record<string, Level>>,
  options: RunOptions,
): Promise<WrittenLetters | undefined> {
  const { profile = "full", runs = project.runs, models } = options;
  const corpus = corpusOf(experiment, options.corpus, profile);
  const cell = gridOf(experiment, profile).find((one) =>
    Object.keys(one).every((factor) => one[factor] === wanted[factor])
  );
  if (cell === undefined) return undefined;
  const record = cellRecords(runs, experiment.name, sha256(JSON.stringify(corpus))).read(cell);
  const steps = openSteps(openStore(runs, { dry: true }), {
    ...{ encodings: `${runs}/encodings`, adapted: `${runs}/adapted` },
    ...record !== undefined && record !== "damaged" && { trace: record.trace },
    ...models !== undefined && { models },
  });
  let letters: WrittenLetters["letters"] | undefined;
  let how: FillOptions | undefined;
  const watched: Steps = {
    ...steps,
    async fill(masked, asked) {
      how = asked;
      letters = masked.length === corpus.length ? masked : undefined; // a part alone is not the cell
      return await steps.fill(masked, asked);
    },
    score(_, candidates) {
      letters = candidates;
      throw new NotStored("score: the letters are all that is asked for.");
    },
  };
  try {
    await experiment.run({ ...cell, corpus }, watched);
  } catch (error) {
    if (!(error instanceof NotStored)) throw error;
  } finally {
    await steps.close();
  }
  return letters && { letters, ...how && { how } };
}
