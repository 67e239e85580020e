/** What do filled letters say that their originals do not, and does it matter? @module */

import type { Letter } from "../corpus/letter.ts";
import { experiment } from "../experiment/experiment.ts";
import type { Steps } from "../experiment/steps.ts";
import type { FilledLetter } from "../fill/fill.ts";
import { NEGATION_CUE } from "../metrics/validity/negations.ts";
import { SIDE_WORD } from "../metrics/validity/sides.ts";

/** The letters that are compared: the originals, filled ones, and two that are to show that the measures see harm. */
const texts = [
  "original",
  "one pass",
  "iterative",
  "cues protected",
  "trigram",
  "nothing protected",
] as const;

const [original, onePass, iterative, cuesProtected, trigram, unprotected] = texts;

/** What negates, and what says left or right. */
const cues = [NEGATION_CUE, SIDE_WORD].map((pattern) => `/${pattern}/i`);

/** What a letter says that its original did not, or no longer says; and how expected its words are. */
const metrics = [
  "entities-made-up",
  "entities-kept",
  "negations-flipped",
  "doses-changed",
  "sides-changed",
  "numbers-changed",
  "contradictions",
  "pseudo-perplexity-every=16-nats",
];

/** What reads the letters: an encoder that fills none of them, which sees 128 pieces around the one it judges. */
const reader = { model: "encoder-general", window: 128 } as const;

/**
 * Synthetic4Health's seventh claim (arXiv 2409.09501), without a judge from outside: hallucinated content occurs but has little effect on
 * overall clinical performance. Filled letters stand beside the letters themselves, which change nothing, beside letters of which nothing
 * but numbers is protected, and beside letters of which the words that negate or say a side are protected too.
 */
export const clinicalValidity = experiment({
  name: "clinical_validity",
  module: import.meta.url,
  question: "What do filled letters say that their originals do not, and does it matter?",
  factors: {
    text: texts,
    model: ["encoder-clinical", "encoder-small"],
    ratio: [0.3, 0.5, 0.7],
    seed: [42],
  },
  quick: { letters: 10, factors: { model: ["encoder-small"], ratio: [0.5] } },
  compare: "text",
  run: async ({ corpus, text, model, ratio, seed }, steps) => {
    const letters = await lettersOf(corpus, text, { model, ratio, seed }, steps);
    return await steps.score(corpus, letters, metrics, undefined, reader);
  },
  // Margins: an entity in ten letters; five of 100 negations, sides and entities; one of 100 doses; a tenth of the perplexity.
  claims: [
    {
      says: "Hallucinated content occurs: filled letters name clinical entities that their originals do not.",
      source: "Synthetic4Health 7",
      figure: "changes",
      metric: "entities-made-up",
      of: { text: onePass },
      over: { text: original },
      atLeast: 0.1,
    },
    ...([
      ["entities-kept", 0.05, undefined, "It has little effect: clinical entities stay."],
      ["negations-flipped", 0.05, "changes", "It has little effect: few negations are flipped."],
      ["sides-changed", 0.05, "changes", "It has little effect: left stays left."],
      ["doses-changed", 0.01, undefined, "It has little effect: doses stay."],
      [
        "contradictions",
        0.25,
        "changes",
        "It has little effect: letters contradict themselves no more than before.",
      ],
      [
        "pseudo-perplexity-every=16-nats",
        0.1,
        "reading",
        "It has little effect: letters read as expected as their originals.",
      ],
    ] as const).map(([metric, within, figure, says]) => ({
      ...{ says, source: "Synthetic4Health 7", metric, within },
      ...figure !== undefined && { figure },
      ...{ of: { text: onePass }, over: { text: original } },
    })),
    {
      says: "Filling word by word flips fewer negations than filling in one pass.",
      figure: "changes",
      metric: "negations-flipped",
      of: { text: onePass },
      over: { text: iterative },
      atLeast: 0,
    },
    ...([
      ["negations-flipped", "Protecting the words that negate keeps negations from being flipped."],
      ["sides-changed", "Protecting left and right keeps sides from being changed."],
    ] as const).map(([metric, says]) => ({
      ...{ says, figure: "changes", metric, atLeast: 0 },
      ...{ of: { text: onePass }, over: { text: cuesProtected } },
    })),
    {
      says: "An encoder flips fewer negations than word statistics of other letters.",
      figure: "changes",
      metric: "negations-flipped",
      of: { text: trigram },
      over: { text: onePass },
      atLeast: 0,
    },
    {
      says: "Without protection more entities are made up.",
      figure: "changes",
      metric: "entities-made-up",
      of: { text: unprotected },
      over: { text: onePass },
      atLeast: 0,
    },
  ],
});

/** The letters of a level, made as its name says. */
async function lettersOf(
  corpus: readonly Letter[],
  text: typeof texts[number],
  { model, ratio, seed }: { readonly model: string; readonly ratio: number; readonly seed: number },
  { mask, fill }: Pick<Steps, "mask" | "fill">,
): Promise<readonly (Letter | FilledLetter)[]> {
  if (text === original) return corpus;
  // Without protection any word may go; what is no word stays, since models write words.
  const masked = mask(corpus, {
    ...{ strategy: "random", ratio, seed },
    ...text === unprotected && { protect: ["not alphabetic"] },
    ...text === cuesProtected && { keepPatterns: cues },
  });
  if (text === trigram) return await fill(masked, { model: trigram });
  return await fill(masked, { model, ...text === iterative && { mode: "left-to-right" } });
}
