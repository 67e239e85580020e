/** The steps that make models of others: each is planned at once, and made when a later step first computes with it. @module */

import type { Letter } from "../../corpus/letter.ts";
import { type TaggerTraining, trainTagger } from "../../ner/train_tagger.ts";
import { adaptCausal, type CausalAdaptation } from "../../synth/adapt_causal.ts";
import { adapt, type AdaptOptions } from "../../train/adapt.ts";
import type { StepContext } from "./step_context.ts";
import { annotatedHash, textHash } from "./text_hash.ts";

/** Plans a model that learns from letters, and gives the path that it will have. */
export type ModelStep<Options> = (letters: readonly Letter[], options: Options) => Promise<string>;

/** How a step trains a tagger: as `trainTagger()`, threads and models being the experiment's. */
export type TaggerPlan = Omit<TaggerTraining, "models" | "threads">;

/** `adapt()`, planned. */
export function adaptStep({ options, adapted, hashOf, codeOf }: StepContext): ModelStep<AdaptOptions> {
  return async (letters, how) => {
    const { model, ...settings } = how;
    return await adapted.plan({
      model,
      letters: textHash(letters),
      settings: { threads: options.threads ?? null, ...settings },
      from: { model: await hashOf(model), code: await codeOf("adapt") },
      make: (place) => adapt(letters, how, place, options),
    });
  };
}

/** `adaptCausal()`, planned. */
export function adaptCausalStep(
  { options, adapted, hashOf, codeOf }: StepContext,
): ModelStep<CausalAdaptation> {
  return async (letters, how) => {
    const { model, lora, ...settings } = how;
    return await adapted.plan({
      model,
      letters: textHash(letters),
      settings: {
        task: "causal",
        threads: options.threads ?? null,
        ...settings,
        lora: lora === undefined ? null : JSON.stringify(lora),
      },
      from: { model: await hashOf(model), code: await codeOf("adaptCausal") },
      make: (place) => adaptCausal(letters, how, place, options),
    });
  };
}

/** `trainTagger()`, planned. */
export function trainTaggerStep(
  { options, adapted, hashOf, codeOf }: StepContext,
): ModelStep<TaggerPlan> {
  return async (letters, how) => {
    const { model, dev, ...settings } = how;
    return await adapted.plan({
      model,
      letters: annotatedHash(letters),
      settings: {
        task: "tagger",
        threads: options.threads ?? null,
        ...settings,
        ...dev && { dev: annotatedHash(dev) },
      },
      from: { model: await hashOf(model), code: await codeOf("trainTagger") },
      async make(place) {
        await using tagger = await trainTagger(letters, { ...how, ...options });
        await tagger.save(place);
      },
    });
  };
}
