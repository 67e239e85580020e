/** What was measured in a training run. @module */

import { z } from "zod";
import { CurvePoint } from "./run_state.ts";

const TextCounts = z.object({
  corpus: z.string(),
  file: z.string(),
  licence: z.string(),
  from: z.string(),
  weight: z.number(),
  /** Texts, or sentences where they are labelled. */
  texts: z.number(),
  characters: z.number(),
  pieces: z.number(),
});

/** On held-out text, of the weights as written. */
const Final = z.object({
  /** The mean of −log p(answer), in nats. */
  loss: z.number(),
  /** The share of first choices that are right. */
  accuracy: z.number().optional(),
  /** Word infilling: the share of words all of whose pieces are first choices. */
  wordAccuracy: z.number().optional(),
  /** Masked LM and word infilling: over several choices of the hidden pieces, of which so many are a share of the text. */
  seeds: z.array(z.number()).optional(),
  accuracies: z.array(z.number()).optional(),
  share: z.number().optional(),
  hidden: z.number().optional(),
  /** Token classification: of the words that are something. */
  f1: z.number().optional(),
  /** Causal LM and span infilling: e to the loss. */
  perplexity: z.number().optional(),
});

/** What was measured in a training run; {@linkcode https://zod.dev | zod} schema of `training.json`. */
export const TrainingLog = z.object({
  /** Numbers that were trained. */
  parameters: z.number(),
  texts: z.array(TextCounts),
  validation: z.array(TextCounts),
  batchesPerEpoch: z.number(),
  curve: z.array(CurvePoint),
  /** The measurement that the weights are of, where early stopping chose it. */
  best: z.object({ step: z.number(), value: z.number() }).optional(),
  final: Final,
  /** Masked words of the held-out text that filling restores, by model: not part of a run, but of what a card tells. */
  restored: z.object({ share: z.number(), words: z.number(), models: z.record(z.string(), z.number()) })
    .optional(),
  /** Wall time of the whole run. */
  seconds: z.number(),
});

/** What a text source came to. */
export type TextCount = z.infer<typeof TextCounts>;
/** What a run came to on held-out text. */
export type Final = z.infer<typeof Final>;
/** What was measured in a training run. */
export type TrainingLog = z.infer<typeof TrainingLog>;
