/** The results of the experiment on metrics. @module */

import { means } from "../../experiment/means.ts";
import type { Outcome } from "../../experiment/run.ts";
import type { Results } from "../results.ts";
import { comparisonsTable, meansTable } from "../tables.ts";
import { type Agreement, agreements } from "./agreement.ts";
import { decidePrimary, primaryTable } from "./primary_claim.ts";
import { sharpComparisons, type SharpEdit, sharpEditsOf } from "./sharp_edits.ts";

/** Results, and what is asked of metrics beside them. */
export interface MetricsResults extends Results {
  readonly agreements: readonly Agreement[];
  readonly sharp: readonly SharpEdit[];
}

/**
 * As `resultsOf()`, with changes of meaning compared with the harmless change alone, the rank correlations of metrics, and the
 * paper's claim decided by the rates of `win_rates.ts`.
 *
 * @throws {Error} when there are fewer than three letters, or one of the changes was not run
 *
 * @example
 * ```ts ignore
 * const results = metricsResults(await runExperiment(metricsExperiment, { corpus }));
 * ```
 */
export function metricsResults(outcome: Outcome): MetricsResults {
  const inCells = means(outcome);
  const overall = means(outcome, [outcome.experiment.compare]);
  const comparisons = sharpComparisons(outcome);
  const claims = decidePrimary(outcome);
  return {
    ...{ outcome, means: inCells, overall, comparisons, claims },
    agreements: agreements(outcome),
    sharp: sharpEditsOf(outcome, comparisons),
    tables: {
      means: meansTable(inCells),
      overall: meansTable(overall),
      comparisons: comparisonsTable(comparisons),
      claims: primaryTable(claims),
    },
  };
}
