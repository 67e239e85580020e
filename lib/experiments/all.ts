/** Every experiment of the project. @module */

import type { Experiment, Factors } from "../experiment/experiment.ts";
import { type Outcome, runExperiment, type RunOptions } from "../experiment/run.ts";
import { type CellPlan, statesOf } from "../experiment/states.ts";
import { type Stored, storedOf } from "../experiment/stored.ts";
import { maskingAblations, maskingClasses } from "./masking_ablations.ts";
import { metricsExperiment } from "./metrics/metrics.ts";
import { modelComparison } from "./model_comparison.ts";
import { preservation } from "./preservation.ts";

/** An experiment, whatever its factors are. */
export interface AnyExperiment {
  readonly name: string;
  readonly question: string;
  /** The notebook it is part of, by its name. */
  readonly notebook: string;
  /** As `runExperiment()`. */
  run(options: RunOptions): Promise<Outcome>;
  /** As `statesOf()`. */
  states(options: RunOptions): Promise<readonly CellPlan[]>;
  /** As `storedOf()`. */
  stored(options: RunOptions): Promise<Stored>;
}

function any<F extends Factors>(experiment: Experiment<F>, notebook = experiment.name): AnyExperiment {
  return {
    name: experiment.name,
    question: experiment.question,
    notebook,
    run: (options) => runExperiment(experiment, options),
    states: (options) => statesOf(experiment, options),
    stored: (options) => storedOf(experiment, options),
  };
}

/** The experiments, in the order of their notebooks. */
export const experiments: readonly AnyExperiment[] = [
  any(modelComparison),
  any(maskingAblations),
  any(maskingClasses, maskingAblations.name),
  any(preservation),
  any(metricsExperiment),
];
