/** The figures of the model comparison. @module */

import { letterValues } from "../experiment/letter_values.ts";
import { metricNamed } from "../metrics/registry.ts";
import { intervals } from "../report/figures/intervals.ts";
import type { PlotlyFigure } from "../report/plotly.ts";
import { estimate } from "../report/table.ts";
import { ink, palette } from "../report/theme.ts";
import { maskedText } from "./model_comparison.ts";
import type { Figure, Results } from "./results.ts";
import { meansTable } from "./tables.ts";

/** What the figures show; the table has all metrics. */
const shown = ["rougeL", "bertscore", "copy-rate"];

/**
 * The forest plot: each model's mean under each metric with its interval, the masked text as a dashed line.
 *
 * @throws {Error} when the results are not those of the model comparison
 */
export function modelsFigure({ overall, outcome }: Results): Figure {
  const drawn = overall.filter(({ metric }) => shown.includes(metric));
  const masked = drawn.filter(({ condition }) => condition.model === maskedText);
  const models = drawn.filter(({ condition }) => condition.model !== maskedText);
  const rows = models.map((one) => ({
    metric: metricNamed(one.metric).title,
    label: String(one.condition.model),
    ...estimate(one),
  }));
  const ratios = outcome.factors.ratio ?? [];
  const spec = intervals(rows, {
    title: "How well the blanks are filled",
    subtitle: `Means over ${outcome.corpus.length} letters with 95% bootstrap intervals, ` +
      `${
        ratios.map((ratio) => `${100 * Number(ratio)}%`).join(", ")
      } of free words masked. Dashed: the masked text.`,
    reference: Object.fromEntries(masked.map(({ metric, mean }) => [metricNamed(metric).title, mean])),
    digits: 3,
  });
  return { spec, data: meansTable(drawn) };
}

/**
 * Every letter under two models, to be pointed at: a point says which letter it is, its specialty and how it scored.
 *
 * @param x the model whose ROUGE-L is along the x axis
 * @param y and along the y axis
 * @throws {Error} when either was not run
 *
 * @example
 * ```ts
 * import { runExperiment } from "../experiment/run.ts";
 * import { experiment } from "../experiment/experiment.ts";
 * import { lettersFigure } from "./model_comparison_figures.ts";
 * import { deepEqual } from "node:assert/strict";
 * const two = experiment({
 *   ...{ name: "two", question: "Which is better?", compare: "model", claims: [] },
 *   factors: { model: ["a", "b"] },
 *   quick: { letters: 1, factors: {} },
 *   run: ({ corpus: [letter], model }) => Promise.resolve(["rougeL", "bertscore"].map((metric) => ({
 *     ...{ metric, signature: "", ids: [letter?.id ?? ""] },
 *     values: Float64Array.of(model === "a" ? 0.7 : 0.8),
 *   }))),
 * });
 * const corpus = [{ id: "x", text: "He was well.", spans: [], meta: {} }];
 * const outcome = await runExperiment(two, { corpus, runs: await Deno.makeTempDir() });
 * const [, points] = lettersFigure({ outcome }, "a", "b").data;
 * deepEqual(points && "x" in points && points.x, [0.7]);
 * ```
 */
export function lettersFigure({ outcome }: Pick<Results, "outcome">, x: string, y: string): PlotlyFigure {
  const { corpus, cells } = outcome;
  const [along, up] = [x, y].map((model) => ({
    model,
    rougeL: valuesOf(cells, model, "rougeL"),
    bertscore: valuesOf(cells, model, "bertscore"),
  }));
  const ends = [...along?.rougeL ?? [], ...up?.rougeL ?? []];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const hover = corpus.map(({ id, meta }, i) =>
    [`<b>${id}</b>${meta.specialty === undefined ? "" : `, ${meta.specialty}`}`].concat(
      [along, up].map((side) =>
        `${side?.model}: ROUGE-L ${side?.rougeL[i]?.toFixed(3)}, BERTScore ${side?.bertscore[i]?.toFixed(3)}`
      ),
    ).join("<br>")
  );
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        x: [low, high],
        y: [low, high],
        line: { dash: "dot", width: 1, color: ink.axis },
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "markers",
        x: [...along?.rougeL ?? []],
        y: [...up?.rougeL ?? []],
        text: hover,
        hovertemplate: "%{text}<extra></extra>",
        marker: { size: 8, opacity: 0.75, color: palette[0] },
      },
    ],
    layout: {
      height: 480,
      showlegend: false,
      hovermode: "closest",
      xaxis: { title: { text: `ROUGE-L, ${x}` } },
      yaxis: { title: { text: `ROUGE-L, ${y}` }, scaleanchor: "x" },
    },
  };
}

function valuesOf(cells: Results["outcome"]["cells"], model: string, metric: string): Float64Array {
  const letters = letterValues(cells, metric, { model });
  if (letters) return letters.values;
  throw new Error(`${metric} of "${model}" was not computed. Run the comparison with this model.`);
}
