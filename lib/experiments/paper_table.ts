/** An experiment's table as a paper prints it. @module */

import type { Level } from "../experiment/experiment.ts";
import { metricsOf } from "../experiment/letter_values.ts";
import type { Mean } from "../experiment/means.ts";
import { metricNamed } from "../metrics/registry.ts";
import { type Column, estimate, type Row, type Table, type TableValue } from "../report/table.ts";
import type { Results } from "./results.ts";

/** How the table is set. */
export interface PaperTableOptions {
  /** The level of the compared factor that all others are marked against; left out: no marks. */
  readonly baseline?: Level;
  /** Behind each mean: its interval, or the standard deviation over letters. Default: the interval. */
  readonly spread?: "interval" | "sd";
  /** Which metrics, in their order; left out: all. */
  readonly metrics?: readonly string[];
}

/**
 * A row a level of the compared factor and a column a metric: means over letters, the best of each column bold, levels that
 * differ from the baseline marked, and below it what the marks mean, how many letters there were, and with what each metric was
 * computed.
 *
 * @throws {Error} when the baseline is no level of the compared factor, or a metric was not computed
 *
 * @example
 * ```ts
 * import { runExperiment } from "../experiment/run.ts";
 * import { tiny, tinyCorpus as corpus } from "../experiment/tiny_experiment.ts";
 * import { toMarkdown } from "../report/markdown.ts";
 * import { paperTable } from "./paper_table.ts";
 * import { resultsOf } from "./results.ts";
 * import { match } from "node:assert/strict";
 * const outcome = await runExperiment(tiny, { corpus, runs: await Deno.makeTempDir(), workers: 1 });
 * const table = paperTable(resultsOf(outcome), { baseline: "trigram", spread: "sd" });
 * match(toMarkdown(table), /\| trigram \| .* ± /);
 * ```
 */
export function paperTable(
  results: Pick<Results, "outcome" | "overall" | "comparisons">,
  options: PaperTableOptions = {},
): Table {
  const { outcome, overall, comparisons } = results;
  const { baseline, spread = "interval" } = options;
  const factor = outcome.experiment.compare;
  const levels = outcome.factors[factor] ?? [];
  if (baseline !== undefined && !levels.includes(baseline)) {
    throw new Error(`baseline "${baseline}": no level of ${factor}. There are ${levels.join(", ")}.`);
  }
  const signatures = new Map(metricsOf(outcome.cells).map(({ metric, signature }) => [metric, signature]));
  const metrics = options.metrics ?? [...signatures.keys()];
  const unknown = metrics.find((metric) => !signatures.has(metric));
  if (unknown !== undefined) throw new Error(`${unknown}: was not computed. Score it, or leave it out.`);

  const markOf = (metric: string, level: Level) => {
    const test = comparisons.find(({ metric: of, a, b }) =>
      of === metric && ((a === level && b === baseline) || (b === level && a === baseline))
    );
    return test !== undefined && test.adjustedP < 0.05 ? { mark: "*" } : {};
  };
  const cellOf = (mean: Mean, level: Level): TableValue => ({
    ...spread === "sd" ? { value: mean.mean, sd: mean.sd } : estimate(mean),
    ...markOf(mean.metric, level),
  });
  const behind = spread === "sd" ? "± standard deviation over letters" : "with 95% bootstrap intervals (BCa)";
  return {
    caption: `Means over ${outcome.corpus.length} letters ${behind}.`,
    columns: [
      { name: factor, kind: "text" },
      ...metrics.map((name): Column => {
        const { title, higherIsBetter } = metricNamed(name);
        const best = higherIsBetter === undefined
          ? {}
          : { best: higherIsBetter ? "highest" : "lowest" } as const;
        return { name, title, kind: spread === "sd" ? "spread" : "interval", digits: 3, ...best };
      }),
    ],
    rows: levels.map((level): Row => ({
      [factor]: String(level),
      ...Object.fromEntries(
        overall.filter(({ metric, condition }) => metrics.includes(metric) && condition[factor] === level)
          .map((mean) => [mean.metric, cellOf(mean, level)]),
      ),
    })),
    notes: [
      ...baseline === undefined ? [] : [
        `* differs from ${baseline}: paired permutation test over letters, p < 0.05 after Holm's adjustment over all ` +
        "pairs and metrics.",
      ],
      ...metrics.map((metric) => signatures.get(metric) ?? metric),
    ],
  };
}
