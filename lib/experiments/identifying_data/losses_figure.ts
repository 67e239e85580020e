/** What each change costs, as a figure. @module */

import { intervals } from "../../report/figures/intervals.ts";
import type { Figure } from "../results.ts";
import { type Loss, lossesTable } from "./losses.ts";

/**
 * A row a change, by factor: how much less of a letter's identifying characters is found. A panel a finder; dashed: nothing is lost.
 *
 * @throws {Error} when there are none
 *
 * @example
 * ```ts
 * import { lossesFigure } from "./losses_figure.ts";
 * import { vegaLiteSvg } from "../../report/vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const loss = { value: 0.1, low: 0, high: 0.2 };
 * const one = { finder: "rules", factor: "typos", change: "typos", letters: 9, found: loss, loss, p: 1, redacted: loss, redactedP: 1 };
 * match(await vegaLiteSvg(lossesFigure([one]).spec), /0\.100 \[0\.000, 0\.200\]/);
 * ```
 */
export function lossesFigure(losses: readonly Loss[]): Figure {
  const finders = [...new Set(losses.map(({ finder }) => finder))];
  const rows = losses.map(({ finder, factor, change, loss }) => ({
    ...{ metric: finder, label: change, group: factor },
    ...loss,
  }));
  const spec = intervals(rows, {
    title: "What is lost when one thing is otherwise",
    subtitle:
      "Share of a letter's identifying characters found less, with 95% bootstrap intervals. Dashed: none.",
    reference: Object.fromEntries(finders.map((finder) => [finder, 0])),
    digits: 3,
  });
  return { spec, data: lossesTable(losses) };
}
