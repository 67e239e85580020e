/** The figures of clinical validity. @module */

import { means } from "../experiment/means.ts";
import { metricNamed } from "../metrics/registry.ts";
import { intervals } from "../report/figures/intervals.ts";
import { estimate } from "../report/table.ts";
import { meansFigure } from "./means_figure.ts";
import type { Figure, Results } from "./results.ts";
import { meansTable } from "./tables.ts";

const shown = ["entities-made-up", "negations-flipped", "sides-changed", "contradictions"];
const READING = "pseudo-perplexity-every=16-nats";

/**
 * What letters of each kind say otherwise than their originals, with intervals.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(changesFigure(results).spec);
 * ```
 */
export function changesFigure({ outcome, overall }: Pick<Results, "outcome" | "overall">): Figure {
  const drawn = shown.flatMap((name) => overall.filter(({ metric }) => metric === name));
  return meansFigure(drawn, "text", "What letters say that their originals do not", outcome.corpus.length);
}

/**
 * How expected the words of letters of each kind are to an encoder that wrote none of them, a panel a share of masked words. The
 * dashed line is where the originals are.
 *
 * @throws {Error} when there is nothing to draw
 *
 * @example
 * ```ts ignore
 * await vegaLiteOutput(readingFigure(results).spec);
 * ```
 */
export function readingFigure({ outcome }: Pick<Results, "outcome">): Figure {
  const drawn = means(outcome, ["text", "ratio"]).filter(({ metric }) => metric === READING);
  const panel = (ratio: unknown) => `${Math.round(100 * Number(ratio))}% masked`;
  const originals = drawn.filter(({ condition }) => condition.text === "original");
  const rows = drawn.map((mean) => ({
    metric: panel(mean.condition.ratio),
    label: String(mean.condition.text),
    ...estimate(mean),
  }));
  const spec = intervals(rows, {
    title: "How expected the words are",
    subtitle: `${
      metricNamed(READING).title
    }: the logarithm of the perplexity. Means over ${outcome.corpus.length} letters.`,
    reference: Object.fromEntries(originals.map(({ condition, mean }) => [panel(condition.ratio), mean])),
  });
  return { spec, data: meansTable(drawn) };
}
