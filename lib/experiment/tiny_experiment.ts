/** An experiment that takes no time, for tests of running. @module */

import type { Letter } from "../corpus/letter.ts";
import { experiment } from "./experiment.ts";

/** Two baselines over some seeds. */
export const tiny = experiment({
  name: "tiny",
  module: import.meta.url,
  question: "Which baseline is better?",
  factors: { model: ["frequent-word", "trigram"], ratio: [0.3, 0.5], seed: [1, 2, 3] },
  without: [{ model: ["trigram"], seed: [3] }],
  quick: { letters: 2, factors: { seed: [1] } },
  compare: "model",
  run: async ({ corpus, model, ratio, seed }, { mask, fill, score }) => {
    const masked = mask(corpus, { strategy: "random", ratio, seed });
    return await score(corpus, await fill(masked, { model }), ["rougeL", "copy-rate"]);
  },
  claims: [],
});

/** Cells that do not go well. */
export const unlucky = experiment({
  name: "unlucky",
  module: import.meta.url,
  question: "What happens when a cell fails?",
  factors: { does: ["work", "throw", "exit", "work again"] },
  quick: { letters: 2, factors: {} },
  compare: "does",
  run: async ({ corpus, does }, { mask, score, unfilled }) => {
    if (does === "throw") throw new Error("no luck today");
    if (does === "exit") Deno.exit(7);
    const ratio = does === "work" ? 0.3 : 0.5;
    return await score(corpus, unfilled(mask(corpus, { strategy: "random", ratio, seed: 1 })), ["rougeL"]);
  },
  claims: [],
});

/** Letters for them. */
export const tinyCorpus: readonly Letter[] = [
  "She was seen in clinic and was well.",
  "He was seen on the ward and slept well.",
  "The plan was made with her.",
].map((text, i) => ({ id: `letter-${i}`, text, spans: [], meta: { fold: `${i % 2}` } }));
