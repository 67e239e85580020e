/** Scoring as one line of a notebook. @module */

import type { Letter } from "../corpus/letter.ts";
import type { FilledLetter } from "../fill/fill.ts";
import { type JudgeOptions, scoreWithJudge } from "../metrics/judge.ts";
import type { Scores } from "../metrics/metric.ts";
import { metricNamed } from "../metrics/registry.ts";
import { pairsOf } from "../metrics/score_letters.ts";
import { type ScoreSummary, summaryOf } from "../metrics/summary.ts";
import { type Displayable, displayable } from "../report/display.ts";
import { toMarkdown } from "../report/markdown.ts";
import { estimate, type Table } from "../report/table.ts";
import { tableHtml } from "../report/table_html.ts";

/** A metric over a corpus. */
export interface MetricSummary extends Omit<ScoreSummary, "mean" | "low" | "high"> {
  readonly metric: string;
  /** Over the letters that the metric could score; NaN where there are none. */
  readonly mean: number;
  /** Ends of the 95% bootstrap interval (BCa) over these letters; NaN for fewer than two. */
  readonly low: number;
  readonly high: number;
}

/** Scores of a corpus; a notebook shows the summary. */
export interface ScoreTable extends Displayable {
  readonly summary: readonly MetricSummary[];
  /** The values of the letters behind it. */
  readonly scores: readonly Scores[];
}

/**
 * Scores synthetic (or masked) letters against the letters they came from: for each metric its mean over letters with a
 * 95% bootstrap interval, and what it was computed with. BERTScore asks `encoder-general` where no judge is named. Metrics of fills (`copy-rate`) want letters
 * from `fill()`, and `inference-time` from `fill()` with `timed: true`.
 *
 * A letter that a metric cannot score is counted beside the mean, with the reason; a mean of fewer than two letters has no
 * interval, and no place in the table.
 *
 * @throws {Error} for an unknown metric, a candidate without an original, or what a metric lacks
 *
 * @example
 * ```ts
 * import { score } from "./score.ts";
 * import { equal } from "node:assert/strict";
 * const corpus = ["a", "b"].map((id) => ({ id, text: "He was well.", spans: [], meta: {} }));
 * const { summary } = await score(corpus, corpus, ["rougeL"]);
 * equal(summary[0]?.mean, 1);
 * ```
 */
export async function score(
  corpus: readonly Letter[],
  candidates: readonly (Letter | FilledLetter)[],
  metrics: readonly string[],
  options: JudgeOptions = {},
): Promise<ScoreTable> {
  const scores = await scoreWithJudge(pairsOf(corpus, candidates), metrics, options);
  const summary = scores.map((one): MetricSummary => {
    const { mean, low, high, ...rest } = summaryOf(one);
    return { metric: one.metric, mean: mean ?? NaN, low: low ?? NaN, high: high ?? NaN, ...rest };
  });
  const some = summary.some(({ unscored }) => unscored !== undefined);
  const table: Table = {
    caption: "Means over letters with 95% bootstrap intervals.",
    columns: [
      { name: "metric", kind: "text" },
      { name: "mean", kind: "interval", digits: 3 },
      { name: "letters", kind: "integer" },
      ...some ? [{ name: "not scored", kind: "text" } as const] : [],
      { name: "signature", kind: "text" },
    ],
    rows: summary.map(({ metric, mean, low, high, n, unscored, signature }) => ({
      metric: metricNamed(metric).title,
      mean: Number.isNaN(low) ? null : estimate({ mean, low, high }),
      letters: n,
      ...some && { "not scored": reasons(unscored) },
      signature,
    })),
  };
  return {
    ...displayable({ "text/html": tableHtml(table), "text/plain": toMarkdown(table) }),
    summary,
    scores,
  };
}

function reasons(unscored: ScoreSummary["unscored"] = {}): string {
  return Object.entries(unscored).map(([reason, letters]) => `${letters}: ${reason}`).join("; ");
}
