/** What the synthetic letters of the data-constrained study give away. @module */

import type { Letter } from "../../corpus/letter.ts";
import { experiment } from "../../experiment/experiment.ts";
import type { Steps } from "../../experiment/steps.ts";
import type { Scores } from "../../metrics/metric.ts";
import { exposure } from "../../metrics/privacy/exposure.ts";
import { longestRuns, ngramRecall } from "../../metrics/privacy/memorisation_metrics.ts";
import { metricNamed } from "../../metrics/registry.ts";
import { told } from "../../synth/synthesize.ts";
import { canariesOf, planted } from "./canaries.ts";
import type { Effort } from "./effort.ts";
import { adaptedDecoder, type Place, sampledFrom } from "./pipeline.ts";
import { shareOf, splitOf, textsOf } from "./split.ts";
import type { StudyOptions } from "./study.ts";

/** Words of n-grams, of which the paper prints 5. */
const NGRAMS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** Whose text is looked for. */
const adaptedTo = "adapted to";
const unseen = "unseen";

interface PrivacyCell extends Place {
  readonly whose: typeof adaptedTo | typeof unseen;
  readonly adaptation: number;
  readonly epochs: number;
}

const efforts: readonly Effort[] = ["full"];
const quickly: readonly Effort[] = ["quick"];

/** Claim (f) of the paper, and what else tells of memorised text; options as of `studyOf()`. */
export function privacyOf({ models, module }: StudyOptions = {}) {
  return experiment({
    name: "data_constrained_privacy",
    ...module !== undefined && { module },
    question: "How much of the letters that a model was adapted to comes back in what it writes?",
    factors: {
      ...{ whose: [adaptedTo, unseen], adaptation: [0.05, 0.25, 0.95], epochs: [2, 10, 40] },
      ...{ effort: efforts, seed: [42], fold: [0, 1, 2] },
    },
    quick: {
      letters: 20,
      factors: { adaptation: [0.05, 0.95], epochs: [2, 40], effort: quickly, fold: [0, 1] },
    },
    compare: "whose",
    run: (cell, steps) => privacyScores({ ...cell, ...models && { models } }, steps),
    claims: [
      {
        says: "The more letters a model is adapted to, the less of each comes back.",
        source: "Data-constrained synthesis f",
        figure: "ngrams",
        metric: "ngram-recall",
        of: { whose: adaptedTo, adaptation: 0.05 },
        over: { whose: adaptedTo, adaptation: 0.95 },
        atLeast: 0,
      },
      {
        says: "Letters that a model was adapted to come back more than letters that it never saw.",
        figure: "ngrams",
        metric: "ngram-recall",
        of: { whose: adaptedTo, adaptation: 0.95 },
        over: { whose: unseen, adaptation: 0.95 },
        atLeast: 0,
      },
      {
        says: "More epochs give away more of planted secrets.",
        figure: "exposure",
        metric: "exposure",
        of: { whose: adaptedTo, epochs: 40 },
        over: { whose: adaptedTo, epochs: 2 },
        atLeast: 0,
      },
      {
        says: "A secret that was planted is known better than one that was not.",
        figure: "exposure",
        metric: "exposure",
        of: { whose: adaptedTo, epochs: 40 },
        over: { whose: unseen, epochs: 40 },
        atLeast: 0,
      },
    ],
  });
}

/** A value for every letter of the corpus, whichever fold it is in, so that conditions pair letter by letter. */
async function privacyScores(
  { whose, adaptation, epochs, ...place }: PrivacyCell,
  steps: Steps,
): Promise<Scores[]> {
  const { corpus, fold } = place;
  const split = splitOf(corpus, fold);
  const share = shareOf(split, adaptation, fold);
  const canaries = canariesOf(`fold ${fold}`);
  const training = planted(textsOf(share), canaries.planted);
  const model = await adaptedDecoder(place, training, "large", epochs, steps);
  const { letters: sampled, counts } = await sampledFrom(place, split, { model, amount: 1 }, steps);
  steps.note(`fold ${fold}: ${told(counts)}`);
  const synthetic = sampled.map(({ text }) => text);
  const own = whose === adaptedTo ? share : split.test;
  const reason = whose === adaptedTo ? "not adapted to" : "not in this fold's test";
  const measure = (metric: string, of: (texts: readonly string[]) => Float64Array) =>
    overCorpus(corpus, own, metric, of, reason);
  const others = await steps.losses(canaries.others, { model });
  const secrets = whose === adaptedTo ? canaries.planted : canaries.control;
  const losses = await steps.losses(secrets, { model });
  return [
    ...NGRAMS.map((n) =>
      measure(n === 5 ? "ngram-recall" : `ngram-recall-n=${n}`, (texts) => ngramRecall(texts, synthetic, n))
    ),
    measure("longest-copied-run", (texts) => longestRuns(texts, synthetic)),
    {
      metric: "exposure",
      signature: metricNamed("exposure").signature({}),
      ids: losses.map((_, i) => `canary ${fold}-${i + 1}`),
      values: Float64Array.from(losses, (loss) => exposure(loss, others).exposure),
    },
  ];
}

function overCorpus(
  corpus: readonly Letter[],
  own: readonly Letter[],
  metric: string,
  measure: (texts: readonly string[]) => Float64Array,
  reason: string,
): Scores {
  const measured = measure(own.map(({ text }) => text));
  const places = new Map(own.map(({ id }, i) => [id, i]));
  const values = Float64Array.from(corpus, ({ id }) => measured[places.get(id) ?? -1] ?? NaN);
  const unscored = new Map<number, string>();
  for (const [i, { id }] of corpus.entries()) {
    if (Number.isNaN(values[i] ?? NaN)) unscored.set(i, places.has(id) ? "too short" : reason);
  }
  return {
    ...{ metric, signature: metricNamed(metric).signature({}), ids: corpus.map(({ id }) => id), values },
    unscored,
  };
}
