/** The results of the experiment on identifying data, and their files. @module */

import { decideClaims } from "../../experiment/claims.ts";
import { means } from "../../experiment/means.ts";
import type { Outcome } from "../../experiment/run.ts";
import { tableFiles } from "../../report/write_table.ts";
import { writeFiles } from "../../write_file.ts";
import { type Results, saveResults } from "../results.ts";
import { claimsTable, comparisonsTable, meansTable } from "../tables.ts";
import { type Findings, missCountsTable, ratesTable } from "./findings.ts";
import { type Loss, lossComparisons, lossesOf } from "./losses.ts";
import { lossesFigure } from "./losses_figure.ts";
import { hidingFigure, type HidingResults } from "./plain_sight.ts";
import { recallFigure } from "./recall_figure.ts";

/** Results, and what each change costs. */
export interface IdentifyingResults extends Results {
  readonly losses: readonly Loss[];
}

/**
 * As `resultsOf()`, with every change compared with the letters as they are alone.
 *
 * @throws {Error} when there are fewer than two letters, or a claim is about something that was not run
 *
 * @example
 * ```ts ignore
 * const results = identifyingResults(await runExperiment(identifyingData, { corpus }));
 * ```
 */
export function identifyingResults(outcome: Outcome): IdentifyingResults {
  const inCells = means(outcome);
  const overall = means(outcome, ["change"]);
  const comparisons = lossComparisons(outcome);
  const claims = decideClaims(outcome.cells, outcome.experiment.claims);
  return {
    ...{ outcome, means: inCells, overall, comparisons, claims },
    losses: lossesOf(outcome, comparisons),
    tables: {
      means: meansTable(inCells),
      overall: meansTable(overall),
      comparisons: comparisonsTable(comparisons),
      claims: claimsTable(claims),
    },
  };
}

/**
 * As `saveResults()`; besides `rates` and a `misses-…` table for each corpus (by kind and cause: no text of a letter), and the figures of
 * losses, recall and hiding.
 *
 * @throws {Error} one line, when a file can't be written
 *
 * @example
 * ```ts ignore
 * await saveIdentifying(results, { findings: [embedded], hiding }, "results/identifying_data");
 * ```
 */
export async function saveIdentifying(
  results: IdentifyingResults,
  { findings, hiding }: { readonly findings: readonly Findings[]; readonly hiding: HidingResults },
  folder: string,
): Promise<void> {
  await saveResults(results, folder, {
    losses: lossesFigure(results.losses),
    recall: recallFigure(findings),
    hiding: hidingFigure(hiding),
  });
  const named = findings.map((one) => [one.corpus.toLowerCase().replace(/[^a-z0-9]+/g, "-"), one] as const);
  await writeFiles({
    ...tableFiles(folder, "rates", ratesTable(findings)),
    ...Object.assign(
      {},
      ...named.map(([name, one]) => tableFiles(folder, `misses-${name}`, missCountsTable(one))),
    ),
  });
}
