/** Infilling of words, as a recipe says. @module */

import type { EncoderDecoder } from "../../architectures/architecture.ts";
import type { Tokenizer } from "../../tokenizers/tokenizer.ts";
import { InfillingAccuracy, type InfillingAccuracyResult } from "../infilling_accuracy.ts";
import type { RecipeOf } from "../recipe.ts";
import { inStages } from "../stages.ts";
import { pieceKinds, WordInfilling } from "../word_infilling.ts";
import { type Documents, pieceCounts, weighted } from "./documents.ts";
import { baseOf, type Job, type Subject } from "./job.ts";

/** Words of five seeds, because one set of some thousand says little about the second decimal. */
const FINAL_SEEDS = [1, 2, 3, 4, 5] as const;
/** The share of the held-out words that is hidden. */
const HELD_OUT_SHARE = 0.15;

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
      const results: InfillingAccuracyResult[] = [];
      for (const seed of FINAL_SEEDS) {
        const gauge = gaugeOf(written, seed);
        results.push(await gauge.measure());
        await gauge.close();
      }
      const mean = (of: (result: InfillingAccuracyResult) => number) =>
        results.reduce((sum, result) => sum + of(result), 0) / results.length;
      const loss = mean(({ loss }) => loss);
      return {
        seeds: FINAL_SEEDS,
        share: HELD_OUT_SHARE,
        accuracies: results.map(({ accuracy }) => accuracy),
        accuracy: mean(({ accuracy }) => accuracy),
        wordAccuracy: mean(({ wordAccuracy }) => wordAccuracy),
        hidden: mean(({ hidden }) => hidden),
        loss,
        perplexity: Math.exp(loss),
      };
    },
    close: () => gauge.close(),
  };
}
