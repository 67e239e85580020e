/** Masked-LM training as a recipe says. @module */

import type { Encoder } from "../../architectures/architecture.ts";
import type { Tokenizer } from "../../tokenizers/tokenizer.ts";
import { MaskedAccuracy } from "../masked_accuracy.ts";
import { MaskedLM } from "../masked_lm.ts";
import type { RecipeOf } from "../recipe.ts";
import { inStages } from "../stages.ts";
import { type Documents, pieceCounts, weighted } from "./documents.ts";
import { HELD_OUT_SHARE, overSeeds } from "./held_out_seeds.ts";
import { baseOf, type Job, type Subject } from "./job.ts";

export function maskedLMJob(
  recipe: RecipeOf<"masked-lm">,
  subject: Subject,
  encoder: Encoder,
  tokenizer: Tokenizer,
  texts: readonly Documents[],
  validation: readonly Documents[],
  seed: number,
): Job {
  const { batch, stages, share, threads, wholeWords, accumulate } = recipe;
  const { special } = tokenizer;
  const held = validation.flatMap(({ documents }) => documents);
  const gaugeOf = (subject: Subject, seed: number) =>
    new MaskedAccuracy(subject.parameters, encoder, held, special, {
      ...{ share: HELD_OUT_SHARE, length: batch[1], seed, threads },
      ...baseOf(subject),
    });
  const gauge = gaugeOf(subject, 0);
  const documents = weighted(texts);
  const taskOf = (batch: readonly [number, number]) =>
    new MaskedLM(encoder, documents, special, {
      ...{ batch, share, seed },
      ...(wholeWords && { continues: (piece) => !tokenizer.surface(piece).begins }),
    });
  const last = taskOf(batch);
  const first = stages.map(({ batch, steps }) => ({ task: taskOf(batch), batches: steps * accumulate }));
  return {
    task: { ...inStages(first, last), batchesPerEpoch: last.batchesPerEpoch },
    early: { metric: "validationAccuracy", better: "higher" },
    pieces: pieceCounts(texts, validation),
    async measure() {
      const { loss, accuracy } = await gauge.measure();
      return { validationLoss: loss, validationAccuracy: accuracy };
    },
    async judge(written) {
      const { told, mean } = await overSeeds((seed) => gaugeOf(written, seed));
      return { ...told, loss: mean(({ loss }) => loss), hidden: mean(({ hidden }) => hidden) };
    },
    close: () => gauge.close(),
  };
}
