/** Which metrics notice that one word has changed what a letter tells. @module */

import { metricNamed } from "../../metrics/registry.ts";
import { intervals } from "../../report/figures/intervals.ts";
import type { Figure } from "../results.ts";
import { harmlessEdit } from "./metrics.ts";
import { type SharpEdit, sharpEditsTable } from "./sharp_edits.ts";

/**
 * A panel a change of meaning, a row a metric: how often it costs more than a harmless change of the same letter. The dashed line is
 * chance.
 *
 * @throws {Error} when there are none
 *
 * @example
 * ```ts
 * import { editsFigure } from "./edits_figure.ts";
 * import { vegaLiteSvg } from "../../report/vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const [loss, noticed] = [{ value: 0.1, low: 0, high: 0.2 }, { value: 0.7, low: 0.6, high: 0.8 }];
 * const edit = { metric: "rougeL", edit: "dose changed", letters: 9, loss, harmless: "reworded", harmlessLoss: loss, ratio: null, noticed, p: 0.5 };
 * match(await vegaLiteSvg(editsFigure([edit]).spec), /0\.70 \[0\.60, 0\.80\]/);
 * ```
 */
export function editsFigure(edits: readonly SharpEdit[]): Figure {
  const table = sharpEditsTable(edits);
  const rows = edits.filter(({ harmless }) => harmless === harmlessEdit).map(({ metric, edit, noticed }) => ({
    metric: edit,
    label: metricNamed(metric).title,
    ...noticed,
  }));
  const panels = [...new Set(rows.map(({ metric }) => metric))];
  const spec = intervals(rows, {
    title: "Who notices a changed meaning?",
    subtitle:
      "How often it costs more than a harmless word of the same letter, with 95% bootstrap intervals. Dashed: chance.",
    reference: Object.fromEntries(panels.map((panel) => [panel, 0.5])),
  });
  return { spec, data: table };
}
