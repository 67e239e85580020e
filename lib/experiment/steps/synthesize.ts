/** The step that samples letters from causal language models. @module */

import { z } from "zod";
import { findModel } from "../../checkpoint/find_model.ts";
import type { Letter } from "../../corpus/letter.ts";
import type { Prompt } from "../../synth/prompts.ts";
import { sampleCorpus, type SampleCorpusOptions, type SampledCorpus } from "../../synth/sample_corpus.ts";
import { countsSchema, SAMPLES } from "../../synth/synthesize.ts";
import type { StepContext } from "./step_context.ts";
import { textHash } from "./text_hash.ts";

/** How a step samples: as `synthesize()`, threads being the experiment's. */
export interface SamplingPlan extends Omit<SampleCorpusOptions, "threads" | "training" | "batch"> {
  /** A folder of a decoder by its name or path, or what `adaptCausal` gave. */
  readonly model: string;
  /** What the model was adapted to, for the filter `copies`. */
  readonly training?: readonly Letter[];
}

/** As `synthesize()`, the letters in memory: there may be none, where filters leave out all. */
export type SynthesizeStep = (prompts: readonly Prompt[], options: SamplingPlan) => Promise<SampledCorpus>;

/** Samples that are kept together: what is lost where a run is killed. */
const TOGETHER = 256;

const samplesSchema: z.ZodType<{ letters: Letter[]; counts: SampledCorpus["counts"] }> = z.object({
  letters: z.array(z.object({
    id: z.string(),
    text: z.string(),
    spans: z.tuple([]),
    meta: z.record(z.string(), z.string()),
  })),
  counts: countsSchema,
});

/** `sampleCorpus()`, stored in groups of prompts. */
export function synthesizeStep({ store, options, adapted, hashOf, codeOf }: StepContext): SynthesizeStep {
  const { models, ...session } = options;
  return async (prompts, { model, training, ...how }) => {
    const groups: SampledCorpus[] = [];
    for (const group of promptGroups(prompts, how.samples ?? SAMPLES)) {
      groups.push(
        await store.result({
          name: "synthesize",
          inputs: {
            prompts: group.map(({ id, text }) => [id, text]),
            model: await hashOf(model),
            training: training ? textHash(training) : null,
            how: JSON.stringify(how),
            code: await codeOf("synthesize"),
          },
          schema: samplesSchema,
          async compute() {
            await adapted.ready(model);
            const folder = await findModel(model, models === undefined ? {} : { models });
            const asked = { ...how, ...training && { training }, ...session };
            const { letters, counts } = await sampleCorpus(folder, group, asked);
            return { letters: [...letters], counts };
          },
        }),
      );
    }
    return together(groups);
  };
}

/** The prompts in groups, of which each makes about so many samples as are kept together. */
export function promptGroups(prompts: readonly Prompt[], samples: number): Prompt[][] {
  const size = Math.max(1, Math.floor(TOGETHER / samples));
  return Array.from(
    { length: Math.ceil(prompts.length / size) },
    (_, i) => prompts.slice(i * size, (i + 1) * size),
  );
}

/** All groups as one corpus. */
function together(groups: readonly SampledCorpus[]): SampledCorpus {
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
