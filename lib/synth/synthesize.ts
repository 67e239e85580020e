/** A corpus of sampled letters in a file. @module */

import { checkWhole } from "../check_whole.ts";
import { z } from "zod";
import config from "../../deno.json" with { type: "json" };
import { fingerprint } from "../checkpoint/fingerprint.ts";
import { stemOf } from "../corpus/format.ts";
import type { Letter } from "../corpus/letter.ts";
import { Output } from "../corpus/output.ts";
import { outputFormat, outputPlace } from "../corpus/write_letters.ts";
import { checkSampling } from "../generate/sampling.ts";
import { progress } from "../progress.ts";
import { sha256 } from "../sha256.ts";
import { writeFile } from "../write_file.ts";
import { CausalSampler, type PromptSample, type SampledLetter } from "./causal_sampler.ts";
import type { FilterOptions } from "./filters/filter.ts";
import { filtersNamed } from "./filters.ts";
import type { Prompt } from "./prompts.ts";

/** How a corpus is sampled; defaults are those of Vakili et al. 2025 where the paper names a value. */
export interface SynthesizeOptions extends FilterOptions {
  /** Default 42. */
  readonly seed?: number | string;
  /** Samples a prompt. Default 80. */
  readonly samples?: number;
  /** Default 0.95. */
  readonly topP?: number;
  /** Default 1. */
  readonly temperature?: number;
  /** The most pieces behind a prompt; fewer where the model's window ends before. Default 512. */
  readonly maxTokens?: number;
  /** Names of filters. Default length and repetition, and copies where there are training letters. */
  readonly filters?: readonly string[];
  /** What says whether the training letters are the same when a run goes on. */
  readonly trainingIs?: string;
  /** Whether the piece that begins a text comes before each prompt. Default false. */
  readonly begin?: boolean;
  /** Texts that are written side by side. Default 64. It does not change what is written. */
  readonly batch?: number;
  readonly threads?: number;
  /** Begins anew where an earlier run was interrupted. */
  readonly fresh?: boolean;
}

/** The shape of {@linkcode SampleCounts}. */
export const countsSchema = z.object({
  sampled: z.int(),
  kept: z.int(),
  /** Kept or not. */
  ended: z.int(),
  /** By filter: what it left out. */
  leftOut: z.record(z.string(), z.int()),
});
const noteSchema = z.object({ identity: z.string(), counts: countsSchema });

/** What became of the samples. */
export type SampleCounts = z.infer<typeof countsSchema>;

/** Samples a prompt, where nobody says how many. */
export const SAMPLES = 80;

/** Samples between two places from which a run can go on, for each text of a batch. */
const ROUNDS = 2;

/**
 * Samples letters from a causal language model into a file: `samples` for each prompt, in the order of the prompts. The letters have
 * no spans; their `meta` says the prompt, its id, the sample's number, the pieces written and whether the model ended the text. What filters
 * leave out is counted: in what is given back, and in `OUT.summary.json` beside. The file lies beside its place until it is whole, and a run
 * that was interrupted goes on when it is called in the same way, to the same bytes.
 *
 * @throws {Error} in one line, before anything is written where an option, a prompt or the model is in the way
 *
 * @example
 * ```ts
 * import { letters } from "../corpus/letters.ts";
 * import { tinyGpt2 } from "../fill/causal/tiny_gpt2.ts";
 * import { synthesize } from "./synthesize.ts";
 * import { deepEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await tinyGpt2(`${folder}/tiny`);
 * const prompts = [{ id: "a", text: "no fever and" }, { id: "b", text: "seen in clinic" }];
 * const out = `${folder}/notes.jsonl`;
 * const { sampled, kept } = await synthesize(`${folder}/tiny`, prompts, out, { samples: 2, maxTokens: 9, filters: [] });
 * deepEqual([sampled, kept], [4, 4]);
 * deepEqual((await letters(out)).map(({ id }) => id), ["a-1", "a-2", "b-1", "b-2"]);
 * ```
 */
export async function synthesize(
  model: string,
  prompts: readonly Prompt[],
  out: string,
  options: SynthesizeOptions = {},
): Promise<SampleCounts> {
  const { how, filters, none } = await sampling(options);
  const { begin = false, threads } = options;
  await using sampler = await CausalSampler.open(model, { begin, ...threads !== undefined && { threads } });
  const encoded = sampler.encode(prompts);
  const settings = {
    ...{ seed: how.seed, samples: how.samples, topP: how.topP, temperature: how.temperature },
    ...{ maxTokens: how.maxTokens, begin, filters: filters.map(({ name }) => name) },
    ...{ minWords: options.minWords ?? null, maxRepetition: options.maxRepetition ?? null },
  };
  const made = await fingerprint(model);
  const identity = sha256(
    JSON.stringify([config.version, made, settings, options.trainingIs ?? "", encoded]),
  );

  const format = outputFormat(out);
  const encoder = format.encoder({ dropSpans: true }, stemOf(out));
  const output = await Output.open(outputPlace(out, format, {}), (note) => {
    const { success, data } = noteSchema.safeParse(note);
    return !options.fresh && success && data.identity === identity;
  });
  let counts = none;
  if (output.last) counts = noteSchema.parse(output.last.note).counts;
  const total = encoded.length * how.samples;
  const bar = progress("synthesize", total, { unit: "samples", from: counts.sampled });
  try {
    while (counts.sampled < total) {
      const next: PromptSample[] = [];
      for (let i = counts.sampled; i < Math.min(total, counts.sampled + ROUNDS * how.batch); i++) {
        const prompt = encoded[Math.floor(i / how.samples)];
        if (prompt) next.push({ prompt, number: i % how.samples + 1 });
      }
      let finished = counts.sampled;
      const written = await sampler.sample(next, {
        ...{ seed: how.seed, topP: how.topP, temperature: how.temperature, maxTokens: how.maxTokens },
        rows: how.batch,
        onFinished: () => bar.update(++finished),
      });
      for (const sample of written) {
        const reason = filters.find(({ leavesOut }) => leavesOut(sample))?.name;
        counts = withSample(counts, sample, reason);
        if (reason !== undefined) continue;
        for (const chunk of encoder.encode(letterOf(sample))) await output.add(chunk);
      }
      await output.checkpoint({ identity, counts });
    }
    if (counts.kept === 0) {
      throw new Error(`${out}: the filters left out all samples (${told(counts)}). Nothing was written.`);
    }
    await output.finish();
  } catch (error) {
    output.close();
    if (counts.kept === 0) await output.remove();
    throw error;
  } finally {
    await bar.done();
  }
  const summary = { model: made, prompts: prompts.length, ...settings, ...counts };
  await writeFile(
    `${out.replace(/\.gz$/, "").replace(/\.[^./]*$/, "")}.summary.json`,
    `${JSON.stringify(summary, null, 2)}\n`,
  );
  return counts;
}

/**
 * What became of the samples, as a line.
 *
 * @example
 * ```ts
 * import { told } from "./synthesize.ts";
 * import { equal } from "node:assert/strict";
 * const counts = { sampled: 4, kept: 3, ended: 2, leftOut: { length: 1, copies: 0 } };
 * equal(told(counts), "4 sampled, 3 kept, 2 ended by the model; left out: 1 by length, 0 by copies");
 * ```
 */
export function told({ sampled, kept, ended, leftOut }: SampleCounts): string {
  const reasons = Object.entries(leftOut).map(([name, count]) => `${count} by ${name}`).join(", ");
  return `${sampled} sampled, ${kept} kept, ${ended} ended by the model; left out: ${reasons || "no filter"}`;
}

/** What sampling goes by: the options looked at, the filters ready, and the counts before the first sample. */
export async function sampling(options: SynthesizeOptions) {
  const how = checked(options);
  const filters = await Promise.all(how.filters.map(async ({ name, open }) => ({
    name,
    leavesOut: await open(options),
  })));
  const leftOut = Object.fromEntries(filters.map(({ name }) => [name, 0]));
  const none: SampleCounts = { sampled: 0, kept: 0, ended: 0, leftOut };
  return { how, filters, none };
}

/** The counts with one more sample, which was kept or left out for a reason. */
export function withSample(
  counts: SampleCounts,
  { ended }: SampledLetter,
  reason: string | undefined,
): SampleCounts {
  return {
    sampled: counts.sampled + 1,
    kept: counts.kept + (reason === undefined ? 1 : 0),
    ended: counts.ended + (ended ? 1 : 0),
    leftOut: reason === undefined
      ? counts.leftOut
      : { ...counts.leftOut, [reason]: (counts.leftOut[reason] ?? 0) + 1 },
  };
}

/** A sample as a letter without spans, its origin in `meta`. */
export function letterOf({ prompt, number, text, pieces, ended }: SampledLetter): Letter {
  const meta = { prompt: prompt.text, promptId: prompt.id, sample: `${number}`, pieces: `${pieces}` };
  return { id: `${prompt.id}-${number}`, text, spans: [], meta: { ...meta, ended: `${ended}` } };
}

/** The options with their defaults, each one looked at. */
function checked(options: SynthesizeOptions) {
  const { seed = 42, samples = SAMPLES, topP = 0.95, temperature = 1, maxTokens = 512, batch = 64 } = options;
  for (const [name, value] of Object.entries({ samples, maxTokens, batch })) checkWhole(name, value);
  checkSampling({ seed, topP, temperature });
  const usual = ["length", "repetition", ...options.training ? ["copies"] : []];
  return {
    seed,
    samples,
    topP,
    temperature,
    maxTokens,
    batch,
    filters: filtersNamed(options.filters ?? usual),
  };
}
