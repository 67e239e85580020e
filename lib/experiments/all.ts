/** Every experiment of the project. @module */

import type { Experiment, Factors, Level } from "../experiment/experiment.ts";
import {
  dataConstrained,
  dataConstrainedAmount,
  dataConstrainedParts,
  dataConstrainedPrivacy,
  dataConstrainedSize,
} from "./data_constrained.ts";
import { type Outcome, runExperiment, type RunOptions } from "../experiment/run.ts";
import { type CellPlan, statesOf } from "../experiment/states.ts";
import { type Stored, storedOf } from "../experiment/stored.ts";
import { type WrittenLetters, writtenLetters } from "../experiment/written_letters.ts";
import { identifyingData } from "./identifying_data/identifying_data.ts";
import { clinicalValidity } from "./clinical_validity.ts";
import { downstreamNer } from "./downstream_ner/downstream_ner.ts";
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
  /** Parameters of the notebook that make another experiment of it, with models of one's own: that one runs in the notebook alone. */
  readonly unless: readonly string[];
  /** As `runExperiment()`. */
  run(options: RunOptions): Promise<Outcome>;
  /** As `statesOf()`. */
  states(options: RunOptions): Promise<readonly CellPlan[]>;
  /** As `storedOf()`. */
  stored(options: RunOptions): Promise<Stored>;
  /** As `writtenLetters()`. */
  written(cell: Readonly<Record<string, Level>>, options: RunOptions): Promise<WrittenLetters | undefined>;
}

function any<F extends Factors>(
  experiment: Experiment<F>,
  notebook = experiment.name,
  unless: readonly string[] = [],
): AnyExperiment {
  return {
    name: experiment.name,
    question: experiment.question,
    ...{ notebook, unless },
    run: (options) => runExperiment(experiment, options),
    states: (options) => statesOf(experiment, options),
    stored: (options) => storedOf(experiment, options),
    written: (cell, options) => writtenLetters(experiment, cell, options),
  };
}

const OWN_MODELS = ["decoder", "encoder"];

/** The experiments, in the order of their notebooks. */
export const experiments: readonly AnyExperiment[] = [
  any(modelComparison),
  any(maskingAblations),
  any(maskingClasses, maskingAblations.name),
  any(preservation),
  any(metricsExperiment),
  any(downstreamNer),
  any(clinicalValidity),
  any(identifyingData),
  any(dataConstrained, dataConstrained.name, OWN_MODELS),
  any(dataConstrainedParts, dataConstrainedParts.name, OWN_MODELS),
  any(dataConstrainedSize, dataConstrainedSize.name, OWN_MODELS),
  any(dataConstrainedAmount, dataConstrainedSize.name, OWN_MODELS),
  any(dataConstrainedPrivacy, dataConstrainedPrivacy.name, OWN_MODELS),
];
