/** Which model fills best, and does filling clinical letters take a clinical model? @module */

import { experiment } from "../experiment/experiment.ts";

/** Compared with the original letter, for synthetic and for masked text alike. */
const similarity = ["rouge1", "rouge2", "rougeL", "bertscore"];

/** How the blanks were filled; of masked text there is nothing to tell. */
const filling = ["invalid-prediction-rate", "copy-rate"];

/** The level of `model` at which nothing fills the blanks: what every model must improve on. */
export const maskedText = "masked text";

/**
 * Synthetic4Health's comparison of encoder-only models (arXiv 2409.09501): the words of a letter that are no entity,
 * title or number are masked at random, each model fills the blanks in one pass, and the result is compared with the
 * original. The encoders are the project's own: `encoder-general` and `encoder-clinical` are one checkpoint, trained on general or
 * on clinical text; `encoder-small` saw the clinical text alone, from random weights. The baselines learn from letters
 * of other folds.
 */
export const modelComparison = experiment({
  name: "model_comparison",
  module: import.meta.url,
  question: "Which model fills clinical letters best, and does it take clinical text to train one?",
  factors: {
    model: ["encoder-clinical", "encoder-general", "encoder-small", "trigram", "frequent-word", maskedText],
    ratio: [0.5],
    seed: [42, 43, 44],
  },
  quick: { letters: 24, factors: { seed: [42] } },
  compare: "model",
  run: async ({ corpus, model, ratio, seed }, { mask, fill, unfilled, score }) => {
    const masked = mask(corpus, { strategy: "random", ratio, seed });
    if (model === maskedText) return await score(corpus, unfilled(masked), similarity);
    return await score(corpus, await fill(masked, { model }), [...similarity, ...filling]);
  },
  claims: [
    {
      says: "A model of general text fills as well as a clinical one, in words.",
      source: "Synthetic4Health 2",
      figure: "models",
      metric: "rougeL",
      of: { model: "encoder-clinical" },
      over: { model: "encoder-general" },
      within: 0.01,
    },
    {
      says: "A model of general text fills as well as a clinical one, in meaning.",
      source: "Synthetic4Health 2",
      figure: "models",
      metric: "bertscore",
      of: { model: "encoder-clinical" },
      over: { model: "encoder-general" },
      within: 0.01,
    },
    {
      says: "A pretrained encoder fills better than a small one that saw clinical text alone.",
      figure: "models",
      metric: "rougeL",
      of: { model: "encoder-clinical" },
      over: { model: "encoder-small" },
      atLeast: 0,
    },
    {
      says: "An encoder fills better than word statistics of other letters.",
      figure: "models",
      metric: "rougeL",
      of: { model: "encoder-clinical" },
      over: { model: "trigram" },
      atLeast: 0,
    },
  ],
});
