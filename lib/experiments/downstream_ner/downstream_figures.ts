/** The figures of the downstream experiment. @module */

import type { TopLevelSpec } from "vega-lite";
import { curves } from "../../report/figures/curves.ts";
import { intervals } from "../../report/figures/intervals.ts";
import type { Table } from "../../report/table.ts";
import type { Figure } from "../results.ts";
import { type DownstreamResults, downstreamTable, type TrainingResult } from "./downstream_results.ts";
import { originals, synthetic } from "./trainings.ts";

const [onReal, onOwn] = ["real letters, gold labels", "own kind, silver labels"] as const;

/**
 * F1 of every training, tested as it should be and as the paper does; the dashed line is what original letters give.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(trainingsFigure(results).spec);
 * ```
 */
export function trainingsFigure(results: DownstreamResults): Figure {
  const rows = results.trainings.flatMap(({ training, gold, own }) => [
    { metric: onReal, label: training.name, group: training.group, ...gold.f1 },
    ...own ? [{ metric: onOwn, label: training.name, group: training.group, ...own.f1 }] : [],
  ]);
  const base = results.trainings.find(({ training }) => training.name === originals);
  const spec = intervals(rows, {
    title: "What a tagger learns from, and how well it finds entities",
    subtitle:
      `Span F1 over ${results.outcome.corpus.length} letters with 95% bootstrap intervals; dashed: original letters.`,
    digits: 3,
    reference: {
      ...base && { [onReal]: base.gold.f1.value },
      ...base?.own && { [onOwn]: base.own.f1.value },
    },
  });
  return { spec, data: downstreamTable(results) };
}

/**
 * F1 on real letters along the amount of synthetic letters, as a share of the originals.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(amountFigure(results).spec);
 * ```
 */
export function amountFigure({ outcome, trainings }: DownstreamResults): Figure {
  const own = trainings.filter(({ training: { group, name } }) => group === "amount" || name === synthetic);
  return along(own, ({ training }) => training.synthetic, {
    title: "How much synthetic text it takes",
    subtitle: `Span F1, ${outcome.corpus.length} real letters, gold labels.`,
    x: "synthetic letters by originals",
  });
}

/**
 * F1 on real letters along the share of original letters among those that are learnt from.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(mixtureFigure(results).spec);
 * ```
 */
export function mixtureFigure({ outcome, trainings }: DownstreamResults): Figure {
  const own = trainings.filter(({ training: { group, name, real, synthetic: made } }) =>
    (group === "mixture" && real + made === 1) || name === synthetic || name === originals
  );
  return along(own, ({ training }) => training.real, {
    title: "How many letters of a mixture must be real",
    subtitle:
      `Span F1 on ${outcome.corpus.length} real letters with gold labels; as many letters in each mixture.`,
    x: "share of original letters",
  });
}

function along(
  results: readonly TrainingResult[],
  xOf: (result: TrainingResult) => number,
  text: { readonly title: string; readonly subtitle: string; readonly x: string },
): Figure {
  const points = results.map((result) => ({ x: xOf(result), name: result.training.name, f1: result.gold.f1 }))
    .sort((a, b) => a.x - b.x);
  const spec: TopLevelSpec = curves(
    points.map(({ x, f1 }) => ({ metric: "Span F1", series: "encoder-clinical, random", x, ...f1 })),
    { ...text, width: "column" },
  );
  const data: Table = {
    columns: [
      { name: "x", title: text.x, kind: "number" },
      { name: "training", kind: "text" },
      { name: "f1", kind: "interval", digits: 3 },
    ],
    rows: points.map(({ x, name, f1 }) => ({ x, training: name, f1 })),
  };
  return { spec, data };
}
