/** Pairs of letters to be pointed at. @module */

import type { Letter } from "../../corpus/letter.ts";
import type { CellResult } from "../../experiment/run.ts";
import { metricNamed } from "../../metrics/registry.ts";
import { escapeHtml } from "../../escape_html.ts";
import type { PlotlyFigure } from "../../report/plotly.ts";
import { palette } from "../../report/theme.ts";
import type { Results } from "../results.ts";
import { amountOf, similarityMetrics } from "./metrics.ts";
import type { Amount } from "./perturb/change.ts";
import { changesOf, isPerturbation } from "./perturb/perturbed.ts";

/** Which pairs are shown. */
export interface PairsOptions {
  /** The metric along the x axis, … */
  readonly x: string;
  /** … and along the y axis. */
  readonly y: string;
  /** Letters changed at so many percent of the places; left out: at one place. */
  readonly percent?: number;
}

/** The least loss that is shown, where losses are on a logarithmic scale: that of letters that lose nothing too. */
const LEAST = 1e-4;

/** Characters of the letter before and behind its first change. */
const AROUND = 45;

/**
 * A point a changed letter of the first seed, by two metrics (of one changed word, by what they lose for it): pointed at, it says which letter it is, what was changed (the first
 * place, with the words around it), and what every metric that compares with the original gives it.
 *
 * @throws {Error} when no letter was changed that much
 *
 * @example
 * ```ts ignore
 * plotlyOutput(pairsFigure(results, { x: "rougeL", y: "bertscore" }));
 * ```
 */
export function pairsFigure(
  { outcome }: Pick<Results, "outcome">,
  { x, y, percent = 0 }: PairsOptions,
): PlotlyFigure {
  const { corpus, factors } = outcome;
  const [seed = 0] = factors.seed ?? [];
  const cells = outcome.cells.filter(({ cell }) => cell.percent === percent && cell.seed === seed);
  if (cells.length === 0) {
    throw new Error(
      `pairsFigure(): no letters changed at ${percent}%. There are ${(factors.percent ?? []).join(", ")}.`,
    );
  }
  const single = percent === 0;
  const place = (metric: string, value: number) =>
    single ? Math.max(LEAST, metricNamed(metric).range[1] - value) : value;
  const axis = (metric: string) => ({
    title: { text: `${metricNamed(metric).title}${single ? ", what is lost" : ""}` },
    ...single && { type: "log" as const, dtick: 1, exponentformat: "power" as const },
  });
  const traces = cells.map((one, i) => {
    const edit = String(one.cell.edit);
    const [along, up] = [valuesOf(one, x), valuesOf(one, y)];
    const shown = corpus.map((_, letter) => letter).filter((letter) => !Number.isNaN(along[letter] ?? NaN));
    const hover = (letter: number) =>
      [
        `<b>${corpus[letter]?.id}</b>, ${edit}`,
        ...excerptOf(corpus[letter], edit, amountOf(percent), Number(seed)),
      ]
        .concat(
          similarityMetrics.map((metric) =>
            `${metricNamed(metric).title} ${valuesOf(one, metric)[letter]?.toFixed(4)}`
          ),
        ).join("<br>");
    return {
      type: "scatter" as const,
      mode: "markers" as const,
      name: edit,
      x: shown.map((letter) => place(x, along[letter] ?? NaN)),
      y: shown.map((letter) => place(y, up[letter] ?? NaN)),
      text: shown.map(hover),
      hovertemplate: "%{text}<extra></extra>",
      marker: { size: 7, opacity: 0.75, color: palette[i % palette.length] ?? "" },
    };
  });
  return {
    data: traces,
    layout: {
      height: 520,
      hovermode: "closest",
      legend: { orientation: "h", y: -0.18 },
      xaxis: axis(x),
      yaxis: axis(y),
    },
  };
}

/** The first change with the words around it; none of a letter that a model has filled. */
function excerptOf(letter: Letter | undefined, edit: string, amount: Amount, seed: number): string[] {
  if (!letter || !isPerturbation(edit)) return [];
  const [change] = changesOf(letter, { kind: edit, amount, seed });
  if (!change) return [];
  const { start, end, text: now } = change;
  const { text } = letter;
  const part = (from: number, to: number) =>
    escapeHtml(text.slice(Math.max(0, from), to).replaceAll(/\s+/g, " "));
  return [
    `…${part(start - AROUND, start)}<s>${part(start, end)}</s> <b>${escapeHtml(now)}</b>${
      part(end, end + AROUND)
    }…`,
  ];
}

function valuesOf({ cell, scores }: CellResult, metric: string): Float64Array {
  const found = scores.find((one) => one.metric === metric);
  if (found) return found.values;
  throw new Error(`${metric}: not computed for letters ${cell.edit} (${cell.percent}%). Run and score them.`);
}
