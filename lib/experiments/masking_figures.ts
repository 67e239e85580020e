/** The figures of the masking ablations. @module */

import { means } from "../experiment/means.ts";
import { metricNamed } from "../metrics/registry.ts";
import { curves } from "../report/figures/curves.ts";
import { pareto } from "../report/figures/pareto.ts";
import { estimate } from "../report/table.ts";
import { meansFigure } from "./means_figure.ts";
import type { Figure, Results } from "./results.ts";
import { meansTable } from "./tables.ts";

const shown = ["rougeL", "bertscore", "copy-rate"];

/**
 * What becomes of similarity along the ratio, a line a model, words masked at random.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(ratiosFigure(results).spec);
 * ```
 */
export function ratiosFigure({ outcome }: Pick<Results, "outcome">): Figure {
  const random = { ...outcome, cells: outcome.cells.filter(({ cell }) => cell.strategy === "random") };
  const drawn = means(random, ["model", "ratio"]).filter(({ metric }) => shown.includes(metric));
  const points = drawn.map((mean) => {
    const { value, low, high } = estimate(mean);
    const { model, ratio } = mean.condition;
    return {
      metric: metricNamed(mean.metric).title,
      series: String(model),
      x: Number(ratio),
      value,
      low,
      high,
    };
  });
  const spec = curves(points, {
    title: "What filling costs, by how much is masked",
    subtitle:
      `Words masked at random; means over ${outcome.corpus.length} letters with 95% bootstrap intervals.`,
    x: "share of free words masked",
  });
  return { spec, data: meansTable(drawn) };
}

/**
 * Every strategy's loss of similarity against how many words it masks: what lies on the dashed line is beaten by no other.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(strategiesFigure(results).spec);
 * ```
 */
export function strategiesFigure({ outcome }: Pick<Results, "outcome">): Figure {
  const by = means(outcome, ["strategy", "ratio"]).filter(({ metric }) =>
    metric === "bertscore" || metric === "masked-share"
  );
  const of = (metric: string) =>
    new Map(
      by.filter((mean) => mean.metric === metric).map((mean) => [JSON.stringify(mean.condition), mean]),
    );
  const [scores, shares] = [of("bertscore"), of("masked-share")];
  const ratios = [...new Set(by.map(({ condition }) => Number(condition.ratio)))];
  const highest = Math.max(...ratios);
  const points = [...scores].flatMap(([key, score]) => {
    const share = shares.get(key);
    if (!share || score.condition.ratio !== highest) return [];
    const label = String(score.condition.strategy);
    return [{ label, series: "strategies", x: share.mean, y: score.mean }];
  });
  const spec = pareto(points, {
    title: "Strategies",
    subtitle: `At a ratio of ${highest} of each strategy's own words, over all models.`,
    x: "share of all words masked",
    y: "BERTScore",
    better: { x: "high", y: "high" },
    width: "page",
  });
  return { spec, data: meansTable(by) };
}

/**
 * Classes of words masked at equal numbers, with their intervals.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(classesFigure(results).spec);
 * ```
 */
export function classesFigure({ outcome }: Pick<Results, "outcome">): Figure {
  const drawn = means(outcome, ["words"]).filter(({ metric }) => shown.includes(metric));
  return meansFigure(drawn, "words", "The same number of words, of different classes", outcome.corpus.length);
}
