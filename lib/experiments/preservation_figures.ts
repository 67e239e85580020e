/** The figures of preserving against reconstructing. @module */

import { means } from "../experiment/means.ts";
import { pareto } from "../report/figures/pareto.ts";
import { meansFigure } from "./means_figure.ts";
import type { Figure, Results } from "./results.ts";
import { meansTable } from "./tables.ts";

const shown = ["bertscore", "entities-kept", "phi-left", "copy-rate"];

/**
 * How near each approach stays to the original, what it keeps of the entities and leaves of the identifying data, with intervals.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(approachesFigure(results).spec);
 * ```
 */
export function approachesFigure({ outcome, overall }: Pick<Results, "outcome" | "overall">): Figure {
  const drawn = shown.flatMap((name) => overall.filter(({ metric }) => metric === name));
  return meansFigure(drawn, "approach", "The same number of words, by approach", outcome.corpus.length);
}

/**
 * Similarity against leak: what each approach gives at each share of masked words. What lies on the dashed line is beaten by no other
 * in both.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(leakFigure(results).spec);
 * ```
 */
export function leakFigure({ outcome }: Pick<Results, "outcome">): Figure {
  const by = means(outcome, ["approach", "share"]).filter(({ metric }) =>
    metric === "bertscore" || metric === "phi-left"
  );
  const leaks = new Map(
    by.filter(({ metric }) => metric === "phi-left").map((mean) => [JSON.stringify(mean.condition), mean]),
  );
  const points = by.filter(({ metric }) => metric === "bertscore").flatMap(({ condition, mean }) => {
    const leak = leaks.get(JSON.stringify(condition));
    const label = `${Math.round(100 * Number(condition.share))}%`;
    return leak ? [{ label, series: String(condition.approach), x: leak.mean, y: mean }] : [];
  });
  const spec = pareto(points, {
    title: "Similarity is not the aim alone",
    subtitle: "Each approach at the share of all words that stands beside its point.",
    x: "identifying data left",
    y: "BERTScore",
    better: { x: "low", y: "high" },
    width: "page",
  });
  return { spec, data: meansTable(by) };
}
