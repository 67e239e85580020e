/** A cell's output as HTML. @module */

import { stripVTControlCharacters } from "node:util";
import { renderMarkdown } from "./markdown.ts";
import type { MimeBundle, Output } from "./notebook.ts";
import { escapeHtml, scriptJson } from "../escape_html.ts";
import { plotlyMime } from "../report/plotly.ts";
import { parseVegaLite, vegaLiteSvg } from "../report/vega_lite.ts";

const vegaLiteMime = /^application\/vnd\.vegalite\.v\d+\+json$/;
const bitmapMime = /^image\/(png|jpeg|gif|webp)$/;

/**
 * One output of a cell as HTML. Of a display the best form is taken: a Plotly figure as data that the page's own
 * script draws, an SVG, a Vega-Lite specification as a still, HTML, a bitmap, Markdown, JSON, plain text.
 * HTML is put in as the cell wrote it; that no script in it runs is the page's policy, see {@linkcode notebookPage}.
 *
 * @param id unique in the page; ids inside an SVG are put behind it, since two figures may use the same
 *
 * @example
 * ```ts
 * import { outputHtml } from "./output_html.ts";
 * import { equal } from "node:assert/strict";
 * const html = await outputHtml({ output_type: "stream", name: "stdout", text: "1 < 2\n" }, "a-1");
 * equal(html, '<div class="output stdout"><pre>1 &lt; 2</pre></div>');
 * ```
 */
export async function outputHtml(output: Output, id: string): Promise<string> {
  if (output.output_type === "stream") return block(lastStates(output.text), output.name);
  if (output.output_type === "display_data" || output.output_type === "execute_result") {
    return await display(output.data, id);
  }
  return block(output.traceback.join("\n") || `${output.ename}: ${output.evalue}`, "error");
}

async function display(data: MimeBundle, id: string): Promise<string> {
  const find = (mime: RegExp) => Object.keys(data).find((name) => mime.test(name));
  const text = (mime: string) => String(data[mime] ?? "");
  if (plotlyMime in data) {
    return `<div class="output plotly-figure"><script type="application/json">${
      scriptJson(data[plotlyMime])
    }</script></div>`;
  }
  if (text("text/html").startsWith("<svg")) return figure(inlineSvg(text("text/html"), id));
  if ("image/svg+xml" in data) return figure(inlineSvg(text("image/svg+xml"), id));
  const vegaLite = find(vegaLiteMime);
  if (vegaLite) return figure(inlineSvg(await vegaLiteSvg(parseVegaLite(data[vegaLite])), id));
  if ("text/html" in data) return `<div class="output">${text("text/html")}</div>`;
  const bitmap = find(bitmapMime);
  if (bitmap) {
    const source = `data:${bitmap};base64,${text(bitmap).replaceAll(/\s/g, "")}`;
    return figure(`<img src="${escapeHtml(source)}" alt="${escapeHtml(text("text/plain"))}">`);
  }
  if ("text/markdown" in data) return `<div class="output">${renderMarkdown(text("text/markdown"))}</div>`;
  if ("application/json" in data) return block(JSON.stringify(data["application/json"], null, 2));
  return "text/plain" in data ? block(text("text/plain")) : "";
}

function block(text: string, kind = "result"): string {
  return `<div class="output ${kind}"><pre>${
    escapeHtml(stripVTControlCharacters(text).trimEnd())
  }</pre></div>`;
}

function figure(html: string): string {
  return `<div class="output figure">${html}</div>`;
}

/** A line that a carriage return wrote over shows its last state only, as on a terminal. */
function lastStates(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(/[^\n\r]*\r/g, "");
}

function inlineSvg(svg: string, id: string): string {
  return svg
    .slice(svg.indexOf("<svg"))
    .replaceAll(/\bid="([^"]*)"/g, `id="${id}-$1"`)
    .replaceAll(/\burl\((["']?)#/g, `url($1#${id}-`)
    .replaceAll(/\bhref="#/g, `href="#${id}-`);
}
