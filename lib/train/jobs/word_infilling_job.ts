/** Infilling of words, as a recipe says. @module */

import type { EncoderDecoder } from "../../architectures/architecture.ts";
import type { Tokenizer } from "../../tokenizers/tokenizer.ts";
import { InfillingAccuracy } from "../infilling_accuracy.ts";
import type { RecipeOf } from "../recipe.ts";
import { inStages } from "../stages.ts";
import { pieceKinds, WordInfilling } from "../word_infilling.ts";
import { type Documents, pieceCounts, weighted } from "./documents.ts";
import { HELD_OUT_SHARE, overSeeds } from "./held_out_seeds.ts";
import { baseOf, type Job, type Subject } from "./job.ts";

export function wordInfillingJob(
  recipe: RecipeOf<"span-infilling">,
  subject: Subject,
  model: EncoderDecoder,
  tokenizer: Tokenizer,
  texts: readonly Documents[],
  validation: readonly Documents[],
  seed: number,
): Job {
  const { batch, stages, share, threads, accumulate } = recipe;
  const kinds = pieceKinds(tokenizer, model.vocabulary);
  const sentinels = tokenizer.sentinels.slice(0, recipe.sentinels);
  const documents = weighted(texts);
  const held = validation.flatMap(({ documents }) => documents);
  const taskOf = (batch: readonly [number, number], share: number) =>
    new WordInfilling(model, documents, sentinels, kinds, { batch, share, seed });
  const gaugeOf = (subject: Subject, seed: number) => {
    const task = new WordInfilling(model, held, sentinels, kinds, {
      ...{ batch: [4, batch[1]], share: HELD_OUT_SHARE, seed },
    });
    return new InfillingAccuracy(subject.parameters, task, Math.min(...tokenizer.sentinels), {
      threads,
      ...baseOf(subject),
    });
  };
  const gauge = gaugeOf(subject, 0);
  const last = taskOf(batch, share);
  const first = stages.map(({ batch, share, steps }) => {
    return { task: taskOf(batch, share), batches: steps * accumulate };
  });
  return {
    task: { ...inStages(first, last), batchesPerEpoch: last.batchesPerEpoch },
    early: { metric: "validationAccuracy", better: "higher" },
    pieces: pieceCounts(texts, validation),
    async measure() {
      const { loss, accuracy, wordAccuracy } = await gauge.measure();
      return {
        validationLoss: loss,
        validationAccuracy: accuracy,
        validationWordAccuracy: wordAccuracy,
      };
    },
    async judge(written) {
      const { told, mean } = await overSeeds((seed) => gaugeOf(written, seed));
      const loss = mean(({ loss }) => loss);
      return {
        ...told,
        wordAccuracy: mean(({ wordAccuracy }) => wordAccuracy),
        hidden: mean(({ hidden }) => hidden),
        loss,
        perplexity: Math.exp(loss),
      };
    },
    close: () => gauge.close(),
  };
}
