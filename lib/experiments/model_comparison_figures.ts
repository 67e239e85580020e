/** The figures of the model comparison. @module */

import type { Mean } from "../experiment/means.ts";
import { letterValues } from "../experiment/letter_values.ts";
import { metricNamed } from "../metrics/registry.ts";
import { intervals } from "../report/figures/intervals.ts";
import type { PlotlyFigure } from "../report/plotly.ts";
import { palette } from "../report/theme.ts";
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
 * Each metric along the share of masked words, a line a model.
 */
export function ratiosFigure({ means, outcome }: Results): Figure {
  const drawn = means.filter(({ metric }) => shown.includes(metric));
  const models = (outcome.factors.model ?? []).filter((model) =>
    drawn.some(({ condition }) => condition.model === model)
  );
  const panel = (metric: string) => ({
    title: { text: metricNamed(metric).title, anchor: "start" as const, fontSize: 12.5 },
    width: 190,
    height: 200,
    data: { values: drawn.filter((mean) => mean.metric === metric).map(point) },
    encoding: {
      x: {
        field: "ratio",
        type: "quantitative" as const,
        title: "share masked",
        scale: { zero: false },
        axis: { values: [...outcome.factors.ratio ?? []].map(Number), format: ".0%", grid: false },
      },
      color: {
        field: "model",
        type: "nominal" as const,
        title: null,
        scale: { domain: models.map(String), range: [...palette] },
      },
    },
    layer: [
      {
        mark: { type: "line" as const, point: true },
        encoding: {
          y: { field: "mean", type: "quantitative" as const, title: null, scale: { zero: false } },
        },
      },
      {
        mark: { type: "rule" as const },
        encoding: { y: { field: "low", type: "quantitative" as const }, y2: { field: "high" } },
      },
    ],
  });
  const spec = { hconcat: shown.map(panel), spacing: 18 };
  return { spec, data: meansTable(drawn) };
}

function point({ condition, mean, low, high }: Mean) {
  return { model: String(condition.model), ratio: Number(condition.ratio), mean, low, high };
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
