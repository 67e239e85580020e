/** The figures of the results view. @module */

import { compareRuns } from "./compare_runs.ts";
import { curvesFigure } from "./curves_figure.ts";
import type { DrawnFigure } from "./drawn_figure.ts";
import type { FigureQuery } from "./figure_query.ts";
import { forestFigure } from "./forest_figure.ts";
import { meansFigure } from "./means_figure.ts";
import type { OpenResults } from "./open_results.ts";
import { pairFigure } from "./pair_figure.ts";
import { paretoFigure } from "./pareto_figure.ts";

/**
 * Draws a figure of results with the project's own figures.
 *
 * @throws {Unanswerable} when what is asked for is not there, or there is nothing to draw
 *
 * @example
 * ```ts
 * import { tinyProject } from "../tiny_project.ts";
 * import { figureOf } from "./figure.ts";
 * import { figureSchema } from "./figure_query.ts";
 * import { openResults } from "./open_results.ts";
 * import { equal } from "node:assert/strict";
 * const results = await openResults((await tinyProject(await Deno.makeTempDir())).results);
 * const query = { kind: "means", experiment: "model_comparison", by: ["ratio"], metrics: ["rougeL"] };
 * equal((await figureOf(results, figureSchema.parse(query))).marks.length, 3);
 * await results.close();
 * ```
 */
export async function figureOf(results: OpenResults, query: FigureQuery): Promise<DrawnFigure> {
  if (query.kind === "pair") {
    return pairFigure(query, await compareRuns(results, query.a, query.b, query.metric));
  }
  const data = await results.data(query.experiment);
  const drawn = query.kind === "curves"
    ? await curvesFigure(data, query)
    : query.kind === "means"
    ? await meansFigure(data, query)
    : query.kind === "forest"
    ? await forestFigure(data, query)
    : await paretoFigure(data, query);
  return drawn;
}
