/** What does the choice of masked words, and of how many, do to a letter? @module */

import type { Letter } from "../corpus/letter.ts";
import { experiment } from "../experiment/experiment.ts";
import type { MaskedLetter, MaskOptions } from "../mask/mask.ts";

/** The ways of masking that are compared. */
const strategies = [
  "random",
  "stopwords",
  "nouns",
  "verbs",
  "adjectives",
  "nouns and verbs",
  "stopwords, half the nouns",
  "spans",
  "rarest",
  "away from entities",
] as const;

type Strategy = typeof strategies[number];

/** A level of the experiment as options of masking. */
function optionsOf(strategy: Strategy, ratio: number, seed: number): MaskOptions {
  switch (strategy) {
    case "nouns and verbs":
      return { strategy: "classes", classes: ["nouns", "verbs"], ratio, seed };
    case "stopwords, half the nouns":
      return { strategy: "hybrid", ratios: { stopwords: ratio, nouns: ratio / 2 }, seed };
    case "away from entities":
      return { strategy: "away-from-entities", distance: 3, ratio, seed };
    default:
      return { strategy, ratio, seed };
  }
}

/** Compared with the original letter; and what there is to know of the fills. */
const metrics = ["rougeL", "meteor", "bertscore", "masked-share", "copy-rate", "invalid-prediction-rate"];

/**
 * Synthetic4Health's ablations (arXiv 2409.09501): strategies by ratios by models. A ratio is of the strategy's own candidates,
 * as in the paper, so that at one ratio strategies mask different numbers of words: `masked-share` says how many, and
 * {@linkcode maskingClasses} compares classes of words at equal numbers.
 */
export const maskingAblations = experiment({
  name: "masking_ablations",
  module: import.meta.url,
  question: "Which words should be masked, how many, and which kind of model should fill them?",
  factors: {
    strategy: strategies,
    model: ["encoder-clinical", "encoder-general", "encoder-small", "t5-small-clinical", "trigram"],
    ratio: [0.1, 0.3, 0.5, 0.7, 0.9, 1],
    seed: [42, 43, 44],
  },
  quick: {
    letters: 16,
    factors: {
      model: ["encoder-small", "t5-small-clinical"],
      ratio: [0.3, 0.7],
      seed: [42],
    },
  },
  compare: "strategy",
  run: async ({ corpus, strategy, model, ratio, seed }, { mask, fill, score }) => {
    const masked = mask(corpus, optionsOf(strategy, ratio, seed));
    return await score(corpus, await fill(masked, { model }), metrics);
  },
  claims: [
    {
      says: "An encoder fills better than an encoder–decoder of the same training, in words.",
      source: "Synthetic4Health 1",
      figure: "ratios",
      metric: "rougeL",
      of: { model: "encoder-small", strategy: "random" },
      over: { model: "t5-small-clinical", strategy: "random" },
      atLeast: 0,
    },
    {
      says: "An encoder fills better than an encoder–decoder of the same training, in meaning.",
      source: "Synthetic4Health 1",
      figure: "ratios",
      metric: "bertscore",
      of: { model: "encoder-small", strategy: "random" },
      over: { model: "t5-small-clinical", strategy: "random" },
      atLeast: 0,
    },
  ],
});

/** How many words of a letter a strategy would mask if it masked all that it can. */
const everyOne = (masked: readonly MaskedLetter[]) => masked.map((one) => one.masked.length);

/**
 * Classes of words at equal numbers: of each letter so many words of the class are masked as are the given share of all its free
 * words. What differs is then the words, and not how many they are. Letters that have too few words of a class have all of them
 * masked, which `masked-share` would show.
 */
export const maskingClasses = experiment({
  name: "masking_classes",
  module: import.meta.url,
  question: "Which words can be written anew at the least loss, word for word?",
  factors: {
    words: ["any", "stopwords", "nouns", "verbs"],
    model: ["encoder-clinical", "encoder-small"],
    share: [0.08],
    seed: [42, 43, 44],
  },
  quick: { letters: 16, factors: { seed: [42] } },
  compare: "words",
  run: async ({ corpus, words, model, share, seed }, { mask, fill, score }) => {
    const strategy = words === "any" ? "random" : words;
    const free = everyOne(mask(corpus, { strategy: "random", ratio: 1, seed }));
    const own = everyOne(mask(corpus, { strategy, ratio: 1, seed }));
    const masked = corpus.flatMap((letter: Letter, i) => {
      const wanted = Math.floor(share * (free[i] ?? 0));
      const ratio = Math.min(1, wanted / Math.max(1, own[i] ?? 0));
      return mask([letter], { strategy, ratio, seed });
    });
    return await score(corpus, await fill(masked, { model }), metrics);
  },
  claims: [
    {
      says: "Masking stopwords costs less than masking any words.",
      source: "Synthetic4Health 4",
      figure: "classes",
      metric: "bertscore",
      of: { words: "stopwords" },
      over: { words: "any" },
      atLeast: 0,
    },
    {
      says: "Masking nouns costs more than masking any words.",
      source: "Synthetic4Health 4",
      figure: "classes",
      metric: "bertscore",
      of: { words: "any" },
      over: { words: "nouns" },
      atLeast: 0,
    },
    {
      says: "Masking verbs costs more than masking any words.",
      source: "Synthetic4Health 4",
      figure: "classes",
      metric: "bertscore",
      of: { words: "any" },
      over: { words: "verbs" },
      atLeast: 0,
    },
  ],
});
