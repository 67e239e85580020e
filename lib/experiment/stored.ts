/** What of an experiment is stored already. @module */

import { project } from "../project.ts";
import { cellRunner } from "./cell_runner.ts";
import { corpusOf, gridOf } from "./cells.ts";
import type { Experiment, Factors } from "./experiment.ts";
import type { RunOptions } from "./run.ts";

/** How much of an experiment is stored, and where. */
export interface Stored {
  /** Cells with all their steps stored. */
  readonly cells: number;
  /** All cells. */
  readonly total: number;
  /** Their files, and those of their steps. */
  readonly files: readonly string[];
}

/**
 * Goes through an experiment without computing anything: for a dry run, and for forgetting what is stored. Steps of cells that did
 * not come to their end do not count.
 *
 * @throws {Error} when the corpus has no letter
 *
 * @example
 * ```ts
 * import { experiment } from "./experiment.ts";
 * import { storedOf } from "./stored.ts";
 * import { deepEqual } from "node:assert/strict";
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
 * deepEqual(await storedOf(ratios, { corpus, runs: await Deno.makeTempDir() }), { cells: 0, total: 2, files: [] });
 * ```
 */
export async function storedOf<F extends Factors>(
  experiment: Experiment<F>,
  options: RunOptions,
): Promise<Stored> {
  const { profile = "full", runs = project.runs, models } = options;
  const files = new Set<string>();
  const corpus = corpusOf(experiment, options.corpus, profile);
  const grid = gridOf(experiment, profile);
  const onFound = (path: string) => files.add(path);
  const runner = cellRunner(experiment, {
    ...{ corpus, runs, dry: true, onFound },
    ...models !== undefined && { models },
  });
  let cells = 0;
  for (const cell of grid) {
    const { kind } = await runner.stateOf(cell);
    if (experiment.module !== undefined && kind === "missing") continue; // a cell that came to its end has a record
    if (kind !== "missing") files.add(runner.pathOf(cell));
    try {
      await runner.run(cell);
      cells++;
    } catch {
      // Not stored; or a cell that can't be run, for want of its model, say: whoever runs it is told.
    }
  }
  return { cells, total: grid.length, files: [...files] };
}
