/** The steps that experiments are made of, with a memory. @module */

import type { ModelOptions } from "../checkpoint/find_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { unfilled } from "../fill/fill.ts";
import { modelHash } from "../fill/models.ts";
import type { MaskedLetter } from "../mask/mask.ts";
import { ENCODINGS } from "../metrics/bertscore/remembering_encoder.ts";
import { project } from "../project.ts";
import type { CausalAdaptation } from "../synth/adapt_causal.ts";
import type { AdaptOptions } from "../train/adapt.ts";
import { adaptedModels } from "./adapted_models.ts";
import { remembered } from "./remembered.ts";
import {
  adaptCausalStep,
  adaptStep,
  type ModelStep,
  type TaggerPlan,
  trainTaggerStep,
} from "./steps/adapt.ts";
import { type AnnotateStep, annotateStep } from "./steps/annotate.ts";
import { type FillStep, fillStep } from "./steps/fill.ts";
import { type FindStep, findStep } from "./steps/find.ts";
import { type LossesStep, lossesStep } from "./steps/losses.ts";
import { type MaskStep, maskStep } from "./steps/mask.ts";
import { type ScoreStep, scoreStep } from "./steps/score.ts";
import { stepVersion } from "./steps/step_code.ts";
import type { StepContext } from "./steps/step_context.ts";
import { type SynthesizeStep, synthesizeStep } from "./steps/synthesize.ts";
import type { Store } from "./store.ts";
import type { Trace } from "./trace.ts";

/** What an experiment's cells do their work with: the steps of the same names, each with its results stored. */
export interface Steps {
  /** As `mask()`; the same letters masked alike twice are masked once. */
  readonly mask: MaskStep;
  /** As `unfilled()`: the letters with their blanks. */
  readonly unfilled: (masked: readonly MaskedLetter[]) => Letter[];
  /**
   * Plans a model that `adapt()` makes of another on these letters, and gives its path for {@linkcode Steps.fill}, which trains it
   * when it first computes with it. Kept in the store. Give other letters than those that it will fill.
   */
  readonly adapt: ModelStep<AdaptOptions>;
  /** As `fill()`; seconds, which no two runs share, are not told. */
  readonly fill: FillStep;
  /**
   * Plans a tagger that learns the spans of these letters, and gives its path for {@linkcode Steps.annotate}, which trains it when it
   * first computes with it. Kept in the store.
   */
  readonly trainTagger: ModelStep<TaggerPlan>;
  /** The letters with the spans that taggers find in them, in place of any that they had. */
  readonly annotate: AnnotateStep;
  /** The letters with the identifying data that a finder finds in them, in place of any spans that they had. */
  readonly find: FindStep;
  /**
   * As `adaptCausal()`, planned as {@linkcode Steps.adapt} plans: the path is for {@linkcode Steps.synthesize} and {@linkcode Steps.losses}.
   */
  readonly adaptCausal: ModelStep<CausalAdaptation>;
  /** As `synthesize()`, the letters in memory: there may be none, where filters leave out all. */
  readonly synthesize: SynthesizeStep;
  /** −ln p of each text, as a causal language model sees it (the first piece has nothing before it, and does not count). */
  readonly losses: LossesStep;
  /** Puts a sentence beside the cell's results: what a reader must know of them. */
  note(sentence: string): void;
  /** The chosen metrics of each candidate against the letter of the corpus with its id. */
  readonly score: ScoreStep;
}

/** What steps are run with. */
export interface StepOptions extends ModelOptions {
  /** Folder in which the judge's reading of the letters is kept; left out: below `.cache`. */
  readonly encodings?: string;
  /** Folder in which adapted models are kept; left out: below `.cache`. */
  readonly adapted?: string;
  /** Told the path of each file of an adapted model that is used. */
  readonly onFound?: (path: string) => void;
  /** Looks up what was stored with these models and this code, whatever they are now. For a store that computes nothing. */
  readonly trace?: Trace;
}

/** Steps that hold models open. */
export interface OpenSteps extends Steps {
  /** Forgets what was used so far: another cell begins. */
  begin(): void;
  /** What was noted since {@linkcode begin}. */
  notes(): readonly string[];
  /** What the steps since {@linkcode begin} were done with. */
  trace(): Promise<Trace>;
  /** What a trace would have to be now, for the same models and steps. */
  now(trace: Trace): Promise<Trace>;
  close(): Promise<void>;
}

/**
 * Steps over a store. A model is opened when a step first has to compute with it, and stays open until another is needed.
 * Models run on one thread unless `options` say otherwise: cells run side by side, and their last digits do not depend on how
 * many do.
 *
 * @throws {Error} from each step: what the step itself throws
 *
 * @example
 * ```ts
 * import { openStore } from "./store.ts";
 * import { openSteps } from "./steps.ts";
 * import { equal } from "node:assert/strict";
 * const corpus = ["Plan was made.", "She was well. He was well."].map((text, i) => (
 *   { id: `${i}`, text, spans: [], meta: { fold: `${i}` } }
 * ));
 * const steps = openSteps(openStore(await Deno.makeTempDir()));
 * const filled = await steps.fill(steps.mask(corpus, { strategy: "random", ratio: 0.5, seed: 42 }), { model: "trigram" });
 * const [rougeL] = await steps.score(corpus, filled, ["rougeL"]);
 * equal(rougeL?.ids.length, 2);
 * await steps.close();
 * ```
 */
export function openSteps(store: Store, given: StepOptions = {}): OpenSteps {
  const { encodings = ENCODINGS, adapted: folder = project.adapted, onFound, trace, ...rest } = given;
  const options = { threads: 1, ...rest };
  const adapted = adaptedModels({ folder, ...onFound && { onFound } });
  const modelHashes = remembered(async (model: string) =>
    trace?.models[model] ?? await modelHash(model, options)
  );
  const codeVersions = remembered(async (step: string) => trace?.code[step] ?? await stepVersion(step));
  let used = { models: new Set<string>(), code: new Set<string>() };
  let noted: string[] = [];
  const note = (sentence: string) => void noted.push(sentence);
  const context: StepContext = {
    store,
    options,
    adapted,
    note,
    async hashOf(model) {
      const planned = adapted.keyOf(model);
      if (planned !== undefined) return planned; // what it was made of is known as used already
      used.models.add(model);
      return await modelHashes.get(model);
    },
    codeOf(step) {
      used.code.add(step);
      return codeVersions.get(step);
    },
  };
  const traceOf = async (models: Iterable<string>, code: Iterable<string>): Promise<Trace> => ({
    models: await entries(models, modelHashes.get),
    code: await entries(code, codeVersions.get),
  });
  const masking = maskStep();
  const filling = fillStep(context);
  const scoring = scoreStep(context, encodings);

  return {
    unfilled,
    mask(letters, how) {
      used.code.add("mask");
      return masking(letters, how);
    },
    fill: filling.fill,
    score: scoring.score,
    adapt: adaptStep(context),
    adaptCausal: adaptCausalStep(context),
    trainTagger: trainTaggerStep(context),
    annotate: annotateStep(context),
    find: findStep(context),
    synthesize: synthesizeStep(context),
    losses: lossesStep(context),
    note,
    notes: () => noted,
    begin() {
      noted = [];
      used = { models: new Set(), code: new Set() };
    },
    trace: () => traceOf(used.models, used.code),
    now: ({ models, code }) => traceOf(Object.keys(models), Object.keys(code)),
    async close() {
      await filling.close();
      await scoring.close();
    },
  };
}

async function entries(
  names: Iterable<string>,
  valueOf: (name: string) => Promise<string>,
): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const name of [...names].sort()) made[name] = await valueOf(name);
  return made;
}
