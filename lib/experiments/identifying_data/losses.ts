/** What each change of the letters costs a finder. @module */

import type { LevelComparison } from "../../experiment/comparisons.ts";
import { letterValues, paired } from "../../experiment/letter_values.ts";
import type { CellResult, Outcome } from "../../experiment/run.ts";
import { bootstrapInterval } from "../../metrics/stats/bootstrap_interval.ts";
import { pairedTests } from "../../metrics/stats/paired_tests.ts";
import { changes } from "../../phi/robustness/changes.ts";
import { estimate, type Interval, type Table } from "../../report/table.ts";
import { foundMetrics, unchanged } from "./identifying_data.ts";

/** A change, and what it costs. All are means over letters. */
export interface Loss {
  readonly finder: string;
  readonly factor: string;
  readonly change: string;
  readonly letters: number;
  /** The share of a letter's identifying characters that is still found. */
  readonly found: Interval;
  /** By how much more of it is found in the letter as it is. */
  readonly loss: Interval;
  /** Of the paired permutation test, adjusted by Holm over all changes, finders and both measures. */
  readonly p: number;
  /** How much more of the other characters is redacted than in the letter as it is. */
  readonly redacted: Interval;
  readonly redactedP: number;
}

/**
 * Every change against the letters as they are, letter by letter: one family of tests. The difference is a − b: what is lost, or redacted less.
 *
 * @throws {Error} when there are fewer than two letters, or the letters as they are were not searched
 *
 * @example
 * ```ts
 * import { lossComparisons } from "./losses.ts";
 * import { deepEqual } from "node:assert/strict";
 * const cells = ["unchanged", "all in capitals"].map((change, i) => ({
 *   cell: { finder: "rules", change, seed: 42 },
 *   scores: ["phi-found", "other-redacted"].map((metric) => (
 *     { metric, signature: "", ids: ["x", "y"], values: Float64Array.of(1 - i / 2, 1 - i / 2) }
 *   )),
 * }));
 * deepEqual(lossComparisons({ cells }).map(({ b, difference }) => [b, difference.mean]), [
 *   ["all in capitals", 0.5], ["all in capitals", 0.5],
 * ]);
 * ```
 */
export function lossComparisons({ cells }: Pick<Outcome, "cells">): LevelComparison[] {
  const family = casesOf(cells).flatMap(({ finder, change, label }) =>
    foundMetrics.map((metric) => {
      const [a, b] = paired(
        valuesOf(cells, metric, { finder, change: unchanged }),
        valuesOf(cells, metric, { finder, change }),
      );
      return { metric, label, a, b, name: `${metric}, ${label} against ${unchanged}` };
    })
  );
  return pairedTests(family).map((result, i) => {
    const { metric, label } = family[i]!; // one result a comparison, in their order
    return { ...result, metric, a: unchanged, b: label };
  });
}

/** What the comparisons come to. */
export function lossesOf(
  { cells }: Pick<Outcome, "cells">,
  comparisons: readonly LevelComparison[],
): Loss[] {
  return casesOf(cells).flatMap(({ finder, change, label }): Loss[] => {
    const [lost, less] = foundMetrics.map((metric) =>
      comparisons.find((one) => one.metric === metric && one.b === label)
    );
    const factor = changes.find(({ name }) => name === change)?.factor;
    if (!lost || !less || factor === undefined) return [];
    const values = valuesOf(cells, "phi-found", { finder, change }).filter((value) => !Number.isNaN(value));
    const { mean, low, high } = less.difference;
    return [{
      ...{ finder, factor, change, letters: lost.difference.n },
      found: estimate(bootstrapInterval(values)),
      loss: estimate(lost.difference),
      p: lost.adjustedP,
      redacted: estimate({ mean: -mean, low: -high, high: -low }),
      redactedP: less.adjustedP,
    }];
  });
}

/** Losses as a table, in the order of the changes. */
export function lossesTable(losses: readonly Loss[]): Table {
  return {
    caption:
      "What is lost to one change at a time: the share of a letter's identifying characters found, and what is found less than in " +
      "the letters as they are; means over letters with 95% bootstrap intervals (BCa), p-values of paired permutation tests, " +
      "adjusted by Holm over the table.",
    columns: [
      { name: "finder", kind: "text" },
      { name: "factor", kind: "text" },
      { name: "change", kind: "text" },
      { name: "letters", kind: "integer" },
      { name: "found", kind: "interval", digits: 3 },
      { name: "loss", kind: "interval", digits: 3 },
      { name: "p_holm", title: "p (Holm)", kind: "number", digits: 4 },
      { name: "redacted", title: "others redacted more", kind: "interval", digits: 4 },
      { name: "redacted_p_holm", title: "p (Holm)", kind: "number", digits: 4 },
    ],
    rows: losses.map(({ finder, factor, change, letters, found, loss, p, redacted, redactedP }) => ({
      ...{ finder, factor, change, letters, found, loss, redacted },
      ...{ p_holm: p, redacted_p_holm: redactedP },
    })),
  };
}

/** Every changed condition that was run, in the order of the changes. */
function casesOf(cells: readonly CellResult[]): { finder: string; change: string; label: string }[] {
  const finders = [...new Set(cells.map(({ cell }) => String(cell["finder"])))];
  const run = new Set(cells.map(({ cell }) => String(cell["change"])));
  return finders.flatMap((finder) =>
    changes.flatMap(({ name: change }) =>
      run.has(change) ? [{ finder, change, label: finders.length > 1 ? `${finder}: ${change}` : change }] : []
    )
  );
}

function valuesOf(
  cells: readonly CellResult[],
  metric: string,
  condition: { readonly finder: string; readonly change: string },
): Float64Array {
  const letters = letterValues(cells, metric, condition);
  if (letters) return letters.values;
  throw new Error(`${metric}: not computed for letters ${condition.change}. Run and score them.`);
}
