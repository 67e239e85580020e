/** A corpus of sampled letters in memory. @module */

import type { Letter } from "../corpus/letter.ts";
import { CausalSampler } from "./causal_sampler.ts";
import type { Prompt } from "./prompts.ts";
import { letterOf, type SampleCounts, sampling, type SynthesizeOptions, withSample } from "./synthesize.ts";

/** How a corpus is sampled in memory. */
export type SampleCorpusOptions = Omit<SynthesizeOptions, "fresh" | "trainingIs">;

/** Sampled letters, and what became of all samples. */
export interface SampledCorpus {
  readonly letters: readonly Letter[];
  readonly counts: SampleCounts;
}

/**
 * Samples letters as `synthesize()` does, which writes them to a file: the same prompts and options give the same letters. There may
 * be none: what filters leave out is counted.
 *
 * @throws {Error} in one line, where an option, a prompt or the model is in the way
 *
 * @example
 * ```ts
 * import { tinyGpt2 } from "../fill/causal/tiny_gpt2.ts";
 * import { sampleCorpus } from "./sample_corpus.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = `${await Deno.makeTempDir()}/tiny`;
 * await tinyGpt2(folder);
 * const options = { samples: 2, maxTokens: 9, filters: [] };
 * const { letters, counts } = await sampleCorpus(folder, [{ id: "a", text: "no fever and" }], options);
 * deepEqual(letters.map(({ id }) => id), ["a-1", "a-2"]);
 * deepEqual(counts.kept, 2);
 * ```
 */
export async function sampleCorpus(
  model: string,
  prompts: readonly Prompt[],
  options: SampleCorpusOptions = {},
): Promise<SampledCorpus> {
  const { how, filters, none } = await sampling(options);
  const { begin = false, threads } = options;
  await using sampler = await CausalSampler.open(model, { begin, ...threads !== undefined && { threads } });
  const samples = sampler.encode(prompts).flatMap((prompt) =>
    Array.from({ length: how.samples }, (_, i) => ({ prompt, number: i + 1 }))
  );
  const { seed, topP, temperature, maxTokens, batch } = how;
  const written = await sampler.sample(samples, { seed, topP, temperature, maxTokens, rows: batch });
  let counts = none;
  const letters: Letter[] = [];
  for (const sample of written) {
    const reason = filters.find(({ leavesOut }) => leavesOut(sample))?.name;
    counts = withSample(counts, sample, reason);
    if (reason === undefined) letters.push(letterOf(sample));
  }
  return { letters, counts };
}
