/** Every experiment of the project; each has a notebook of its name. @module */

import type { RunOptions } from "../experiment/run.ts";
import { type Stored, storedOf } from "../experiment/stored.ts";
import { modelComparison } from "./model_comparison.ts";

/** What is stored of an experiment, by its name. */
export const storedByName: Readonly<Record<string, (options: RunOptions) => Promise<Stored>>> = {
  [modelComparison.name]: (options) => storedOf(modelComparison, options),
};
