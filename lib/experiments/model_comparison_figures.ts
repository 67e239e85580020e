/** The figures of the model comparison. @module */

import { letterValues } from "../experiment/letter_values.ts";
import { metricNamed } from "../metrics/registry.ts";
import { intervals } from "../report/figures/intervals.ts";
import type { PlotlyFigure } from "../report/plotly.ts";
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
  const rows = models.map(({ condition, metric, mean, low, high }) => ({
    metric: metricNamed(metric).title,
    label: String(condition.model),
    value: mean,
    low: Math.min(low, mean),
    high: Math.max(high, mean),
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
 * Every letter under two models, to be pointed at: a point says which letter it is and how it scored.
 *
 * @param x the model whose ROUGE-L is along the x axis
 * @param y and along the y axis
 * @throws {Error} when either was not run
 */
export function lettersFigure({ outcome }: Results, x: string, y: string): PlotlyFigure {
  const valuesOf = (model: string, metric: string) => {
    const letters = letterValues(outcome.cells, metric, { model });
    if (!letters) throw new Error(`no letters were filled by "${model}". Run it with this model.`);
    return [...letters.values];
  };
  const [xs, ys] = [x, y].map((model) => valuesOf(model, "rougeL"));
  const [xMeaning, yMeaning] = [x, y].map((model) => valuesOf(model, "bertscore"));
  const { corpus } = outcome;
  const specialties = [...new Set(corpus.map(({ meta }) => meta.specialty ?? "other"))].sort();
  const ends = [...xs ?? [], ...ys ?? []];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        x: [low, high],
        y: [low, high],
        line: { dash: "dot", width: 1, color: "#8a8d91" },
        hoverinfo: "skip",
        showlegend: false,
      },
      ...specialties.map((specialty) => {
        const here = corpus.flatMap(({ meta }, i) => (meta.specialty ?? "other") === specialty ? [i] : []);
        return {
          type: "scatter" as const,
          mode: "markers" as const,
          name: specialty,
          x: here.map((i) => xs?.[i] ?? NaN),
          y: here.map((i) => ys?.[i] ?? NaN),
          text: here.map((i) =>
            `<b>${corpus[i]?.id}</b>, ${specialty}<br>` +
            `${x}: ROUGE-L ${xs?.[i]?.toFixed(3)}, BERTScore ${xMeaning?.[i]?.toFixed(3)}<br>` +
            `${y}: ROUGE-L ${ys?.[i]?.toFixed(3)}, BERTScore ${yMeaning?.[i]?.toFixed(3)}`
          ),
          hovertemplate: "%{text}<extra></extra>",
          marker: { size: 8, opacity: 0.8 },
        };
      }),
    ],
    layout: {
      height: 480,
      xaxis: { title: { text: `ROUGE-L, ${x}` } },
      yaxis: { title: { text: `ROUGE-L, ${y}` } },
      hovermode: "closest",
    },
  };
}
