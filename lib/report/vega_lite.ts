/** Vega-Lite figures as SVG. @module */

import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { textWidth } from "./fonts.ts";
import { vegaLiteTheme } from "./theme.ts";

/** What Vega exports but its types leave out. */
interface Untyped {
  readonly textMetrics: { width(item: TextItem, text?: unknown): number };
  randomLCG(seed: number): () => number;
  setRandom(random: () => number): void;
}

/** A text mark, as far as its width depends on it. */
interface TextItem {
  readonly text?: unknown;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

const { textMetrics, randomLCG, setRandom } = untyped(vega);

// Vega guesses widths where it has no canvas; with the figures' own font, labels are placed where they are drawn.
textMetrics.width = (item, text) => {
  const line = text ?? item.text;
  const bold = item.fontWeight === "bold" || Number(item.fontWeight) >= 600;
  return line == null ? 0 : textWidth(String(line).trim(), item.fontSize ?? 11, bold ? "bold" : "regular");
};

/** Renders one after another: the random numbers of a figure are Vega's only, and all its views share them. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * A Vega-Lite figure as a self-contained SVG in the project's theme. The same specification gives the same bytes.
 * The data must be in the specification: nothing is fetched.
 *
 * @param spec values in its `config` go before the theme's
 * @throws {Error} when the specification is refused by Vega-Lite or asks for data by URL
 *
 * @example
 * ```ts
 * import { vegaLiteSvg } from "./vega_lite.ts";
 * import { match } from "node:assert/strict";
 * const svg = await vegaLiteSvg({
 *   data: { values: [{ model: "a", f1: 0.8 }] },
 *   mark: "bar",
 *   encoding: { x: { field: "f1", type: "quantitative" }, y: { field: "model" } },
 * });
 * match(svg, /^<svg /);
 * ```
 */
export async function vegaLiteSvg(spec: TopLevelSpec): Promise<string> {
  const rendered = queue.then(() => render(spec));
  queue = rendered.catch(() => {}); // reported to whoever asked for that figure
  return await rendered;
}

/**
 * A value as a Vega-Lite specification.
 *
 * @throws {Error} when it is none
 *
 * @example
 * ```ts
 * import { parseVegaLite } from "./vega_lite.ts";
 * import { throws } from "node:assert/strict";
 * throws(() => parseVegaLite({ data: [] }), /no Vega-Lite specification/);
 * ```
 */
export function parseVegaLite(value: unknown): TopLevelSpec {
  if (!isSpec(value)) {
    throw new Error("no Vega-Lite specification: it has no mark, layer, facet, repeat or concat.");
  }
  return value;
}

/** Vega-Lite itself checks the rest when it compiles. */
function isSpec(value: unknown): value is TopLevelSpec {
  const kinds = ["mark", "layer", "facet", "repeat", "concat", "hconcat", "vconcat"];
  return typeof value === "object" && value !== null && kinds.some((kind) => kind in value);
}

/**
 * A Vega-Lite figure in the project's theme as a Vega specification, for a page that draws it itself.
 *
 * @throws {Error} when the specification is refused by Vega-Lite
 *
 * @example
 * ```ts
 * import { compiledVega } from "./vega_lite.ts";
 * import { ok } from "node:assert/strict";
 * ok(compiledVega({ data: { values: [{ n: 1 }] }, mark: "bar", encoding: { x: { field: "n" } } }).marks);
 * ```
 */
export function compiledVega(spec: TopLevelSpec, logger?: vega.LoggerInterface): vega.Spec {
  const config = { ...vegaLiteTheme, ...spec.config };
  return compile({ ...spec, config }, logger ? { logger } : {}).spec;
}

async function render(spec: TopLevelSpec): Promise<string> {
  const warnings: string[] = [];
  const logger = vega.logger(
    vega.Warn,
    "error",
    (_method, _level, args) => void warnings.push(args.join(" ")),
  );
  const compiled = compiledVega(spec, logger);
  setRandom(randomLCG(42));
  const loader = vega.loader();
  loader.load = (url) =>
    Promise.reject(new Error(`figure data by URL (${url}): put the data into the specification.`));
  const view = new vega.View(vega.parse(compiled), { renderer: "none", loader, logger });
  try {
    const svg = await view.toSVG();
    if (warnings.length > 0) throw new Error(`Vega-Lite: ${warnings[0]}`);
    return svg;
  } finally {
    view.finalize();
  }
}

function untyped(module: object): Untyped {
  if (!isUntyped(module)) {
    throw new Error("this version of vega exports no textMetrics, randomLCG and setRandom.");
  }
  return module;
}

function isUntyped(module: object): module is Untyped {
  return "textMetrics" in module && "randomLCG" in module && "setRandom" in module;
}
