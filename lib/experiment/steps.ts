/** The steps that experiments are made of, with a memory. @module */

import { z } from "zod";
import type { ModelOptions } from "../checkpoint/find_model.ts";
import type { Letter } from "../corpus/letter.ts";
import { type FilledLetter, filledLetters, type FillOptions, openWriter, unfilled } from "../fill/fill.ts";
import type { Fill } from "../fill/filler.ts";
import { modelHash, type OpenFiller } from "../fill/models.ts";
import { mask, type MaskedLetter, type MaskOptions } from "../mask/mask.ts";
import type { OpenTokenEncoder } from "../metrics/encoder_embeddings.ts";
import { defaultJudge, type Judge, needsJudge, openRemembering } from "../metrics/judge.ts";
import { ENCODINGS } from "../metrics/bertscore/remembering_encoder.ts";
import type { Scores } from "../metrics/metric.ts";
import { score } from "../metrics/score.ts";
import { pairsOf } from "../metrics/score_letters.ts";
import type { AdaptOptions } from "../train/adapt.ts";
import { project } from "../project.ts";
import { adaptedModels } from "./adapted_models.ts";
import { codeVersion } from "./code_version.ts";
import { sha256 } from "../sha256.ts";
import { oneOpen } from "./one_open.ts";
import { remembered } from "./remembered.ts";
import type { Store } from "./store.ts";
import { loadedScores, scoresSchema, storedScores } from "./stored_scores.ts";
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
  /** The chosen metrics of each candidate against the letter of the corpus with its id. */
  score(
    corpus: readonly Letter[],
    candidates: readonly (Letter | FilledLetter)[],
    metrics: readonly string[],
    judge?: Judge,
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
}

/** Steps that hold models open. */
export interface OpenSteps extends Steps {
  /** Forgets what was used so far: another cell begins. */
  begin(): void;
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
  const { encodings = ENCODINGS, adapted: folder = project.adapted, onFound, ...rest } = given;
  const options = { threads: 1, ...rest };
  const adapted = adaptedModels({ ...options, folder, ...onFound && { onFound } });
  const masks = new Map<string, MaskedLetter[]>();
  const modelHashes = remembered((model: string) => modelHash(model, options));
  const codeVersions = remembered((step: string) => codeVersion(modules[step] ?? [], project.root));
  let used = { models: new Set<string>(), code: new Set<string>() };
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
      const from = { model: await hashOf(how.model), code: await codeOf("adapt") };
      return await adapted.plan(letters, how, from);
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
    async score(corpus, candidates, metrics, judgedBy = defaultJudge) {
      const pairs = pairsOf(corpus, candidates);
      const judged = needsJudge(metrics); // an unknown metric fails here, before any work
      const stored = await store.result({
        name: "score",
        inputs: {
          pairs: sha256(JSON.stringify(pairs)),
          metrics,
          judge: judged
            ? { name: judgedBy.encoder, model: await hashOf(judgedBy.encoder), layer: judgedBy.layer }
            : null,
          code: await codeOf("score"),
        },
        schema: scoresSchema,
        async compute() {
          const originals = corpus.map(({ text }) => text);
          const key = `${judgedBy.encoder} ${judgedBy.layer} ${sha256(JSON.stringify(originals))}`;
          const open = () => openRemembering(judgedBy, options, originals, encodings);
          const scores = await score(pairs, metrics, judged ? { encoder: await judge.open(key, open) } : {});
          return storedScores(scores);
        },
      });
      return loadedScores(stored);
    },
    begin() {
      used = { models: new Set(), code: new Set() };
    },
    trace: () => traceOf(used.models, used.code),
    now: ({ models, code }) => traceOf(Object.keys(models), Object.keys(code)),
    async close() {
      await filler.close();
      await judge.close();
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
