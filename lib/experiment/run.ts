/** Running an experiment. @module */

import type { Letter } from "../corpus/letter.ts";
import type { ModelOptions } from "../checkpoint/find_model.ts";
import type { Scores } from "../metrics/metric.ts";
import { progress } from "../progress.ts";
import { project } from "../project.ts";
import { corpusOf, factorsOf, gridOf } from "./cells.ts";
import {
  type Cell,
  type Experiment,
  type Factors,
  type Level,
  type Profile,
  profiles,
} from "./experiment.ts";
import { inWords } from "./condition.ts";
import { type OpenSteps, openSteps, type Provenance } from "./steps.ts";
import { openStore, type StoreCounts } from "./store.ts";

/** What came out of a cell. */
export interface CellResult {
  readonly cell: Readonly<Record<string, Level>>;
  readonly scores: readonly Scores[];
}

/** What came out of an experiment. */
export interface Outcome<F extends Factors = Factors> {
  readonly experiment: Pick<Experiment<F>, "name" | "question" | "compare" | "claims">;
  readonly profile: Profile;
  readonly factors: F;
  /** The letters it was run on. */
  readonly corpus: readonly Letter[];
  /** In the order of the grid. */
  readonly cells: readonly CellResult[];
  readonly provenance: Provenance;
  readonly counts: Readonly<StoreCounts>;
  readonly started: Date;
}

/** How an experiment is run. */
export interface RunOptions extends ModelOptions {
  readonly corpus: readonly Letter[];
  /** Left out: `full`. */
  readonly profile?: Profile;
  /** Folder where results of steps are kept; left out: the project's `.cache/runs`. */
  readonly runs?: string;
}

/**
 * Runs every cell of an experiment, in the grid's order, showing a progress bar. What a cell's steps gave is stored as
 * soon as it is there: a run that was stopped, or failed, goes on where it was. Stored results that turn out damaged are
 * computed anew, which the bar says.
 *
 * @throws {Error} naming the cell, when a cell fails
 *
 * @example
 * ```ts
 * import { experiment } from "./experiment.ts";
 * import { runExperiment } from "./run.ts";
 * import { equal } from "node:assert/strict";
 * const ratios = experiment({
 *   name: "ratios",
 *   question: "How much can be masked?",
 *   factors: { ratio: [0.3, 0.7] },
 *   quick: { letters: 1, factors: {} },
 *   compare: "ratio",
 *   run: ({ corpus, ratio }, { mask, score, unfilled }) =>
 *     score(corpus, unfilled(mask(corpus, { strategy: "random", ratio, seed: 1 })), ["rougeL"]),
 *   claims: [],
 * });
 * const corpus = [{ id: "a", text: "He was well on the ward.", spans: [], meta: {} }];
 * const { cells } = await runExperiment(ratios, { corpus, runs: await Deno.makeTempDir() });
 * equal(cells.length, 2);
 * ```
 */
export async function runExperiment<F extends Factors>(
  experiment: Experiment<F>,
  options: RunOptions,
): Promise<Outcome<F>> {
  const { profile = "full", runs = project.runs } = options;
  if (!profiles.includes(profile)) {
    throw new Error(`unknown profile "${profile}". Known: ${profiles.join(", ")}.`);
  }
  const started = new Date();
  const factors = factorsOf(experiment, profile);
  const corpus = corpusOf(experiment, options.corpus, profile);
  const grid = gridOf(factors);
  const bar = progress(experiment.name, grid.length, { unit: "cells" });
  const store = openStore(runs);
  const steps = openSteps(store, options);
  const cells: CellResult[] = [];
  let cached = 0;
  try {
    for (const cell of grid) {
      const before = store.counts.computed;
      cells.push({ cell, scores: await runCell(experiment, cell, corpus, steps) });
      if (store.counts.computed === before) cached++;
      const { damaged } = store.counts;
      bar.update(
        cells.length,
        `${cached} cached${damaged > 0 ? ` · ${damaged} damaged, computed anew` : ""}`,
      );
    }
  } finally {
    await bar.done();
    await steps.close();
  }
  const { name, question, compare, claims } = experiment;
  const provenance = await steps.provenance();
  return {
    experiment: { name, question, compare, claims },
    profile,
    factors,
    corpus,
    cells,
    provenance,
    counts: store.counts,
    started,
  };
}

/**
 * Runs one cell.
 *
 * @throws {Error} naming the cell, with what it failed with as the cause
 */
export async function runCell<F extends Factors>(
  experiment: Experiment<F>,
  cell: Cell<F>,
  corpus: readonly Letter[],
  steps: OpenSteps,
): Promise<Scores[]> {
  try {
    return await experiment.run({ ...cell, corpus }, steps);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new Error(`${experiment.name}, ${inWords(cell)}: ${what}`, { cause: error });
  }
}
