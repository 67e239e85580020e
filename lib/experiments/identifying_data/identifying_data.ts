/** What does a finder of identifying data miss, and what makes it miss more? @module */

import { experiment } from "../../experiment/experiment.ts";
import { changeNamed, changes } from "../../phi/robustness/changes.ts";
import { finderSort, measuredFinders } from "./finders.ts";

/** The letters as they are. */
export const unchanged = "unchanged";

/** Told of each letter: what is found, and what is taken away besides. */
export const foundMetrics = ["phi-found", "other-redacted"] as const;

/**
 * One thing about the letters is changed at a time, gold spans along with the text, and the finder searches the changed letters. What it
 * then finds less than in the letters as they are, it loses to that change. What draws nothing is done with the first seed alone.
 */
export const identifyingData = experiment({
  name: "identifying_data",
  module: import.meta.url,
  question: "What does a finder of identifying data miss, and what makes it miss more?",
  factors: {
    finder: measuredFinders,
    change: [unchanged, ...changes.map(({ name }) => name)],
    seed: [42, 43, 44],
  },
  without: [{
    change: [unchanged, ...changes.flatMap(({ name, drawn }) => drawn ? [] : [name])],
    seed: [43, 44],
  }],
  quick: { letters: 24, factors: { seed: [42] } },
  compare: "change",
  run: async ({ corpus, finder, change, seed }, { find, score }) => {
    const { apply } = change === unchanged ? { apply: undefined } : changeNamed(change);
    const letters = corpus.map((letter) => apply ? apply(letter, seed) : letter);
    return await score(
      letters,
      await find(letters, { finder: finderSort(finder), ages: "all" }),
      foundMetrics,
    );
  },
  // Margins: 5 of 100 identifying characters for what letters are full of, 1 for what must make no difference.
  claims: [
    ...["african", "arabic", "east asian"].map((culture) => ({
      says: `${culture.charAt(0).toUpperCase()}${culture.slice(1)} names are found as English ones are.`,
      figure: "losses",
      metric: "phi-found",
      of: { change: `${culture} names` },
      over: { change: "english names" },
      within: 0.01,
    })),
    {
      says: "Names that are not written with a capital cost more than 5 of 100 identifying characters.",
      figure: "losses",
      metric: "phi-found",
      of: { change: unchanged },
      over: { change: "names in small letters" },
      atLeast: 0.05,
    },
    {
      says: "Without the titles before names no more than 5 of 100 identifying characters are lost.",
      figure: "losses",
      metric: "phi-found",
      of: { change: "titles taken away" },
      over: { change: unchanged },
      atLeast: -0.05,
    },
    {
      says: "Dates in words are found as well as those of the letters.",
      figure: "losses",
      metric: "phi-found",
      of: { change: "dates in words" },
      over: { change: unchanged },
      atLeast: -0.01,
    },
  ],
});
