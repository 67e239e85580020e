/**
 * The tables of "Data-constrained synthesis of training data for de-identification" (Vakili, Henriksson, Dalianis, ACL 2025, arXiv
 * 2502.14677), as experiments: how much real data does it take until a tagger that learns from synthetic letters is worth having?
 *
 * @module
 */

import { experiment } from "../../experiment/experiment.ts";
import type { Effort } from "./effort.ts";
import type { StudyModels } from "./models.ts";
import { ALL, goldScores, type Recipe, syntheticScores } from "./pipeline.ts";

const PAPER = "Data-constrained synthesis";

/** What the paper loses at most where it speaks of small losses: 0.030 of token F1, on the Swedish corpus. */
const LITTLE = 0.03;
/** Differences within this are none: the paper's are 0.000 to 0.013 of token F1. */
const SAME = 0.02;

/** The small part shows that everything works, with other settings than the study's. */
const efforts: readonly Effort[] = ["full"];
const quickly: readonly Effort[] = ["quick"];

/** What all the study's experiments have. Folds vary fastest, so that cells that run side by side make models of different folds. */
const repeated = { effort: efforts, seed: [42], fold: [0, 1, 2, 3, 4] } as const;
const small = { effort: quickly, fold: [0] } as const;
const QUICK_LETTERS = 20;

/** Each part of the pipeline starved by itself, the other having all data. */
const STARVED = {
  "nothing": {},
  "adaptation 0%": { adaptation: 0 },
  "adaptation 5%": { adaptation: 0.05 },
  "adaptation 25%": { adaptation: 0.25 },
  "adaptation 50%": { adaptation: 0.5 },
  "adaptation 75%": { adaptation: 0.75 },
  "annotator 5%": { annotator: 0.05 },
  "annotator 25%": { annotator: 0.25 },
  "annotator 50%": { annotator: 0.5 },
  "annotator 75%": { annotator: 0.75 },
} as const satisfies Readonly<Record<string, Partial<Recipe>>>;

const starved = [
  ...["nothing", "adaptation 0%", "adaptation 5%", "adaptation 25%", "adaptation 50%", "adaptation 75%"],
  ...["annotator 5%", "annotator 25%", "annotator 50%", "annotator 75%"],
] as const satisfies readonly (keyof typeof STARVED)[];

/** How a study is set up. */
export interface StudyOptions {
  /** Left out: the project's models for the corpus's language. */
  readonly models?: StudyModels;
  /** `import.meta.url` of a module that exports the experiments as they are. Left out: cells run in one process. */
  readonly module?: string;
}

/**
 * The study's experiments, with models of one's own: FLOR-1.3B with low-rank adaptation, say. They run cell by cell in this process;
 * those of the project's own models, which `data_constrained.ts` exports, run side by side.
 *
 * @example
 * ```ts
 * import { studyOf } from "./study.ts";
 * import { equal } from "node:assert/strict";
 * const models = { decoder: "models/FLOR-1.3B", smaller: "decoder-spanish", encoder: "models/my-encoder", lora: { rank: 8, alpha: 32 } };
 * equal(studyOf({ models }).all.name, "data_constrained");
 * ```
 */
export function studyOf({ models, module }: StudyOptions = {}) {
  const own = { ...models && { models } };
  const where = { ...module !== undefined && { module } };
  return {
    /** The tagger on gold and on synthetic letters, all parts having the same share of the data. */
    all: experiment({
      name: "data_constrained",
      ...where,
      question:
        "Does a tagger that learns from synthetic letters do as well as one that learns from real ones, and from how few?",
      factors: { trained: ["gold", "synthetic"], share: [0.05, 0.25, 0.5, 0.75, 0.95], ...repeated },
      quick: { letters: QUICK_LETTERS, factors: { share: [0.25, 0.95], ...small, fold: [0, 1] } },
      compare: "trained",
      run: ({ trained, share, ...place }, steps) =>
        trained === "gold"
          ? goldScores({ ...place, ...own }, share, steps)
          : syntheticScores({ ...place, ...own }, { ...ALL, adaptation: share, annotator: share }, steps),
      claims: [
        {
          says: "A tagger that learns from synthetic letters loses little against one that learns from gold.",
          source: `${PAPER} a`,
          figure: "shares",
          metric: "token-f1",
          of: { trained: "synthetic", share: 0.95 },
          over: { trained: "gold", share: 0.95 },
          atLeast: -LITTLE,
        },
        {
          says: "Nor does it lose much in whole spans.",
          figure: "shares",
          metric: "span-f1",
          of: { trained: "synthetic", share: 0.95 },
          over: { trained: "gold", share: 0.95 },
          atLeast: -LITTLE,
        },
      ],
    }),
    /** One part of the pipeline with less data, the other with all of them. */
    parts: experiment({
      name: "data_constrained_parts",
      ...where,
      question: "Which needs the data: the model that writes, or the annotator?",
      factors: { starved, ...repeated },
      quick: {
        letters: QUICK_LETTERS,
        factors: {
          starved: ["nothing", "adaptation 0%", "adaptation 5%", "adaptation 25%", "annotator 5%"],
          ...small,
        },
      },
      compare: "starved",
      run: ({ starved, ...place }, steps) =>
        syntheticScores({ ...place, ...own }, { ...ALL, ...STARVED[starved] }, steps),
      claims: [
        {
          says: "A quarter of the data suffices to adapt the model.",
          source: `${PAPER} b`,
          figure: "parts",
          metric: "token-f1",
          of: { starved: "adaptation 25%" },
          over: { starved: "nothing" },
          atLeast: -LITTLE,
        },
        {
          says: "A model that is not adapted at all writes worse text to learn from.",
          source: `${PAPER} b`,
          figure: "parts",
          metric: "token-f1",
          of: { starved: "nothing" },
          over: { starved: "adaptation 0%" },
          atLeast: 0,
        },
        {
          says:
            "What decides is the annotator: with 5% of the data it costs more than a model adapted to 5%.",
          source: `${PAPER} c`,
          figure: "parts",
          metric: "token-f1",
          of: { starved: "adaptation 5%" },
          over: { starved: "annotator 5%" },
          atLeast: 0,
        },
      ],
    }),
    /** A larger model against a smaller one. */
    size: experiment({
      name: "data_constrained_size",
      ...where,
      question: "Does the size of the model that writes matter?",
      factors: { decoder: ["large", "small"], ...repeated },
      quick: { letters: QUICK_LETTERS, factors: small },
      compare: "decoder",
      run: ({ decoder, ...place }, steps) =>
        syntheticScores({ ...place, ...own }, { ...ALL, decoder }, steps),
      claims: [{
        says: "The size of the model that writes matters little.",
        source: `${PAPER} d`,
        figure: "size",
        metric: "token-f1",
        of: { decoder: "large" },
        over: { decoder: "small" },
        within: SAME,
      }],
    }),
    /** More or less synthetic text, as a multiple of the original's. */
    amount: experiment({
      name: "data_constrained_amount",
      ...where,
      question: "How much synthetic text is enough?",
      factors: { amount: [0.05, 1, 4], ...repeated },
      quick: { letters: QUICK_LETTERS, factors: small },
      compare: "amount",
      run: ({ amount, ...place }, steps) => syntheticScores({ ...place, ...own }, { ...ALL, amount }, steps),
      claims: [
        {
          says: "Beyond the size of the original, more synthetic text adds little.",
          source: `${PAPER} e`,
          figure: "amount",
          metric: "token-f1",
          of: { amount: 4 },
          over: { amount: 1 },
          within: SAME,
        },
        {
          says: "Up to the size of the original, more synthetic text helps.",
          source: `${PAPER} e`,
          figure: "amount",
          metric: "token-f1",
          of: { amount: 1 },
          over: { amount: 0.05 },
          atLeast: 0,
        },
      ],
    }),
  };
}
