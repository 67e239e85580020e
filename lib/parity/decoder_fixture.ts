/** What decoders_oracle.py computed with PyTorch. @module */

import { z } from "zod";
import { float16, float32, int64, madeWith, readFixture, rows, training } from "./stored.ts";

/** One configuration, with what was computed with it. */
export const DecoderCase = z.object({
  config: z.looseObject({ model_type: z.string(), vocab_size: z.number() }),
  class: z.string(),
  parameters: z.record(z.string(), float16).transform((tensors) => new Map(Object.entries(tensors))),
  /** Two texts, the second padded at the left. */
  inference: z.object({
    ids: rows.transform(int64),
    mask: rows.transform(int64),
    logits: float32,
    hidden: z.array(float32),
  }),
  /** What follows prompts of different lengths, in one batch, and one by one where no two pieces may come again. */
  text: z.object({ prompts: rows, greedy: rows, no_repeated_pair: rows }),
  batches: z.array(rows.transform(int64)),
  /** Of the first batch. */
  gradients: z.record(z.string(), float32),
  training,
});
export type DecoderCase = z.infer<typeof DecoderCase>;

const DecoderFixture = DecoderCase.extend({ made_with: madeWith });
export type DecoderFixture = z.infer<typeof DecoderFixture>;

/** What is stored of a family. */
export async function decoderFixture(family: string): Promise<DecoderFixture> {
  return await readFixture(family, DecoderFixture);
}
