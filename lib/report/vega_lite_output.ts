/** Vega-Lite figures in notebooks. @module */

import type { TopLevelSpec } from "vega-lite";
import { type Displayable, displayable } from "./display.ts";
import { vegaLiteSvg } from "./vega_lite.ts";

/**
 * A Vega-Lite figure as a cell's value: as an inline SVG, which every viewer and exporter shows (some drop the mime type
 * of SVG, so it goes as HTML), and as the specification, so that the figure can be changed from the notebook.
 *
 * @example
 * ```ts
 * import { vegaLiteOutput } from "./vega_lite_output.ts";
 * import { jupyterDisplay } from "./display.ts";
 * import { deepEqual } from "node:assert/strict";
 * const output = await vegaLiteOutput({ data: { values: [{ n: 1 }] }, mark: "bar", encoding: { x: { field: "n" } } });
 * deepEqual(Object.keys(output[jupyterDisplay]()), ["application/vnd.vegalite.v6+json", "text/html", "text/plain"]);
 * ```
 */
export async function vegaLiteOutput(spec: TopLevelSpec): Promise<Displayable> {
  const svg = await vegaLiteSvg(spec);
  return displayable({
    "application/vnd.vegalite.v6+json": spec,
    "text/html": svg,
    "text/plain": "figure (Vega-Lite)",
  });
}
