/** Plotly figures in notebooks. @module */

import type { Config, Data, Layout } from "plotly.js-dist-min";
import { createHash } from "node:crypto";
import library from "plotly.js-dist-min/plotly.min.js" with { type: "text" };
import { type Displayable, displayable } from "./display.ts";
import { scriptJson } from "../escape_html.ts";
import { fontFamily, ink, palette } from "./theme.ts";

/** Mime type of a Plotly figure. */
export const plotlyMime = "application/vnd.plotly.v1+json";

/** A Plotly figure. */
export interface PlotlyFigure {
  readonly data: readonly Data[];
  readonly layout?: Partial<Layout>;
  readonly config?: Partial<Config>;
}

const axis = {
  gridcolor: ink.grid,
  linecolor: ink.axis,
  zeroline: false,
  ticks: "outside",
  tickcolor: ink.axis,
};

const theme = {
  colorway: palette,
  font: { family: fontFamily, size: 13, color: ink.text },
  paper_bgcolor: "#ffffff",
  plot_bgcolor: "#ffffff",
  margin: { t: 40, r: 20, b: 60, l: 60 },
  xaxis: axis,
  yaxis: axis,
};

/**
 * Set in the kernels of the project's own runner, whose pages bring Plotly's library along: notebooks that it writes stay
 * small.
 */
export const pagesBringPlotly = "PALIMPSEST_PAGES_BRING_PLOTLY";

/**
 * A Plotly figure as a cell's value, in the project's theme: as Plotly's own mime type for the viewers that know it (VS
 * Code, the notebook pages of this project), and as HTML that draws itself, for JupyterLab. Plotly's library (4.8 MB) is in
 * the HTML of every figure, since a page that is opened later may show any one of them first.
 *
 * @example
 * ```ts
 * import { plotlyOutput } from "./plotly.ts";
 * import { jupyterDisplay } from "./display.ts";
 * import { deepEqual } from "node:assert/strict";
 * const output = plotlyOutput({ data: [{ type: "bar", x: ["a"], y: [1] }] });
 * deepEqual(Object.keys(output[jupyterDisplay]()), ["application/vnd.plotly.v1+json", "text/html", "text/plain"]);
 * ```
 */
export function plotlyOutput({ data, layout = {}, config = {} }: PlotlyFigure): Displayable {
  const figure = { data, layout: { template: { layout: theme }, ...layout }, config };
  // The id depends on the figure alone, so that running a notebook again gives the same file.
  const id = `plotly-${createHash("sha256").update(JSON.stringify(figure)).digest("hex").slice(0, 12)}`;
  const draw = `globalThis.Plotly?.newPlot("${id}", ...((f) => [f.data, f.layout, f.config])(${
    scriptJson(figure)
  }))`;
  // Wherever a loader of modules is around, as in JupyterLab, the library would hand itself to it instead of the page.
  const load = `if (!globalThis.Plotly) (function (define, module, exports) {${
    library.replaceAll("</script", "<\\/script")
  }}).call(globalThis);`;
  const script = Deno.env.has(pagesBringPlotly) ? draw : `${load}\n${draw}`;
  return displayable({
    [plotlyMime]: figure,
    "text/html": `<div id="${id}"></div><script>${script}</script>`,
    "text/plain": "figure (Plotly)",
  });
}
