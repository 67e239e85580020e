/** The steps that experiments are made of, with a memory. @module */

import { z } from "zod";
import { findModel, type ModelOptions } from "../checkpoint/find_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { type FilledLetter, filledLetters, type FillOptions, openWriter, unfilled } from "../fill/fill.ts";
import type { Fill } from "../fill/filler.ts";
import { modelHash, type OpenFiller } from "../fill/models.ts";
import { mask, type MaskedLetter, type MaskOptions } from "../mask/mask.ts";
import type { OpenTokenEncoder } from "../metrics/encoder_embeddings.ts";
import { defaultJudge, type Judge, needsJudge, openRemembering } from "../metrics/judge.ts";
import { ENCODINGS } from "../metrics/bertscore/remembering_encoder.ts";
import type { Scores } from "../metrics/metric.ts";
import type { OpenLanguageModel } from "../metrics/perplexity/language_model.ts";
import { openMaskedLM } from "../metrics/perplexity/masked_lm.ts";
import { metricNamed } from "../metrics/registry.ts";
import { score } from "../metrics/score.ts";
import { pairsOf } from "../metrics/score_letters.ts";
import { adapt, type AdaptOptions } from "../train/adapt.ts";
import { adaptCausal, type CausalAdaptation } from "../synth/adapt_causal.ts";
import type { Prompt } from "../synth/prompts.ts";
import type { SampledCorpus } from "../synth/sample_corpus.ts";
import { SAMPLES } from "../synth/synthesize.ts";
import { project } from "../project.ts";
import { adaptedModels } from "./adapted_models.ts";
import { codeVersion } from "./code_version.ts";
import { sha256 } from "../sha256.ts";
import { oneOpen } from "./one_open.ts";
import { remembered } from "./remembered.ts";
import type { Store } from "./store.ts";
import { loadedScores, scoresSchema, storedScores } from "./stored_scores.ts";
import { type FindingPlan, findings, findingsSchema, taggerOf } from "./find_steps.ts";
import {
  annotatedHash,
  annotatedLetters,
  type AnnotationPlan,
  annotations,
  annotationsSchema,
  nothingFound,
  type TaggerPlan,
  writeTagger,
} from "./tagger_steps.ts";
import {
  promptGroups,
  samples,
  samplesSchema,
  type SamplingPlan,
  textLosses,
  together,
} from "./synth_steps.ts";
import type { Trace } from "./trace.ts";

/** What an experiment's cells do their work with: the steps of the same names, each with its results stored. */
export interface Steps {
  /** As `mask()`; the same letters masked alike twice are masked once. */
  mask(letters: readonly Letter[], options: MaskOptions): readonly MaskedLetter[];
  /** As `unfilled()`: the letters with their blanks. */
  unfilled(masked: readonly MaskedLetter[]): Letter[];
  /**
   * Plans a model that `adapt()` makes of another on these letters, and gives its path for {@linkcode Steps.fill}, which trains it
   * when it first computes with it. Kept in the store. Give other letters than those that it will fill.
   */
  adapt(letters: readonly Letter[], options: AdaptOptions): Promise<string>;
  /** As `fill()`; seconds, which no two runs share, are not told. */
  fill(masked: readonly MaskedLetter[], options: Omit<FillOptions, "timed">): Promise<FilledLetter[]>;
  /**
   * Plans a tagger that learns the spans of these letters, and gives its path for {@linkcode Steps.annotate}, which trains it when it
   * first computes with it. Kept in the store.
   */
  trainTagger(letters: readonly Letter[], options: TaggerPlan): Promise<string>;
  /** The letters with the spans that taggers find in them, in place of any that they had. */
  annotate(letters: readonly Letter[], options: AnnotationPlan): Promise<Letter[]>;
  /** The letters with the identifying data that a finder finds in them, in place of any spans that they had. */
  find(letters: readonly Letter[], options: FindingPlan): Promise<Letter[]>;
  /**
   * As `adaptCausal()`, planned as {@linkcode Steps.adapt} plans: the path is for {@linkcode Steps.synthesize} and {@linkcode Steps.losses}.
   */
  adaptCausal(letters: readonly Letter[], options: CausalAdaptation): Promise<string>;
  /** As `synthesize()`, the letters in memory: there may be none, where filters leave out all. */
  synthesize(prompts: readonly Prompt[], options: SamplingPlan): Promise<SampledCorpus>;
  /** −ln p of each text, as a causal language model sees it (the first piece has nothing before it, and does not count). */
  losses(texts: readonly string[], options: { readonly model: string }): Promise<number[]>;
  /** Puts a sentence beside the cell's results: what a reader must know of them. */
  note(sentence: string): void;
  /**
   * The chosen metrics of each candidate against the letter of the corpus with its id.
   *
   * @param reader the model behind pseudo-perplexity, and how many pieces it sees at once; left out: the judge's
   */
  score(
    corpus: readonly Letter[],
    candidates: readonly (Letter | FilledLetter)[],
    metrics: readonly string[],
    judge?: Judge,
    reader?: { readonly model: string; readonly window?: number },
  ): Promise<Scores[]>;
}

/** What steps are run with. */
export interface StepOptions extends ModelOptions {
  /** Folder in which the judge's reading of the letters is kept; left out: below `.cache`. */
  readonly encodings?: string;
  /** Folder in which adapted models are kept; left out: below `.cache`. */
  readonly adapted?: string;
  /** Told the path of each file of an adapted model that is used. */
  readonly onFound?: (path: string) => void;
  /** Looks up what was stored with these models and this code, whatever they are now. For a store that computes nothing. */
  readonly trace?: Trace;
}

/** Steps that hold models open. */
export interface OpenSteps extends Steps {
  /** Forgets what was used so far: another cell begins. */
  begin(): void;
  /** What was noted since {@linkcode begin}. */
  notes(): readonly string[];
  /** What the steps since {@linkcode begin} were done with. */
  trace(): Promise<Trace>;
  /** What a trace would have to be now, for the same models and steps. */
  now(trace: Trace): Promise<Trace>;
  close(): Promise<void>;
}

/** Masked letters are large; cells that share them come one after another. */
const MASKS_KEPT = 4;

/** The modules that a step's result depends on, with all they import. */
const modules: Readonly<Record<string, readonly string[]>> = {
  mask: [`${project.lib}/mask/mask.ts`],
  adapt: [`${project.lib}/train/adapt.ts`],
  trainTagger: [`${project.lib}/ner/train_tagger.ts`],
  annotate: [`${project.lib}/ner/annotate.ts`],
  find: [`${project.lib}/phi/finders.ts`],
  adaptCausal: [`${project.lib}/synth/adapt_causal.ts`],
  synthesize: [`${project.lib}/synth/sample_corpus.ts`],
  losses: [`${project.lib}/metrics/perplexity/causal_lm.ts`],
  fill: [`${project.lib}/fill/fill.ts`],
  score: [`${project.lib}/metrics/score.ts`, `${project.lib}/metrics/judge.ts`],
};

const fillsSchema: z.ZodType<Fill[][]> = z.array(z.array(
  z.object({
    word: z.number(),
    text: z.string(),
    raw: z.string(),
    valid: z.boolean(),
    left: z.literal(true).exactOptional(),
    refused: z.record(z.string(), z.number()).exactOptional(),
    changed: z.record(z.string(), z.string()).exactOptional(),
  }),
));

/**
 * Steps over a store. A model is opened when a step first has to compute with it, and stays open until another is needed.
 * Models run on one thread unless `options` say otherwise: cells run side by side, and their last digits do not depend on how
 * many do.
 *
 * @throws {Error} from each step: what the step itself throws
 *
 * @example
 * ```ts
 * import { openStore } from "./store.ts";
 * import { openSteps } from "./steps.ts";
 * import { equal } from "node:assert/strict";
 * const corpus = ["Plan was made.", "She was well. He was well."].map((text, i) => (
 *   { id: `${i}`, text, spans: [], meta: { fold: `${i}` } }
 * ));
 * const steps = openSteps(openStore(await Deno.makeTempDir()));
 * const filled = await steps.fill(steps.mask(corpus, { strategy: "random", ratio: 0.5, seed: 42 }), { model: "trigram" });
 * const [rougeL] = await steps.score(corpus, filled, ["rougeL"]);
 * equal(rougeL?.ids.length, 2);
 * await steps.close();
 * ```
 */
export function openSteps(store: Store, given: StepOptions = {}): OpenSteps {
  const { encodings = ENCODINGS, adapted: folder = project.adapted, onFound, trace, ...rest } = given;
  const options = { threads: 1, ...rest };
  const threads = options.threads ?? null;
  const adapted = adaptedModels({ folder, ...onFound && { onFound } });
  const masks = new Map<string, MaskedLetter[]>();
  const modelHashes = remembered(async (model: string) =>
    trace?.models[model] ?? await modelHash(model, options)
  );
  const codeVersions = remembered(async (step: string) =>
    trace?.code[step] ?? await codeVersion(modules[step] ?? [], project.root)
  );
  let used = { models: new Set<string>(), code: new Set<string>() };
  let noted: string[] = [];
  const hashOf = async (model: string) => {
    const planned = adapted.keyOf(model);
    if (planned !== undefined) return planned; // what it was made of is known as used already
    used.models.add(model);
    return await modelHashes.get(model);
  };
  const codeOf = (step: string) => {
    used.code.add(step);
    return codeVersions.get(step);
  };
  const traceOf = async (models: Iterable<string>, code: Iterable<string>): Promise<Trace> => ({
    models: await entries(models, modelHashes.get),
    code: await entries(code, codeVersions.get),
  });
  const filler = oneOpen<OpenFiller>();
  const judge = oneOpen<OpenTokenEncoder>();
  const reader = oneOpen<OpenLanguageModel>();
  const openReader = async ({ model, ...how }: { readonly model: string; readonly window?: number }) =>
    await openMaskedLM(await findModel(model, options), { threads: options.threads, ...how });

  return {
    unfilled,
    mask(letters, how) {
      used.code.add("mask");
      if (hasFunction(how)) return mask(letters, how); // of which nobody can tell whether it is the same
      const key = sha256(JSON.stringify([letters, how]));
      const masked = masks.get(key) ?? mask(letters, how);
      masks.delete(key);
      masks.set(key, masked); // the last used is the last
      for (const oldest of masks.keys()) if (masks.size > MASKS_KEPT) masks.delete(oldest);
      return masked;
    },
    async adapt(letters, how) {
      const { model, ...settings } = how;
      return await adapted.plan({
        model,
        letters: sha256(JSON.stringify(letters.map(({ text }) => text))),
        settings: { threads, ...settings },
        from: { model: await hashOf(model), code: await codeOf("adapt") },
        make: (place) => adapt(letters, how, place, options),
      });
    },
    async trainTagger(letters, how) {
      const { model, dev, ...settings } = how;
      return await adapted.plan({
        model,
        letters: annotatedHash(letters),
        settings: { task: "tagger", threads, ...settings, ...dev && { dev: annotatedHash(dev) } },
        from: { model: await hashOf(model), code: await codeOf("trainTagger") },
        make: (place) => writeTagger(letters, how, place, options),
      });
    },
    async annotate(letters, { taggers, ...how }) {
      const models: string[] = [];
      for (const tagger of taggers) models.push(await hashOf(tagger));
      const annotated = await store.result({
        name: "annotate",
        inputs: {
          letters: sha256(JSON.stringify(letters.map(({ text }) => text))),
          models,
          how: { ...how },
          code: await codeOf("annotate"),
        },
        schema: annotationsSchema,
        async compute() {
          for (const tagger of taggers) await adapted.ready(tagger);
          return await annotations(letters, { taggers, ...how }, options);
        },
      });
      const nothing = nothingFound(letters, { taggers }, annotated);
      if (nothing !== undefined) noted.push(nothing);
      return annotatedLetters(letters, annotated);
    },
    async find(letters, how) {
      const tagger = taggerOf(how);
      const spans = await store.result({
        name: "find",
        inputs: {
          letters: sha256(JSON.stringify(letters.map(({ text }) => text))),
          model: tagger === undefined ? null : await hashOf(tagger),
          how: JSON.stringify(how),
          code: await codeOf("find"),
        },
        schema: findingsSchema,
        compute: () => findings(letters, how, options),
      });
      return letters.map((letter, i) => ({ ...letter, spans: spans[i] ?? [] }));
    },
    async adaptCausal(letters, how) {
      const { model, lora, ...settings } = how;
      return await adapted.plan({
        model,
        letters: sha256(JSON.stringify(letters.map(({ text }) => text))),
        settings: {
          task: "causal",
          threads,
          ...settings,
          lora: lora === undefined ? null : JSON.stringify(lora),
        },
        from: { model: await hashOf(model), code: await codeOf("adaptCausal") },
        make: (place) => adaptCausal(letters, how, place, options),
      });
    },
    async synthesize(prompts, { model, training, ...how }) {
      const groups: SampledCorpus[] = [];
      for (const group of promptGroups(prompts, how.samples ?? SAMPLES)) {
        groups.push(
          await store.result({
            name: "synthesize",
            inputs: {
              prompts: group.map(({ id, text }) => [id, text]),
              model: await hashOf(model),
              training: training ? sha256(JSON.stringify(training.map(({ text }) => text))) : null,
              how: JSON.stringify(how),
              code: await codeOf("synthesize"),
            },
            schema: samplesSchema,
            async compute() {
              await adapted.ready(model);
              return await samples(group, { model, ...how, ...training && { training } }, options);
            },
          }),
        );
      }
      return together(groups);
    },
    async losses(texts, { model }) {
      return await store.result({
        name: "losses",
        inputs: {
          texts: sha256(JSON.stringify(texts)),
          model: await hashOf(model),
          code: await codeOf("losses"),
        },
        schema: z.array(z.number()),
        async compute() {
          await adapted.ready(model);
          return await textLosses(texts, model, options);
        },
      });
    },
    async fill(masked, { model, leftModel, models: _, threads: __, candidates: ___, ...how }) {
      const letters = masked.map(({ letter }) => letter);
      const content = masked.map((one) => [one.letter, one.masked, one.masks ?? null]);
      const fills = await store.result({
        name: "fill",
        inputs: {
          letters: sha256(JSON.stringify(content)),
          model: await hashOf(model),
          leftModel: leftModel === undefined ? null : await hashOf(leftModel),
          how: JSON.stringify(how),
          code: await codeOf("fill"),
        },
        schema: fillsSchema,
        async compute() {
          for (const one of [model, leftModel]) if (one !== undefined) await adapted.ready(one);
          const asked = { ...options, ...how, model, ...leftModel !== undefined && { leftModel } };
          const key = JSON.stringify([asked, sha256(JSON.stringify(letters))]);
          return await (await filler.open(key, () => openWriter(letters, asked))).fill(masked);
        },
      });
      return filledLetters(masked, fills);
    },
    async score(corpus, candidates, metrics, judgedBy = defaultJudge, read = { model: judgedBy.encoder }) {
      const pairs = pairsOf(corpus, candidates);
      const judged = needsJudge(metrics); // an unknown metric fails here, before any work
      const reads = metrics.some((name) => metricNamed(name).needsLanguageModel === "masked");
      const stored = await store.result({
        name: "score",
        inputs: {
          pairs: sha256(JSON.stringify(pairs)),
          metrics,
          judge: judged
            ? { name: judgedBy.encoder, model: await hashOf(judgedBy.encoder), layer: judgedBy.layer }
            : null,
          ...reads && { reader: { ...read, model: await hashOf(read.model) } },
          code: await codeOf("score"),
        },
        schema: scoresSchema,
        async compute() {
          const originals = corpus.map(({ text }) => text);
          const key = `${judgedBy.encoder} ${judgedBy.layer} ${sha256(JSON.stringify(originals))}`;
          const open = () => openRemembering(judgedBy, options, originals, encodings);
          const scores = await score(pairs, metrics, {
            ...judged && { encoder: await judge.open(key, open) },
            ...reads && { maskedLM: await reader.open(JSON.stringify(read), () => openReader(read)) },
          });
          return storedScores(scores);
        },
      });
      return loadedScores(stored);
    },
    note: (sentence) => void noted.push(sentence),
    notes: () => noted,
    begin() {
      noted = [];
      used = { models: new Set(), code: new Set() };
    },
    trace: () => traceOf(used.models, used.code),
    now: ({ models, code }) => traceOf(Object.keys(models), Object.keys(code)),
    async close() {
      await filler.close();
      await judge.close();
      await reader.close();
    },
  };
}

function hasFunction(value: unknown): boolean {
  if (typeof value === "function") return true;
  return typeof value === "object" && value !== null &&
    (value instanceof Map || Object.values(value).some(hasFunction));
}

async function entries(
  names: Iterable<string>,
  valueOf: (name: string) => Promise<string>,
): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const name of [...names].sort()) made[name] = await valueOf(name);
  return made;
}
