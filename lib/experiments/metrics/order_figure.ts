/** What becomes of each metric as more of a letter is changed. @module */

import { means } from "../../experiment/means.ts";
import { metricNamed } from "../../metrics/registry.ts";
import { curves } from "../../report/figures/curves.ts";
import { estimate } from "../../report/table.ts";
import type { Figure, Results } from "../results.ts";
import { meansTable } from "../tables.ts";
import { gradedEdits } from "./metrics.ts";

/**
 * A panel a metric, a line a kind of change, along the share of places that are changed.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(orderFigure(results).spec);
 * ```
 */
export function orderFigure({ outcome }: Pick<Results, "outcome">): Figure {
  const graded = outcome.cells.filter(({ cell }) => gradedEdits.some((edit) => edit === cell.edit));
  const drawn = means({ factors: outcome.factors, cells: graded }, ["edit", "percent"]);
  const points = drawn.map((mean) => ({
    metric: metricNamed(mean.metric).title,
    series: String(mean.condition.edit),
    x: Number(mean.condition.percent),
    ...estimate(mean),
  }));
  const spec = curves(points, {
    title: "What the metrics make of changed letters",
    subtitle:
      `Means over ${outcome.corpus.length} letters with 95% bootstrap intervals, each panel in its own units.`,
    x: "places changed, %",
  });
  return { spec, data: meansTable(drawn) };
}
