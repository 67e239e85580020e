/** How often a metric puts two changed letters in the right order. @module */

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
 * const cells = [10, 20, 40].map((percent) => ({
 *   cell: { edit: "masked", percent, seed: 1 },
 *   scores: [{ metric: "rougeL", signature: "", ids: ["x", "y"], values: Float64Array.of(-percent, percent) }],
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
    const percents = [
      ...new Set(cells.flatMap(({ cell }) => cell.edit === edit ? [Number(cell.percent)] : [])),
    ]
      .sort((a, b) => a - b);
    if (percents.length < 2) throw new Error(`${edit}: has ${percents.length} shares. Run two or more.`);
    const columns = percents.map((percent) => columnsOf(cells, metric, edit, percent));
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
 *   cell: { edit, percent: 0, seed: 1 },
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
  return winRates(columnsOf(cells, metric, harmless, 0), columnsOf(cells, metric, sharp, 0));
}

/**
 * The mean of {@linkcode noticeRates} over several changes of meaning.
 *
 * @throws {Error} when the metric was not computed for one of them
 *
 * @example
 * ```ts ignore
 * const rates = meaningRates(cells, "meteor", ["dose changed", "side changed"], "reworded");
 * ```
 */
export function meaningRates(
  cells: readonly CellResult[],
  metric: string,
  sharp: readonly string[],
  harmless: string,
): Float64Array {
  return meanOf(sharp.map((edit) => noticeRates(cells, metric, edit, harmless)));
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
  percent: number,
): Float64Array[] {
  const columns = cells
    .filter(({ cell }) => cell.edit === edit && cell.percent === percent)
    .flatMap(({ scores }) => scores.filter((one) => one.metric === metric).map(({ values }) => values));
  if (columns.length > 0) return columns;
  throw new Error(`${metric}: not computed for letters ${edit} (${percent}%). Run and score them.`);
}
