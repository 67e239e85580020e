/** What a store holds of an experiment, cell by cell. @module */

import { project } from "../project.ts";
import type { CellRecord } from "./cell_records.ts";
import { cellRunner, type CellState } from "./cell_runner.ts";
import { corpusOf, gridOf } from "./cells.ts";
import { costs } from "./costs.ts";
import type { Cell, Experiment, Factors } from "./experiment.ts";
import type { RunOptions } from "./run.ts";

/** A cell, what the store holds of it, and what it will cost to run. */
export interface CellPlan<F extends Factors = Factors> {
  readonly cell: Cell<F>;
  readonly state: CellState;
  /** Seconds, by what the cell or those like it took before; `undefined` where none was run yet. */
  readonly cost: number | undefined;
}

/**
 * Every cell of an experiment with its state; nothing is computed. Experiments that name no module record no cells: all of
 * theirs are missing here, although their steps may be stored.
 *
 * @throws {Error} when the corpus has no letter
 *
 * @example
 * ```ts
 * import { runExperiment } from "./run.ts";
 * import { statesOf } from "./states.ts";
 * import { tiny, tinyCorpus as corpus } from "./tiny_experiment.ts";
 * import { deepEqual } from "node:assert/strict";
 * const options = { corpus, runs: await Deno.makeTempDir(), profile: "quick", workers: 1 } as const;
 * await runExperiment(tiny, { ...options, only: { model: "trigram" } });
 * const plans = await statesOf(tiny, options);
 * deepEqual(plans.map(({ cell, state }) => `${cell.model} ${cell.ratio}: ${state.kind}`), [
 *   "frequent-word 0.3: missing",
 *   "frequent-word 0.5: missing",
 *   "trigram 0.3: stored",
 *   "trigram 0.5: stored",
 * ]);
 * ```
 */
export async function statesOf<F extends Factors>(
  experiment: Experiment<F>,
  options: Omit<RunOptions, "workers" | "slurm" | "signal" | "only">,
): Promise<CellPlan<F>[]> {
  const { profile = "full", runs = project.runs, models } = options;
  const runner = cellRunner(experiment, {
    ...{ corpus: corpusOf(experiment, options.corpus, profile), runs, dry: true },
    ...models !== undefined && { models },
  });
  const grid = gridOf(experiment, profile);
  const states: [Cell<F>, CellState][] = [];
  const measured = new Map<Cell<F>, CellRecord>();
  for (const cell of grid) {
    const state = await runner.stateOf(cell);
    states.push([cell, state]);
    if ("record" in state) measured.set(cell, state.record);
  }
  const cost = costs(grid, measured);
  return states.map(([cell, state]) => ({ cell, state, cost: cost(cell) }));
}
