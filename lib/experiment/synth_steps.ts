/** The steps of an experiment that sample letters from causal language models, and look into these. @module */

import { z } from "zod";
import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { openCausalLM } from "../metrics/perplexity/causal_lm.ts";
import type { Prompt } from "../synth/prompts.ts";
import { sampleCorpus, type SampleCorpusOptions, type SampledCorpus } from "../synth/sample_corpus.ts";
import { countsSchema } from "../synth/synthesize.ts";

/** How a step samples: as `synthesize()`, threads being the experiment's. */
export interface SamplingPlan extends Omit<SampleCorpusOptions, "threads" | "training" | "batch"> {
  /** A folder of a decoder by its name or path, or what `adaptCausal` gave. */
  readonly model: string;
  /** What the model was adapted to, for the filter `copies`. */
  readonly training?: readonly Letter[];
}

/** Samples that are kept together: what is lost where a run is killed. */
const TOGETHER = 256;

/** The prompts in groups, of which each makes about so many samples as are kept together. */
export function promptGroups(prompts: readonly Prompt[], samples: number): Prompt[][] {
  const size = Math.max(1, Math.floor(TOGETHER / samples));
  return Array.from(
    { length: Math.ceil(prompts.length / size) },
    (_, i) => prompts.slice(i * size, (i + 1) * size),
  );
}

/** The shape of a group's samples in the store. */
export const samplesSchema: z.ZodType<{ letters: Letter[]; counts: SampledCorpus["counts"] }> = z.object({
  letters: z.array(z.object({
    id: z.string(),
    text: z.string(),
    spans: z.tuple([]),
    meta: z.record(z.string(), z.string()),
  })),
  counts: countsSchema,
});

/** Samples a group. */
export async function samples(
  prompts: readonly Prompt[],
  { model, ...how }: SamplingPlan,
  options: ModelOptions,
): Promise<{ letters: Letter[]; counts: SampledCorpus["counts"] }> {
  const { models, ...session } = options;
  const folder = await findModel(model, models === undefined ? {} : { models });
  const { letters, counts } = await sampleCorpus(folder, prompts, { ...how, ...session });
  return { letters: [...letters], counts };
}

/** All groups as one corpus. */
export function together(groups: readonly SampledCorpus[]): SampledCorpus {
  const counts = { sampled: 0, kept: 0, ended: 0, leftOut: new Map<string, number>() };
  for (const { counts: some } of groups) {
    for (const name of ["sampled", "kept", "ended"] as const) counts[name] += some[name];
    for (const [name, count] of Object.entries(some.leftOut)) {
      counts.leftOut.set(name, (counts.leftOut.get(name) ?? 0) + count);
    }
  }
  return {
    letters: groups.flatMap(({ letters }) => letters),
    counts: { ...counts, leftOut: Object.fromEntries(counts.leftOut) },
  };
}

/** −ln p of each text, as a causal language model sees it. */
export async function textLosses(
  texts: readonly string[],
  model: string,
  { models, ...session }: ModelOptions,
): Promise<number[]> {
  const open = await openCausalLM(await findModel(model, models === undefined ? {} : { models }), session);
  try {
    const losses: number[] = [];
    for (const text of texts) losses.push((await open.losses(text)).reduce((sum, loss) => sum + loss, 0));
    return losses;
  } finally {
    await open.close();
  }
}
