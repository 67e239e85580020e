/** What every step of an experiment works with. @module */

import type { ModelOptions } from "../../checkpoint/find_model.ts";
import type { adaptedModels } from "../adapted_models.ts";
import type { Store } from "../store.ts";
import type { StepName } from "./step_code.ts";

/** What every step works with. */
export interface StepContext {
  /** Where its results are kept. */
  readonly store: Store;
  /** Folder of models and threads of each. */
  readonly options: ModelOptions;
  /** Models that steps make of others. */
  readonly adapted: ReturnType<typeof adaptedModels>;
  /** The fingerprint of a model, which the cell is then known to depend on. */
  hashOf(model: string): Promise<string>;
  /** The version of a step's code, which the cell is then known to depend on. */
  codeOf(step: StepName): Promise<string>;
  /** Puts a sentence beside the cell's results. */
  note(sentence: string): void;
}
