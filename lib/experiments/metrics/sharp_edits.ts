/** What one word costs: changes of meaning beside harmless ones of the same length. @module */

import type { LevelComparison } from "../../experiment/comparisons.ts";
import { letterValues, paired } from "../../experiment/letter_values.ts";
import type { CellResult, Outcome } from "../../experiment/run.ts";
import { metricNamed } from "../../metrics/registry.ts";
import { bootstrapInterval } from "../../metrics/stats/bootstrap_interval.ts";
import { pairedTests } from "../../metrics/stats/paired_tests.ts";
import { statisticInterval } from "../../metrics/stats/statistic_interval.ts";
import { estimate, type Interval, type Table } from "../../report/table.ts";
import { evenHarmlessEdit, harmlessEdit, sharpEdits, similarityMetrics } from "./metrics.ts";
import { noticeRates } from "./win_rates.ts";

/** A change of meaning under a metric, beside the harmless change. */
export interface SharpEdit {
  readonly metric: string;
  readonly edit: string;
  /** Which harmless change it is beside. */
  readonly harmless: string;
  /** Of how many letters: those that have a place for both. */
  readonly letters: number;
  /** What is lost by the change of meaning, in the metric's own units, and by the harmless change. */
  readonly loss: Interval;
  readonly harmlessLoss: Interval;
  /** The first by the second; `null` where the harmless change costs nothing, or less than a hundredth. */
  readonly ratio: Interval | null;
  /** How often the change of meaning costs more: .5 is chance. */
  readonly noticed: Interval;
  /** Of the paired permutation test of the two losses, adjusted by Holm over all metrics and changes. */
  readonly p: number;
}

/**
 * The values of letters with a change of meaning against those of the same letters with a harmless change, under every metric that compares
 * with the original: one family of tests.
 *
 * @throws {Error} when there are fewer than two letters, or one of the changes was not run
 *
 * @example
 * ```ts
 * import { sharpComparisons } from "./sharp_edits.ts";
 * import { similarityMetrics } from "./metrics.ts";
 * import { equal } from "node:assert/strict";
 * const edits = ["negation flipped", "dose changed", "side changed", "reworded", "in figures"];
 * const cells = edits.map((edit, i) => ({
 *   cell: { edit, percent: 0, seed: 1 },
 *   scores: similarityMetrics.map((metric) => (
 *     { metric, signature: "", ids: ["x", "y"], values: Float64Array.of(i, i) }
 *   )),
 * }));
 * const [first] = sharpComparisons({ cells });
 * equal(first?.difference.mean, -3);
 * ```
 */
export function sharpComparisons({ cells }: Pick<Outcome, "cells">): LevelComparison[] {
  const family = [harmlessEdit, evenHarmlessEdit].flatMap((harmless) =>
    similarityMetrics.flatMap((metric) =>
      sharpEdits.map((edit) => {
        const [a, b] = paired(valuesOf(cells, metric, edit), valuesOf(cells, metric, harmless));
        return { metric, edit, harmless, a, b, name: `${metric}, ${edit} against ${harmless}` };
      })
    )
  );
  return pairedTests(family).map((result, i) => {
    const { metric, edit, harmless } = family[i]!; // one result a comparison, in their order
    return { ...result, metric, a: edit, b: harmless };
  });
}

/**
 * What the comparisons come to, beside it how much each change costs and how often it is noticed.
 *
 * @param comparisons as {@linkcode sharpComparisons} gives them
 * @throws {Error} when one of the changes was not run
 *
 * @example
 * ```ts ignore
 * const edits = sharpEditsOf(outcome, sharpComparisons(outcome));
 * ```
 */
export function sharpEditsOf(
  { cells }: Pick<Outcome, "cells">,
  comparisons: readonly LevelComparison[],
): SharpEdit[] {
  return comparisons.map(({ metric, a, b, adjustedP }): SharpEdit => {
    const [edit, harmless] = [String(a), String(b)];
    const [, perfect] = metricNamed(metric).range;
    const losses = paired(valuesOf(cells, metric, edit), valuesOf(cells, metric, harmless))
      .map((values) => values.map((value) => perfect - value));
    const [sharp = new Float64Array(), other = new Float64Array()] = losses;
    const rates = noticeRates(cells, metric, edit, harmless).filter((rate) => !Number.isNaN(rate));
    return {
      ...{ metric, edit, harmless, letters: sharp.length, p: adjustedP },
      loss: estimate(bootstrapInterval(sharp)),
      harmlessLoss: estimate(bootstrapInterval(other)),
      ratio: ratioOf(sharp, other),
      noticed: estimate(bootstrapInterval(rates)),
    };
  });
}

/**
 * Changes of meaning as a table.
 *
 * @example
 * ```ts
 * import { sharpEditsTable } from "./sharp_edits.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(sharpEditsTable([]).rows, []);
 * ```
 */
export function sharpEditsTable(edits: readonly SharpEdit[]): Table {
  return {
    caption:
      `What one word costs in each metric's own units, beside a harmless word of the same letter: means over ` +
      "letters that have a place for both, with 95% bootstrap intervals, and the p-value of the paired permutation test, " +
      "adjusted by Holm over the table. Noticed: how often the change of meaning costs more; ties count half, 0.5 is chance.",
    columns: [
      { name: "edit", title: "changed", kind: "text" },
      { name: "beside", kind: "text" },
      { name: "metric", kind: "text" },
      { name: "letters", kind: "integer" },
      { name: "loss", kind: "interval", digits: 4 },
      { name: "harmless", title: "harmless", kind: "interval", digits: 4 },
      { name: "ratio", kind: "interval" },
      { name: "noticed", kind: "interval" },
      { name: "p_holm", title: "p (Holm)", kind: "number", digits: 4 },
    ],
    rows: edits.toSorted((a, b) => order(a.edit) - order(b.edit)).map((
      { edit, harmless, metric, letters, loss, harmlessLoss, ratio, noticed, p },
    ) => ({
      ...{ edit, beside: harmless, metric: metricNamed(metric).title, letters, loss },
      ...{ harmless: harmlessLoss, ratio, noticed, p_holm: p },
    })),
  };
}

function order(edit: string): number {
  return sharpEdits.findIndex((known) => known === edit);
}

/** Few resamples: the ratio is described, not tested. */
const RESAMPLES = 2000;

function ratioOf(sharp: Float64Array, harmless: Float64Array): Interval | null {
  const ratio = (drawn: ArrayLike<number>) => {
    let [above, below] = [0, 0];
    for (let k = 0; k < drawn.length; k++) {
      const i = drawn[k]!; // k < drawn.length
      above += sharp[i]!; // as many as were drawn from
      below += harmless[i]!;
    }
    return below > 0 ? above / below : NaN;
  };
  if (!(ratio(sharp.map((_, i) => i)) < 100)) return null;
  const { value, low, high } = statisticInterval([sharp.length], ([drawn]) => ratio(drawn ?? []), {
    resamples: RESAMPLES,
  });
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

function valuesOf(cells: readonly CellResult[], metric: string, edit: string): Float64Array {
  const letters = letterValues(cells, metric, { edit });
  if (letters) return letters.values;
  throw new Error(`${metric}: not computed for letters ${edit}. Run and score them.`);
}
