/** A notebook as one page that opens anywhere, without a network. @module */

import plotlyLibrary from "plotly.js-dist-min/plotly.min.js" with { type: "text" };
import { highlight } from "./highlight.ts";
import { renderMarkdown } from "./markdown.ts";
import type { Cell, Notebook } from "./notebook.ts";
import { outputHtml } from "./output_html.ts";
import { pageStyle } from "./page_style.ts";
import { escapeHtml } from "../escape_html.ts";
import { htmlPage } from "../report/html_page.ts";
import { plotlyMime } from "../report/plotly.ts";

/** Draws the figures whose data lie in the page. Plotly's own "toImage" button stays; its cloud buttons do not. */
const drawPlotly = `for (const holder of document.querySelectorAll(".plotly-figure")) {
  const { data, layout, config } = JSON.parse(holder.querySelector("script").textContent);
  Plotly.newPlot(holder, data, { autosize: true, ...layout }, { ...config, responsive: true, displaylogo: false });
}`;

/**
 * A notebook as an HTML page: Markdown as text, code folded away, outputs as figures and tables, in the column of a
 * paper. Everything is in the page; Plotly's library (4.8 MB) only when a figure needs it, and once.
 *
 * A content security policy forbids every request and every script but the page's own two, which it knows by their
 * hashes. So HTML in outputs may come from anywhere: it can show things, but not run or fetch anything.
 *
 * @param title the page's title where the notebook's metadata have none
 *
 * @example
 * ```ts
 * import { notebookPage } from "./html.ts";
 * import { match } from "node:assert/strict";
 * const cell = { cell_type: "markdown" as const, id: "a", metadata: {}, source: "# Masking" };
 * const notebook = { nbformat: 4 as const, nbformat_minor: 5, metadata: {}, cells: [cell] };
 * match(await notebookPage(notebook, "masking"), /<h1>Masking<\/h1>/);
 * ```
 */
export async function notebookPage(notebook: Notebook, title: string): Promise<string> {
  const cells: string[] = [];
  for (const cell of notebook.cells) cells.push(await cellHtml(cell));
  return htmlPage({
    title: notebook.metadata.title ?? title,
    style: pageStyle,
    main: cells.join("\n"),
    scripts: usesPlotly(notebook) ? [plotlyLibrary, drawPlotly] : [],
    images: "data: blob:", // through which Plotly draws
  });
}

async function cellHtml(cell: Cell): Promise<string> {
  if (cell.cell_type === "raw") return `<div class="cell"><pre>${escapeHtml(cell.source)}</pre></div>`;
  if (cell.cell_type === "markdown") {
    return `<div class="cell">${renderMarkdown(cell.source, cell.attachments)}</div>`;
  }
  const outputs: string[] = [];
  for (const [index, output] of cell.outputs.entries()) {
    outputs.push(await outputHtml(output, `${cell.id}-${index}`));
  }
  if (cell.source.trim() === "" && outputs.length === 0) return "";
  const summary = cell.execution_count === null ? "code" : `code [${cell.execution_count}]`;
  const code = `<details class="code"><summary>${summary}</summary><pre><code>${
    highlight(cell.source)
  }</code></pre></details>`;
  return `<div class="cell">${code}${outputs.join("\n")}</div>`;
}

function usesPlotly(notebook: Notebook): boolean {
  return notebook.cells.some((cell) =>
    cell.cell_type === "code" && cell.outputs.some((output) => "data" in output && plotlyMime in output.data)
  );
}
