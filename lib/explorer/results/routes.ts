/** What the results view asks of the server. @module */

import { z } from "zod";
import { readerTable } from "../../report/cell_text.ts";
import { toCsv } from "../../report/csv.ts";
import { toLatex } from "../../report/latex.ts";
import { toMarkdown } from "../../report/markdown.ts";
import type { Table } from "../../report/table.ts";
import { recent } from "../recent.ts";
import { Download, route, type Routes } from "../route.ts";
import { cellsSchema, cellsTable } from "./cells_table.ts";
import { compareRuns, runSchema } from "./compare_runs.ts";
import { figureOf } from "./figure.ts";
import type { DrawnFigure } from "./drawn_figure.ts";
import { type FigureQuery, figureSchema } from "./figure_query.ts";
import { brushed, brushSchema, coloured } from "./interactive.ts";
import type { OpenResults } from "./open_results.ts";

const comparisonSchema = z.object({ a: runSchema, b: runSchema, metric: z.string().optional() });

const tableSchema = z.discriminatedUnion("of", [
  z.object({ of: z.literal("cells"), query: cellsSchema }),
  z.object({ of: z.literal("comparison"), query: comparisonSchema }),
  z.object({ of: z.literal("figure"), query: figureSchema }),
]);

const drawnSchema = z.object({
  figure: figureSchema,
  theme: z.enum(["light", "dark"]).default("light"),
  brush: brushSchema.optional(),
});

/** Figures that were drawn last: in another theme, with another brush, or to be saved they are the same. */
const figures = new WeakMap<OpenResults, ReturnType<typeof recent<DrawnFigure>>>();

const FIGURES_KEPT = 20;

function drawn(results: OpenResults, figure: FigureQuery): Promise<DrawnFigure> {
  const kept = figures.get(results) ?? recent<DrawnFigure>(FIGURES_KEPT);
  figures.set(results, kept);
  return kept(JSON.stringify(figure), () => figureOf(results, figure));
}

/** The routes of the results view. */
export const resultsRoutes: Routes = {
  "api/experiment": route(z.object({ experiment: z.string() }), async ({ experiment }, { results }) => {
    const { database: _, ...data } = await results.data(experiment);
    const question = results.entries.find(({ id }) => id === experiment)?.question;
    return { ...data, question };
  }),

  "api/cells": route(cellsSchema, async (query, { results }) => {
    const { table, conditions, total } = await cellsTable(await results.data(query.experiment), query);
    return { ...shown(table), conditions, total };
  }),

  "api/compare": route(comparisonSchema, async ({ a, b, metric }, { results }) => {
    const { table, letters, metric: focus } = await compareRuns(results, a, b, metric);
    const byDifference = letters.toSorted((left, right) =>
      Math.abs(right.a - right.b) - Math.abs(left.a - left.b)
    );
    return { ...shown(table), metric: focus, letters: byDifference.slice(0, 200), total: letters.length };
  }),

  "api/figure": route(drawnSchema, async ({ figure, theme, brush }, { results }) => {
    const { spec, marks, notes, data } = await drawn(results, figure);
    const { compiledVega } = await import("../../report/vega_lite.ts"); // Vega takes half a second: once the page is there
    const brushable = figure.kind === "pareto" || figure.kind === "pair";
    const vega = compiledVega(brushable ? brushed(spec, brush) : spec);
    return { vega: coloured(vega, theme), marks, notes, caption: data.caption ?? "" };
  }),

  "export/figure": route(
    z.object({ figure: figureSchema, as: z.enum(["svg", "pdf", "png"]) }),
    async ({ figure, as }, { results }) => {
      const { spec } = await drawn(results, figure);
      const { vegaLiteSvg } = await import("../../report/vega_lite.ts");
      const svg = await vegaLiteSvg(spec);
      const name = `figure-${figure.kind}.${as}`;
      if (as === "svg") {
        const { withWebFont } = await import("../../report/web_font.ts");
        return new Download(name, "image/svg+xml; charset=utf-8", `${withWebFont(svg)}\n`);
      }
      if (as === "pdf") {
        const { svgPdf } = await import("../../report/pdf.ts");
        return new Download(name, "application/pdf", await svgPdf(svg));
      }
      const { svgPng } = await import("../../report/png.ts");
      return new Download(name, "image/png", Uint8Array.from(await svgPng(svg)));
    },
  ),

  "export/table": route(
    z.object({ table: tableSchema, as: z.enum(["csv", "tex", "md"]) }),
    async ({ table: { of, query }, as }, { results }) => {
      const table = of === "cells"
        ? (await cellsTable(await results.data(query.experiment), query)).table
        : of === "comparison"
        ? (await compareRuns(results, query.a, query.b, query.metric)).table
        : (await drawn(results, query)).data;
      const name = `${of}.${as}`;
      if (as === "csv") return new Download(name, "text/csv; charset=utf-8", toCsv(table));
      return as === "tex"
        ? new Download(name, "application/x-tex; charset=utf-8", toLatex(table, of))
        : new Download(name, "text/markdown; charset=utf-8", toMarkdown(table));
    },
  ),
};

/** A table as the page shows it: texts, rounded as everywhere. */
function shown(table: Table) {
  const { heads, rows } = readerTable(table);
  return {
    caption: table.caption ?? "",
    columns: table.columns.map(({ name }, i) => ({ name, ...heads[i] })),
    rows,
  };
}
