/** The figure of means with their intervals, a panel a metric. @module */

import type { Mean } from "../experiment/means.ts";
import { metricNamed } from "../metrics/registry.ts";
import { intervals } from "../report/figures/intervals.ts";
import { estimate } from "../report/table.ts";
import type { Figure } from "./results.ts";
import { meansTable } from "./tables.ts";

/**
 * Means and their intervals, a row a level of a factor.
 *
 * @param drawn in the order of panels and rows
 * @param letters over how many each is a mean
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts
 * import { meansFigure } from "./means_figure.ts";
 * import { vegaLiteSvg } from "../report/vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const mean = { condition: { words: "nouns" }, metric: "rougeL", n: 2, mean: 0.5, sd: 0, low: 0.4, high: 0.6 };
 * match(await vegaLiteSvg(meansFigure([mean], "words", "Classes of words", 2).spec), /Means over 2 letters/);
 * ```
 */
export function meansFigure(drawn: readonly Mean[], factor: string, title: string, letters: number): Figure {
  const rows = drawn.map((mean) => ({
    metric: metricNamed(mean.metric).title,
    label: String(mean.condition[factor]),
    ...estimate(mean),
  }));
  const subtitle = `Means over ${letters} letters with 95% bootstrap intervals.`;
  return { spec: intervals(rows, { title, subtitle, digits: 3 }), data: meansTable(drawn) };
}
