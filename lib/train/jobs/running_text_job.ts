/** Training on running text that is judged by its loss on other text: causal LM and span infilling. @module */

import type { Decoder, EncoderDecoder } from "../../architectures/architecture.ts";
import type { Tokenizer } from "../../tokenizers/tokenizer.ts";
import { CausalLM } from "../causal_lm.ts";
import type { RecipeOf } from "../recipe.ts";
import { SpanInfilling } from "../span_infilling.ts";
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
  const { batch, share, meanSpan, threads } = recipe;
  const on = (documents: readonly (readonly number[])[], rows: number, seed: number) =>
    new SpanInfilling(model, documents, tokenizer.sentinels, {
      ...{ batch: [rows, batch[1]], density: share, meanSpan, seed },
    });
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
