/** Adapt, sample, annotate, train, test: a cell of the data-constrained study. @module */

import type { Letter } from "../../corpus/letter.ts";
import type { Steps } from "../../experiment/steps.ts";
import type { Scores } from "../../metrics/metric.ts";
import { told } from "../../synth/synthesize.ts";
import { BUDGETS, type Effort, taggerSteps } from "./effort.ts";
import { modelsFor, type StudyModels } from "./models.ts";
import { promptsOf, shareOf, type Split, splitOf, textsOf } from "./split.ts";

/** Of tagged letters against gold: words, as the paper counts, and whole spans. */
export const METRICS = ["token-f1", "span-f1"] as const;

/** What is said of a score that is 0 because nothing was found. */
export const NOTHING = "F1 is 0 for that reason alone";

/** Where a cell stands. */
export interface Place {
  readonly corpus: readonly Letter[];
  readonly fold: number;
  readonly seed: number;
  readonly effort: Effort;
  /** Left out: the project's own for the corpus's language. */
  readonly models?: StudyModels;
}

/** What the synthetic letters are made with; shares are of the letters that are not tested on. */
export interface Recipe {
  /** The share that the decoder is adapted to; 0: it is taken as it is. */
  readonly adaptation: number;
  /** The share that the annotator learns from. */
  readonly annotator: number;
  /** Synthetic texts for each text that is not tested on. */
  readonly amount: number;
  readonly decoder: "large" | "small";
}

/** All data that there are, at the paper's amount of synthetic text. */
export const ALL: Recipe = { adaptation: 0.95, annotator: 0.95, amount: 4, decoder: "large" };

/** Trains a tagger on the share's gold spans and tests it. */
export async function goldScores(place: Place, share: number, steps: Steps): Promise<Scores[]> {
  const split = splitOf(place.corpus, place.fold);
  const tagger = await taggerOf(shareOf(split, share, place.fold), place, steps);
  return await tested(tagger, split, place, steps);
}

/** Scores of a tagger on the fold's gold letters; one that finds nothing is reported. */
async function tested(tagger: string, { test }: Split, { fold }: Place, steps: Steps): Promise<Scores[]> {
  const tagged = await steps.annotate(test, { taggers: [tagger] });
  if (!tagged.some(({ spans }) => spans.length > 0)) {
    steps.note(`fold ${fold}: the tagger found nothing in ${test.length} letters: ${NOTHING}`);
  }
  return await steps.score(test, tagged, [...METRICS]);
}

/**
 * Samples letters from an adapted decoder, has an annotator label them, trains a tagger on that and tests it on gold. Where there is
 * nothing to train on (the filters left out every sample, or the annotator found nothing) the tagger finds nothing, and a note says why.
 */
export async function syntheticScores(place: Place, recipe: Recipe, steps: Steps): Promise<Scores[]> {
  const { fold, corpus } = place;
  const split = splitOf(corpus, fold);
  const { letters, counts } = await sampledLetters(place, split, recipe, steps);
  steps.note(`fold ${fold}: ${told(counts)}`);
  const annotator = await taggerOf(shareOf(split, recipe.annotator, fold), place, steps);
  const annotated = await steps.annotate(letters, { taggers: [annotator] });
  const found = annotated.reduce((sum, { spans }) => sum + spans.length, 0);
  steps.note(`fold ${fold}: the annotator found ${found} spans in ${letters.length} sampled letters`);
  if (found > 0) return await tested(await taggerOf(annotated, place, steps), split, place, steps);
  steps.note(`fold ${fold}: nothing to train a tagger on, so that nothing is found: ${NOTHING}`);
  return await steps.score(split.test, split.test.map((letter) => ({ ...letter, spans: [] })), [...METRICS]);
}

/** The decoder of a recipe, adapted to texts. */
export async function adaptedDecoder(
  { corpus, effort, seed, models = modelsFor(corpus) }: Place,
  texts: readonly Letter[],
  decoder: Recipe["decoder"],
  epochs: number | undefined,
  steps: Steps,
): Promise<string> {
  const model = decoder === "large" ? models.decoder : models.smaller;
  const { adaptation } = BUDGETS[effort];
  return await steps.adaptCausal(texts, {
    ...{ model, seed, ...adaptation },
    ...epochs !== undefined && { epochs },
    ...models.lora && { lora: models.lora },
  });
}

/** Texts that an adapted decoder writes on from the first words of held-out texts. */
async function sampledLetters(place: Place, split: Split, recipe: Recipe, steps: Steps) {
  const { corpus, models = modelsFor(corpus), fold } = place;
  const { adaptation, decoder, amount } = recipe;
  const training = adaptation > 0 ? textsOf(shareOf(split, adaptation, fold)) : undefined;
  const model = training
    ? await adaptedDecoder(place, training, decoder, undefined, steps)
    : decoder === "large"
    ? models.decoder
    : models.smaller;
  return await sampledFrom(place, split, { model, amount, ...training && { training } }, steps);
}

/** Texts that a model writes on from the first words of held-out texts, as many as asked for beside those not tested on. */
export async function sampledFrom(
  { effort, seed }: Pick<Place, "effort" | "seed">,
  split: Split,
  { model, amount, training }: {
    readonly model: string;
    readonly amount: number;
    readonly training?: readonly Letter[];
  },
  steps: Steps,
) {
  const { maxTokens, texts = textsOf(split.rest).length } = BUDGETS[effort];
  const prompts = promptsOf(textsOf(split.heldOut));
  const wanted = Math.max(1, Math.round(amount * texts));
  return await steps.synthesize(prompts.slice(0, wanted), {
    ...{ model, seed, maxTokens, topP: 0.95, temperature: 1, begin: true },
    samples: Math.max(1, Math.round(wanted / prompts.length)),
    ...training && { training },
  });
}

async function taggerOf(
  letters: readonly Letter[],
  { corpus, effort, seed, models = modelsFor(corpus) }: Place,
  steps: Steps,
): Promise<string> {
  const { tagger } = BUDGETS[effort];
  const { batch, learningRate, classWeights } = tagger;
  return await steps.trainTagger(letters, {
    ...{ model: models.encoder, seed, batch, learningRate, steps: taggerSteps(letters, tagger) },
    ...classWeights && { classWeights },
  });
}
