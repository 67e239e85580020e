/** What t5_oracle.py computed with PyTorch. @module */

import { z } from "zod";
import { float32, madeWith, readFixture, rows, training } from "./stored.ts";

/** One configuration, with what was computed with it. */
export const T5Case = z.object({
  config: z.looseObject({ vocab_size: z.number() }),
  parameters: z.record(z.string(), float32).transform((tensors) => new Map(Object.entries(tensors))),
  inference: z.object({ ids: rows, mask: rows, outputs: rows, hidden: float32, logits: float32 }),
  generated: z.object({
    greedy: rows,
    beams: z.array(z.object({
      options: z.object({
        num_beams: z.number(),
        max_new_tokens: z.number(),
        no_repeat_ngram_size: z.number().default(0),
        length_penalty: z.number().default(1),
        early_stopping: z.union([z.boolean(), z.literal("never")]).default(false),
      }),
      sequences: rows,
      scores: z.array(z.number()),
    })),
  }),
  batches: z.array(z.object({ ids: rows, mask: rows, labels: rows })),
  /** Of the first batch. */
  gradients: z.record(z.string(), float32),
  training,
});
export type T5Case = z.infer<typeof T5Case>;

const T5Fixture = T5Case.extend({
  made_with: madeWith,
  buckets: z.array(z.object({
    count: z.number(),
    farthest: z.number(),
    bothWays: z.boolean(),
    first: z.number(),
    buckets: z.array(z.number()),
  })).default([]),
});
export type T5Fixture = z.infer<typeof T5Fixture>;

/** What is stored of T5: of the first version, or of version 1.1 with its gated feed-forward layers. */
export async function t5Fixture(name: "t5" | "t5_gated"): Promise<T5Fixture> {
  return await readFixture(name, T5Fixture);
}
