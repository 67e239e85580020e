/** The figures of the data-constrained study. @module */

import type { Mean } from "../../experiment/means.ts";
import { means } from "../../experiment/means.ts";
import { metricNamed } from "../../metrics/registry.ts";
import { curves } from "../../report/figures/curves.ts";
import { intervals } from "../../report/figures/intervals.ts";
import { estimate } from "../../report/table.ts";
import type { Figure, Results } from "../results.ts";
import { meansTable } from "../tables.ts";
import { METRICS } from "./pipeline.ts";

type Given = Pick<Results, "outcome">;

const isF1 = ({ metric }: Mean) => METRICS.some((name) => name === metric);

function subtitle({ outcome }: Given): string {
  const folds = outcome.factors["fold"]?.length ?? 0;
  return `Means over letters of ${folds === 1 ? "one fold" : `${folds} folds`} with 95% bootstrap intervals.`;
}

/**
 * F1 along the share of the data, a line for gold and one for synthetic letters.
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(sharesFigure(results).spec);
 * ```
 */
export function sharesFigure(results: Given): Figure {
  const drawn = means(results.outcome, ["trained", "share"]).filter(isF1);
  const points = drawn.map((mean) => ({
    metric: metricNamed(mean.metric).title,
    series: String(mean.condition["trained"]),
    x: Number(mean.condition["share"]),
    ...estimate(mean),
  }));
  const spec = curves(points, {
    title: "A tagger on gold letters, by what it learnt from",
    subtitle: subtitle(results),
    x: "share of the data",
  });
  return { spec, data: meansTable(drawn) };
}

/**
 * F1 for each level of the compared factor.
 *
 * @param title says what is compared
 * @param name what a level is called
 */
export function levelsFigure(
  results: Given,
  title: string,
  name: (level: string) => string = (level) => level,
): Figure {
  const factor = results.outcome.experiment.compare;
  const drawn = means(results.outcome, [factor]).filter(isF1);
  const rows = drawn.map((mean) => ({
    metric: metricNamed(mean.metric).title,
    label: name(String(mean.condition[factor])),
    ...estimate(mean),
  }));
  return {
    spec: intervals(rows, { title, subtitle: subtitle(results), digits: 3 }),
    data: meansTable(drawn),
  };
}

/** The share of n-grams that come back, by their length: of letters that the model was adapted to, and of others. */
export function ngramsFigure(results: Given): Figure {
  const drawn = means(results.outcome, ["whose", "adaptation"]).filter(({ metric }) =>
    metric.startsWith("ngram-recall")
  );
  const points = drawn.map((mean) => ({
    metric: "n-gram recall",
    series: `${mean.condition["whose"]}, ${Math.round(100 * Number(mean.condition["adaptation"]))}%`,
    x: lengthOf(mean.metric),
    ...estimate(mean),
  }));
  points.sort((a, b) => a.x - b.x); // stable: series stay in their order
  const spec = curves(points, {
    title: "What comes back of letters, by the share of the data that the model was adapted to",
    subtitle: subtitle(results),
    x: "words",
    columns: 1,
  });
  return { spec, data: meansTable(drawn) };
}

function lengthOf(metric: string): number {
  return Number(metric.split("=")[1] ?? 5);
}

/** Exposure and the longest copied run, by epochs and the share that the model was adapted to. */
export function exposureFigure(results: Given): Figure {
  const shown = ["exposure", "longest-copied-run"];
  const drawn = means(results.outcome, ["whose", "epochs", "adaptation"]).filter(({ metric }) =>
    shown.includes(metric)
  );
  const rows = drawn.map((mean) => ({
    metric: metricNamed(mean.metric).title,
    group: String(mean.condition["whose"]),
    label: `${mean.condition["whose"]}: ${mean.condition["epochs"]} epochs, ${
      Math.round(100 * Number(mean.condition["adaptation"]))
    }% of the data`,
    ...estimate(mean),
  }));
  const spec = intervals(rows, {
    title: "Planted secrets and copied runs",
    subtitle: `${subtitle(results)} The most that exposure can be is 9.`,
    digits: 1,
  });
  return { spec, data: meansTable(drawn) };
}
