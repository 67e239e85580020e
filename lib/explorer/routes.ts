/** All that the page asks of the server. @module */

import { z } from "zod";
import config from "../../deno.json" with { type: "json" };
import { errorsRoutes } from "./errors/routes.ts";
import { lettersRoutes } from "./letters/routes.ts";
import { resultsRoutes } from "./results/routes.ts";
import { reviewRoutes } from "./review/routes.ts";
import { route, type Routes } from "./route.ts";

/** The routes of every view; a view adds its own here. */
export const routes: Routes = {
  "api/start": route(z.object({}), (_, { results, letters, review }) =>
    Promise.resolve({
      version: config.version,
      experiments: results.entries.map(({ id, question, leftOut }) => ({ id, question, leftOut })),
      corpora: letters.corpora.map(({ name }) => name),
      review: review !== undefined,
    })),
  ...resultsRoutes,
  ...lettersRoutes,
  ...errorsRoutes,
  ...reviewRoutes,
};
