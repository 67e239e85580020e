/** Training curves here and in PyTorch. @module */

import type { TopLevelSpec } from "vega-lite";
import type { FamilyParity } from "../../parity/parity.ts";
import { relative } from "../../parity/training_parity.ts";
import type { Table } from "../../report/table.ts";
import { ink, palette } from "../../report/theme.ts";
import type { Figure } from "../results.ts";

const [ours, torch] = [palette[0], palette[1]];
/** What the curves are held to. */
const BOUND = 1e-3;
/** Equal losses have no place on a logarithmic axis: they stand at its foot. */
const FOOT = 1e-8;

/**
 * Above, a family's losses: PyTorch's as a wide pale line, ours thin and dark on it. Below, on a logarithmic axis, how far
 * the two are apart at each step, for all families, the family above in colour.
 *
 * @param shown the family whose losses are drawn
 * @throws {Error} when it is not among those measured
 *
 * @example
 * ```ts
 * import { curveFigure } from "./curve_figure.ts";
 * import { deepEqual } from "node:assert/strict";
 * const measures = { configurations: 1, logits: 0, states: 0, loss: 0, gradients: 0, compared: 1 };
 * const curve = [1, 2].map((step) => ({ step, loss: 4 / step, torchLoss: 4 / step, norm: 1, torchNorm: 1 }));
 * const bert = { family: "BERT", madeWith: { torch: "2.13.0", transformers: "5.23.0" }, ...measures, curve };
 * deepEqual(curveFigure([bert], "BERT").data.rows[1], { family: "BERT", step: 2, loss: 2, pytorch: 2, apart: 0 });
 * ```
 */
export function curveFigure(found: readonly FamilyParity[], shown: string): Figure {
  const data = curveTable(found);
  const values = data.rows.map(({ family, step, loss, pytorch, apart }) => ({
    ...{ family, step, loss, pytorch },
    drawn: Math.max(Number(apart), FOOT),
  }));
  const drawn = values.filter(({ family }) => family === shown);
  if (drawn.length === 0) {
    throw new Error(`no curve of ${shown}. There are ${found.map(({ family }) => family).join(", ")}.`);
  }
  const furthest = values.reduce((most, one) => one.drawn > most.drawn ? one : most);
  const steps = Math.max(...values.map(({ step }) => Number(step)));
  const x = {
    field: "step",
    type: "quantitative" as const,
    title: "step",
    scale: { domain: [1, steps], nice: false },
  };
  const foot = { test: `datum.value <= ${FOOT}`, value: "equal" };
  const spec: TopLevelSpec = {
    title: {
      text: "Fifty steps of training, here and in PyTorch",
      subtitle: [
        `Same weights, same batches, AdamW with warm-up and clipping. Above: the losses of ${shown}.`,
        `Below: how far the losses of all families are apart; ${shown} is blue.`,
      ],
    },
    vconcat: [
      {
        ...{ width: 460, height: 190, data: { values: drawn } },
        layer: [
          {
            mark: { type: "line", strokeWidth: 7, opacity: 0.35, color: torch, strokeCap: "round" },
            encoding: { x: { ...x, axis: { labels: false, title: null } }, y: loss("pytorch") },
          },
          {
            mark: { type: "line", strokeWidth: 1.6, color: ours },
            encoding: { x: { ...x, axis: { labels: false, title: null } }, y: loss("loss") },
          },
          ...key([{ text: "PyTorch", colour: torch, y: 14 }, { text: "here", colour: ours, y: 30 }]),
        ],
      },
      {
        ...{ width: 460, height: 150, data: { values } },
        layer: [
          {
            mark: { type: "point", size: 14, color: ink.axis, opacity: 0.5 },
            transform: [{ filter: `datum.family !== ${JSON.stringify(shown)}` }],
            encoding: { x, y: apart(foot) },
          },
          {
            mark: { type: "point", size: 26, color: ours, opacity: 1 },
            transform: [{ filter: `datum.family === ${JSON.stringify(shown)}` }],
            encoding: { x, y: apart(foot) },
          },
          {
            data: { values: [furthest] },
            mark: { type: "text", align: "right", baseline: "bottom", dx: -4, dy: -3, color: ink.text },
            encoding: { x, y: apart(foot), text: { field: "family" } },
          },
          {
            data: { values: [{ bound: BOUND, text: "what is asked for: 1e-3" }] },
            layer: [
              {
                mark: { type: "rule", color: ink.soft, strokeDash: [4, 3] },
                encoding: { y: { field: "bound", type: "quantitative" } },
              },
              {
                mark: { type: "text", align: "right", baseline: "bottom", dy: -3, color: ink.soft },
                encoding: {
                  x: { value: 460 },
                  y: { field: "bound", type: "quantitative" },
                  text: { field: "text" },
                },
              },
            ],
          },
        ],
      },
    ],
    spacing: 14,
  };
  return { spec, data };
}

/** A row a family and step. */
export function curveTable(found: readonly FamilyParity[]): Table {
  return {
    columns: [
      { name: "family", kind: "text" },
      { name: "step", kind: "integer" },
      { name: "loss", kind: "number" },
      { name: "pytorch", kind: "number" },
      { name: "apart", kind: "number", scientific: true },
    ],
    rows: found.flatMap(({ family, curve }) =>
      curve.map(({ step, loss, torchLoss }) => ({
        ...{ family, step, loss, pytorch: torchLoss },
        apart: relative(loss, torchLoss),
      }))
    ),
  };
}

function loss(field: string) {
  return { field, type: "quantitative" as const, title: "loss, nats", scale: { zero: false } };
}

function apart(equal: { readonly test: string; readonly value: string }) {
  return {
    field: "drawn",
    type: "quantitative" as const,
    title: "relative difference",
    scale: { type: "log" as const, domain: [FOOT, 1e-2] },
    axis: {
      values: [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2],
      labelExpr: `${equal.test} ? '${equal.value}' : format(datum.value, '.0e')`,
    },
  };
}

/** Names beside short lines of their colour, at the right end. */
function key(entries: readonly { readonly text: string; readonly colour: string; readonly y: number }[]) {
  return entries.map(({ text, colour, y }) => ({
    data: { values: [{ text }] },
    mark: { type: "text" as const, align: "right" as const, fontWeight: 600 as const, color: colour },
    encoding: { x: { value: 460 }, y: { value: y }, text: { field: "text" } },
  }));
}
