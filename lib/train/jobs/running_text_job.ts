/** Training on running text that is judged by its loss on other text: causal LM and infilling of spans. @module */

import type { Decoder, EncoderDecoder } from "../../architectures/architecture.ts";
import type { Tokenizer } from "../../tokenizers/tokenizer.ts";
import { CausalLM } from "../causal_lm.ts";
import type { RecipeOf } from "../recipe.ts";
import { SpanInfilling } from "../span_infilling.ts";
import { inStages } from "../stages.ts";
import { TaskLoss } from "../task_loss.ts";
import { type Documents, pieceCounts, weighted } from "./documents.ts";
import { baseOf, type Job, type Subject } from "./job.ts";

/** The seed that held-out text is cut by, whatever the recipe's. */
const HELD_OUT_SEED = 0;

export function causalLMJob(
  recipe: RecipeOf<"causal-lm">,
  subject: Subject,
  decoder: Decoder,
  tokenizer: Tokenizer,
  texts: readonly Documents[],
  validation: readonly Documents[],
  seed: number,
): Job {
  const { batch, threads } = recipe;
  const on = (documents: readonly (readonly number[])[], rows: number, seed: number) =>
    new CausalLM(decoder, documents, tokenizer.special.eos, { batch: [rows, batch[1]], seed });
  const held = validation.flatMap(({ documents }) => documents);
  return jobOf(
    on(weighted(texts), batch[0], seed),
    on(held, 1, HELD_OUT_SEED),
    subject,
    texts,
    validation,
    threads,
  );
}

export function spanInfillingJob(
  recipe: RecipeOf<"span-infilling">,
  subject: Subject,
  model: EncoderDecoder,
  tokenizer: Tokenizer,
  texts: readonly Documents[],
  validation: readonly Documents[],
  seed: number,
): Job {
  const { batch, stages, share, meanSpan, threads, accumulate } = recipe;
  const on = (
    documents: readonly (readonly number[])[],
    batch: readonly [number, number],
    density: number,
    seed: number,
  ) => new SpanInfilling(model, documents, tokenizer.sentinels, { batch, density, meanSpan, seed });
  const documents = weighted(texts);
  const held = validation.flatMap(({ documents }) => documents);
  const last = on(documents, batch, share, seed);
  const first = stages.map(({ batch, share, steps }) => {
    return { task: on(documents, batch, share, seed), batches: steps * accumulate };
  });
  return jobOf(
    { ...inStages(first, last), batchesPerEpoch: last.batchesPerEpoch },
    on(held, [1, batch[1]], share, HELD_OUT_SEED),
    subject,
    texts,
    validation,
    threads,
  );
}

function jobOf(
  task: Job["task"],
  held: Job["task"],
  subject: Subject,
  texts: readonly Documents[],
  validation: readonly Documents[],
  threads: number,
): Job {
  const gaugeOf = (subject: Subject) =>
    new TaskLoss(subject.parameters, held, held.batchesPerEpoch, { threads, ...baseOf(subject) });
  const gauge = gaugeOf(subject);
  return {
    task,
    early: { metric: "validationLoss", better: "lower" },
    pieces: pieceCounts(texts, validation),
    measure: async () => ({ validationLoss: await gauge.measure() }),
    async judge(written) {
      const of = written === subject ? gauge : gaugeOf(written);
      const loss = await of.measure();
      await of.close();
      return { loss, perplexity: Math.exp(loss) };
    },
    close: () => gauge.close(),
  };
}
