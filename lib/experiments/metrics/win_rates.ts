/** How often a metric puts two changed letters in the right order. @module */

import type { Level } from "../../experiment/experiment.ts";
import type { CellResult } from "../../experiment/run.ts";

/** A metric's values of the letters, an array a cell. */
type Columns = readonly Float64Array[];

/**
 * Of all pairs of a cell of `better` and one of `worse`, the share in which a letter scores higher under the first; ties count half.
 * With chance alone it is .5. Letters that no pair has both values of are NaN.
 *
 * @example
 * ```ts
 * import { winRates } from "./win_rates.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...winRates([Float64Array.of(3, 1, NaN)], [Float64Array.of(1, 1, 1), Float64Array.of(4, 1, 1)])], [0.5, 0.5, NaN]);
 * ```
 */
export function winRates(better: Columns, worse: Columns): Float64Array {
  return Float64Array.from(better[0] ?? [], (_, letter) => {
    let [wins, pairs] = [0, 0];
    for (const high of better) {
      for (const low of worse) {
        const gap = (high[letter] ?? NaN) - (low[letter] ?? NaN);
        if (Number.isNaN(gap)) continue;
        wins += gap > 0 ? 1 : gap === 0 ? 0.5 : 0;
        pairs++;
      }
    }
    return wins / pairs; // 0 / 0 is NaN
  });
}

/**
 * How often a letter that was changed at fewer places scores higher than one that was changed in the same way at more of them, each
 * change drawn anew: the mean over kinds of change, each the mean over all pairs of shares.
 *
 * @throws {Error} when the metric was not computed, or a kind of change has fewer than two shares
 *
 * @example
 * ```ts
 * import { orderRates } from "./win_rates.ts";
 * import { deepEqual } from "node:assert/strict";
 * const cells = [0.1, 0.2, 0.4].map((amount) => ({
 *   cell: { edit: "masked", amount, seed: 1 },
 *   scores: [{ metric: "rougeL", signature: "", ids: ["x", "y"], values: Float64Array.of(1 - amount, amount) }],
 * }));
 * deepEqual([...orderRates(cells, "rougeL", ["masked"])], [1, 0]);
 * ```
 */
export function orderRates(
  cells: readonly CellResult[],
  metric: string,
  edits: readonly string[],
): Float64Array {
  return meanOf(edits.map((edit) => {
    const amounts = [...new Set(cells.flatMap(({ cell }) => cell.edit === edit ? [Number(cell.amount)] : []))]
      .sort((a, b) => a - b);
    if (amounts.length < 2) throw new Error(`${edit}: has ${amounts.length} shares. Run two or more.`);
    const columns = amounts.map((amount) => columnsOf(cells, metric, edit, amount));
    return meanOf(
      columns.flatMap((fewer, i) => columns.slice(i + 1).map((more) => winRates(fewer, more))),
    );
  }));
}

/**
 * How often a letter with a harmless change scores higher than one with a change of its meaning.
 *
 * @throws {Error} when the metric was not computed for one of them
 *
 * @example
 * ```ts
 * import { noticeRates } from "./win_rates.ts";
 * import { deepEqual } from "node:assert/strict";
 * const cells = ["reworded", "dose changed"].map((edit, i) => ({
 *   cell: { edit, amount: "one", seed: 1 },
 *   scores: [{ metric: "rougeL", signature: "", ids: ["x", "y"], values: Float64Array.of(0.9, 0.9 - i / 10) }],
 * }));
 * deepEqual([...noticeRates(cells, "rougeL", "dose changed", "reworded")], [0.5, 1]);
 * ```
 */
export function noticeRates(
  cells: readonly CellResult[],
  metric: string,
  sharp: string,
  harmless: string,
): Float64Array {
  return winRates(columnsOf(cells, metric, harmless, "one"), columnsOf(cells, metric, sharp, "one"));
}

/**
 * A letter's mean over those of the columns that have a value of it.
 *
 * @example
 * ```ts
 * import { meanOf } from "./win_rates.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...meanOf([Float64Array.of(1, NaN), Float64Array.of(0, 0.5)])], [0.5, 0.5]);
 * ```
 */
export function meanOf(columns: Columns): Float64Array {
  return Float64Array.from(columns[0] ?? [], (_, letter) => {
    const values = columns.map((column) => column[letter] ?? NaN).filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length; // 0 / 0 is NaN
  });
}

/** A column a seed. */
function columnsOf(
  cells: readonly CellResult[],
  metric: string,
  edit: string,
  amount: Level,
): Float64Array[] {
  const columns = cells
    .filter(({ cell }) => cell.edit === edit && cell.amount === amount)
    .flatMap(({ scores }) => scores.filter((one) => one.metric === metric).map(({ values }) => values));
  if (columns.length > 0) return columns;
  throw new Error(`${metric}: not computed for letters ${edit} (${amount}). Run and score them.`);
}
