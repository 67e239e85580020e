/** From an experiment's outcome to its folder of results. @module */

import { dirname, resolve } from "node:path";
import { decideClaims, type DecidedClaim } from "../experiment/claims.ts";
import { comparisons, type LevelComparison } from "../experiment/comparisons.ts";
import { type Mean, means } from "../experiment/means.ts";
import type { Outcome } from "../experiment/run.ts";
import { toParquet } from "../report/parquet.ts";
import type { Table } from "../report/table.ts";
import { figureFiles } from "../report/write_figure.ts";
import { writeFiles } from "../write_file.ts";
import { tableFiles } from "../report/write_table.ts";
import type { TopLevelSpec } from "vega-lite";
import { writeAllClaims } from "./all_claims.ts";
import { experimentManifest } from "./manifest.ts";
import { claimsTable, comparisonsTable, meansTable, runsTable } from "./tables.ts";

/** An outcome with its statistics. */
export interface Results {
  readonly outcome: Outcome;
  /** In every cell, seeds taken together. */
  readonly means: readonly Mean[];
  /** For every level of the compared factor, over all others. */
  readonly overall: readonly Mean[];
  readonly comparisons: readonly LevelComparison[];
  readonly claims: readonly DecidedClaim[];
  /** The same for readers. */
  readonly tables: {
    readonly means: Table;
    readonly overall: Table;
    readonly comparisons: Table;
    readonly claims: Table;
  };
}

/** A figure and the table it is drawn from. */
export interface Figure {
  readonly spec: TopLevelSpec;
  readonly data: Table;
}

/**
 * Means, comparisons and decided claims of an outcome.
 *
 * @throws {Error} when there are fewer than two letters, or a claim is about something that was not run
 *
 * @example
 * ```ts
 * import { experiment } from "../experiment/experiment.ts";
 * import { runExperiment } from "../experiment/run.ts";
 * import { resultsOf } from "./results.ts";
 * import { equal } from "node:assert/strict";
 * const ratios = experiment({
 *   name: "ratios",
 *   question: "How much can be masked?",
 *   factors: { ratio: [0.3, 0.7] },
 *   quick: { letters: 2, factors: {} },
 *   compare: "ratio",
 *   run: ({ corpus, ratio }, { mask, score, unfilled }) =>
 *     score(corpus, unfilled(mask(corpus, { strategy: "random", ratio, seed: 1 })), ["rougeL"]),
 *   claims: [{ says: "Less is better.", metric: "rougeL", of: { ratio: 0.3 }, over: { ratio: 0.7 }, atLeast: 0 }],
 * });
 * const texts = ["He was well on the ward.", "She was seen in clinic today.", "The plan was made with her."];
 * const corpus = texts.map((text, i) => ({ id: `${i}`, text, spans: [], meta: {} }));
 * const outcome = await runExperiment(ratios, { corpus, runs: await Deno.makeTempDir() });
 * equal(resultsOf(outcome).claims[0]?.verdict, "supported");
 * ```
 */
export function resultsOf(outcome: Outcome): Results {
  const inCells = means(outcome);
  const overall = means(outcome, [outcome.experiment.compare]);
  const compared = comparisons(outcome);
  const claims = decideClaims(outcome.cells, outcome.experiment.claims);
  return {
    ...{ outcome, means: inCells, overall, comparisons: compared, claims },
    tables: {
      means: meansTable(inCells),
      overall: meansTable(overall),
      comparisons: comparisonsTable(compared),
      claims: claimsTable(claims),
    },
  };
}

/**
 * Writes an experiment's results: `table`, `comparisons` and `claims` as CSV, Markdown, LaTeX and Parquet, each figure as
 * SVG, PDF, PNG and CSV, `runs.parquet` (a row a letter a cell), and `manifest.json`: all of it or nothing. The same
 * outcome gives the same files, but for the times in the manifest. `claims` of all experiments beside it are gathered anew.
 *
 * @param folder the results' own folder, named after the experiment
 * @param figures by name: `models` becomes `figure-models.svg` and so on
 * @throws {Error} one line, when a file can't be written
 *
 * @example
 * ```ts ignore
 * await saveResults(resultsOf(outcome), `results/${outcome.experiment.name}`, { models: modelsFigure(results) });
 * ```
 */
export async function saveResults(
  { outcome, tables }: Results,
  folder: string,
  figures: Readonly<Record<string, Figure>> = {},
): Promise<void> {
  const drawn: Record<string, string | Uint8Array> = {};
  for (const [name, { spec, data }] of Object.entries(figures)) {
    Object.assign(drawn, await figureFiles(folder, name, spec, data));
  }
  await writeFiles({
    ...tableFiles(folder, "table", tables.means),
    ...tableFiles(folder, "comparisons", tables.comparisons),
    ...tableFiles(folder, "claims", tables.claims),
    ...drawn,
    [`${folder}/runs.parquet`]: toParquet(runsTable(outcome)),
    [`${folder}/manifest.json`]: `${JSON.stringify(experimentManifest(outcome, new Date()), null, 2)}\n`,
  });
  await writeAllClaims(dirname(resolve(folder)));
}
