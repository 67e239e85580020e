/** Does a tagger that learns from synthetic letters do as well as one that learns from real ones? @module */

import type { Letter } from "../../corpus/letter.ts";
import { experiment } from "../../experiment/experiment.ts";
import type { Steps } from "../../experiment/steps.ts";
import { phiKindOf } from "../../phi/labels.ts";
import { random } from "../../random.ts";
import { lettersOf } from "./kinds.ts";
import { nestedAnnotators, type Place, placesOf } from "./nested_folds.ts";
import {
  both,
  dropped,
  gold,
  type Making,
  masked,
  originals,
  shuffled,
  synthetic,
  type Training,
  type TrainingName,
  trainingNamed,
  TRAININGS,
} from "./trainings.ts";

/** What taggers are tested on: real letters with gold spans, or, as the paper does, letters of the kind that they learnt from, with its annotator's. */
export const [onGold, onOwn] = ["real letters, gold labels", "own kind, silver labels"] as const;

/** Trainings that are all of one kind with silver labels, so that there is a kind of their own to test on. */
const ownKinds: readonly TrainingName[] = TRAININGS.flatMap((training: Training & { name: TrainingName }) => {
  const [only, ...others] = training.parts;
  const whole = only?.quarters.length === 4 && only.labels === "silver" && others.length === 0;
  return whole ? [training.name] : [];
});

/** Trainings with a claim about them, which are repeated. */
const claimed: readonly TrainingName[] = [gold, originals, synthetic, masked, dropped, shuffled, both];

/** What is held fixed, but for the quick profile. */
const effort: {
  readonly annotator: readonly string[];
  readonly folds: readonly number[];
  readonly steps: readonly number[];
} = { annotator: ["encoder-clinical"], folds: [5], steps: [160] };

/** Of taggers that start from the small encoder; the others take half of it. */
const LEARNING_RATE = 1e-3;

/** Scores of letters, and what micro F1 is made of. */
const metrics = ["span-f1", "token-f1", "spans-correct", "spans-found", "spans-gold"];

/** How far apart two F1 may be and still serve alike. */
const MARGIN = 0.02;

/**
 * Synthetic4Health's sixth claim (arXiv 2409.09501). Letters are masked and filled; an annotator marks clinical entities in originals and
 * in what was made of them; a tagger learns from each kind, for as many steps. Folds are nested: what a tagger learns from, the
 * annotator's knowledge included, is of other letters than those of its test.
 */
export const downstreamNer = experiment({
  name: "downstream_ner",
  module: import.meta.url,
  question: "Does a tagger that learns from synthetic letters do as well as one that learns from real ones?",
  factors: {
    tested: [onGold, onOwn], // first, so that taggers are there when they are tested a second time
    training: TRAININGS.map(({ name }) => name),
    tagger: ["encoder-small"],
    ...effort,
    seed: [42, 43],
  },
  without: [
    { tested: [onOwn], training: TRAININGS.flatMap(({ name }) => ownKinds.includes(name) ? [] : [name]) },
    { training: TRAININGS.flatMap(({ name }) => claimed.includes(name) ? [] : [name]), seed: [43] },
  ],
  quick: {
    letters: 12,
    factors: { training: claimed, annotator: ["encoder-small"], folds: [3], steps: [20], seed: [42] },
  },
  compare: "training",
  run: async ({ corpus, tested, training, tagger, annotator, folds, steps, seed }, all) => {
    const clinical = corpus.map(withClinicalSpans);
    const places = placesOf(clinical, folds);
    const annotatorWithout = nestedAnnotators(
      clinical,
      places,
      (letters) =>
        all.trainTagger(letters, {
          ...{ model: annotator, steps, seed: 42 },
          learningRate: annotator === tagger ? LEARNING_RATE : LEARNING_RATE / 2,
        }),
    );
    const kinds = new Map<string, Promise<Letter[]>>();
    const lettersAs = (making: Making) => {
      const key = JSON.stringify(making);
      const made = kinds.get(key) ?? lettersOf(making, corpus, all);
      kinds.set(key, made);
      return made;
    };
    const context = { places, folds, annotatorWithout, lettersAs, all };
    const { parts } = trainingNamed(training);
    const goldLetters: Letter[] = [];
    const found: Letter[] = [];
    // Cells that run side by side should not all begin with the annotators of one fold.
    const order = random(`${training}/${seed}`).shuffle(Array.from({ length: folds }, (_, fold) => fold));
    for (const fold of order) {
      const learnt: Letter[] = [];
      for (const part of parts) learnt.push(...await lettersToLearn(part, fold, context));
      const path = await all.trainTagger(learnt, {
        ...{ model: tagger, steps, seed, learningRate: LEARNING_RATE },
      });
      const test = tested === onGold ? inFold(clinical, places, fold) : await ownKind(parts, fold, context);
      goldLetters.push(...test);
      found.push(...await all.annotate(test, { taggers: [path] }));
    }
    const byId = new Map(goldLetters.map((letter) => [letter.id, letter]));
    const inOrder = corpus.flatMap(({ id }) => byId.get(id) ?? []);
    return await all.score(
      inOrder,
      found.toSorted((a, b) => placeIn(corpus, a) - placeIn(corpus, b)),
      metrics,
    );
  },
  claims: [
    {
      says: "Tested each on its own kind, a tagger of synthetic letters does as well as one of originals.",
      source: "Synthetic4Health 6",
      figure: "trainings",
      metric: "span-f1",
      of: { tested: onOwn, training: synthetic },
      over: { tested: onOwn, training: originals },
      within: MARGIN,
    },
    {
      says: "Tested on real letters, a tagger of synthetic letters does as well as one of originals.",
      source: "Synthetic4Health 6",
      figure: "trainings",
      metric: "span-f1",
      of: { tested: onGold, training: synthetic },
      over: { tested: onGold, training: originals },
      within: MARGIN,
    },
    {
      says: "Context has a limited effect: fills dealt out anew among the blanks serve as well.",
      source: "Synthetic4Health 6",
      figure: "trainings",
      metric: "span-f1",
      of: { tested: onGold, training: shuffled },
      over: { tested: onGold, training: synthetic },
      within: MARGIN,
    },
    {
      says: "Synthetic letters serve better than letters with blanks.",
      figure: "trainings",
      metric: "span-f1",
      of: { tested: onGold, training: synthetic },
      over: { tested: onGold, training: masked },
      atLeast: 0,
    },
    {
      says: "Synthetic letters serve better than letters without the masked words.",
      figure: "trainings",
      metric: "span-f1",
      of: { tested: onGold, training: synthetic },
      over: { tested: onGold, training: dropped },
      atLeast: 0,
    },
    {
      says: "Synthetic letters beside the originals serve better than the originals alone.",
      figure: "trainings",
      metric: "span-f1",
      of: { tested: onGold, training: both },
      over: { tested: onGold, training: originals },
      atLeast: 0,
    },
    {
      says: "Gold labels serve better than an annotator's.",
      figure: "trainings",
      metric: "span-f1",
      of: { tested: onGold, training: gold },
      over: { tested: onGold, training: originals },
      atLeast: 0,
    },
  ],
});

interface Context {
  readonly places: ReadonlyMap<string, Place>;
  readonly folds: number;
  readonly annotatorWithout: (fold: number, other: number) => Promise<string>;
  /** All letters as a kind has them. */
  readonly lettersAs: (making: Making) => Promise<Letter[]>;
  readonly all: Pick<Steps, "annotate">;
}

type Parts = Training["parts"];

/** The letters of a part that are not of the test's fold, each annotated by who saw neither its fold nor the test's. */
async function lettersToLearn(
  { making, labels, quarters }: Parts[number],
  test: number,
  { places, folds, annotatorWithout, lettersAs, all }: Context,
): Promise<Letter[]> {
  const made = (await lettersAs(making)).filter(({ id }) =>
    quarters.includes((places.get(id)?.index ?? NaN) % 4)
  );
  const learnt: Letter[] = [];
  for (let fold = 0; fold < folds; fold++) {
    if (fold === test) continue;
    const letters = inFold(made, places, fold);
    if (letters.length === 0) continue; // a quarter of few letters
    learnt.push(
      ...labels === "gold"
        ? letters.map(withClinicalSpans)
        : await all.annotate(letters, { taggers: [await annotatorWithout(fold, test)] }),
    );
  }
  return learnt;
}

/** The letters of the test's fold as they are in a kind, annotated by all that saw none of them, together. */
async function ownKind(
  parts: Parts,
  test: number,
  { places, folds, annotatorWithout, lettersAs, all }: Context,
) {
  const [part] = parts;
  if (!part) return [];
  const letters = inFold(await lettersAs(part.making), places, test);
  const taggers: string[] = [];
  for (let fold = 0; fold < folds; fold++) {
    if (fold !== test) taggers.push(await annotatorWithout(fold, test));
  }
  return await all.annotate(letters, { taggers });
}

function inFold(letters: readonly Letter[], places: ReadonlyMap<string, Place>, fold: number): Letter[] {
  return letters.filter(({ id }) => places.get(id)?.fold === fold);
}

/** Entities that identify no one. */
function withClinicalSpans({ id, text, spans, meta }: Letter): Letter {
  return { id, text, spans: spans.filter(({ label }) => phiKindOf(label) === undefined), meta };
}

function placeIn(corpus: readonly Letter[], { id }: Letter): number {
  return corpus.findIndex((letter) => letter.id === id);
}
