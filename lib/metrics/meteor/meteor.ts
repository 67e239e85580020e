/** METEOR: words that a candidate shares with a reference, their stems and synonyms included. @module */

import { type Metric, type Pair, referencesOf } from "../metric.ts";
import { type MeteorParameters, MeteorScorer } from "./meteor_scorer.ts";
import type { MeteorTokenizer } from "./meteor_words.ts";
import { openWordNet, type WordNet } from "./wordnet.ts";

/** How METEOR reads and scores. */
export interface MeteorOptions extends MeteorParameters {
  /** Default `"whitespace"`. */
  readonly tokenizer?: MeteorTokenizer;
}

/**
 * METEOR of a candidate, equal to NLTK 3.10's `meteor_score` with WordNet 3.0 on the words that the tokenizer gives; of
 * several references the one with the highest score counts. Even of a text with itself it is a little below 1.
 *
 * Source: A. Lavie, A. Agarwal, "METEOR: an automatic metric for MT evaluation with high levels of correlation with human
 * judgments", WMT 2007.
 *
 * @throws {Error} when there is no reference
 *
 * @example
 * ```ts
 * import { meteor } from "./meteor.ts";
 * import { openWordNet } from "./wordnet.ts";
 * import { equal } from "node:assert/strict";
 * const wordnet = await openWordNet();
 * equal(meteor("the physician examined him", "the doctor examines him", wordnet), 1 - 0.5 * (1 / 4) ** 3);
 * ```
 */
export function meteor(
  references: string | readonly string[],
  candidate: string,
  wordnet: WordNet,
  options: MeteorOptions = {},
): number {
  const list = typeof references === "string" ? [references] : references;
  return new MeteorScorer(wordnet, options).scoreTexts(list, candidate, options.tokenizer ?? "whitespace");
}

/** The project's table, opened when it is first needed. */
let opened: Promise<WordNet> | undefined;

/**
 * METEOR as a metric. Its name ends in what is not the default: the tokenizer, and the parameters with their numbers.
 *
 * @param wordnet opens the synonyms; left out, the project's table is opened, once
 *
 * @example
 * ```ts
 * import { meteorMetric } from "./meteor.ts";
 * import { equal } from "node:assert/strict";
 * const metric = meteorMetric({ tokenizer: "wordpunct" });
 * equal(metric.signature({}), "meteor|tok:wordpunct|stages:exact,porter,wordnet-3.0|alpha:0.9|beta:3|gamma:0.5|nltk:3.10|v1");
 * const { values } = await metric.score([{ id: "1", reference: "No pain.", candidate: "no pain!" }], {});
 * equal(values[0]?.toFixed(4), "0.6250");
 * ```
 */
export function meteorMetric(options: MeteorOptions = {}, wordnet?: () => Promise<WordNet>): Metric {
  const { tokenizer = "whitespace", alpha = 0.9, beta = 3, gamma = 0.5 } = options;
  let scorer: MeteorScorer | undefined; // remembers the stems and synonyms of words from one call to the next
  const choices = [
    ...tokenizer === "whitespace" ? [] : [tokenizer],
    ...alpha === 0.9 ? [] : [`alpha=${alpha}`],
    ...beta === 3 ? [] : [`beta=${beta}`],
    ...gamma === 0.5 ? [] : [`gamma=${gamma}`],
  ];
  return {
    name: ["meteor", ...choices].join("-"),
    title: choices.length === 0 ? "METEOR" : `METEOR (${choices.join(", ")})`,
    higherIsBetter: true,
    range: [0, 1],
    signature: () =>
      `meteor|tok:${tokenizer}|stages:exact,porter,wordnet-3.0|alpha:${alpha}|beta:${beta}|gamma:${gamma}|nltk:3.10|v1`,
    async score(pairs) {
      const ready = scorer ??= new MeteorScorer(await (wordnet ?? projectWordNet)(), options);
      const score = (pair: Pair) => ready.scoreTexts(referencesOf(pair), pair.candidate, tokenizer);
      return { values: Float64Array.from(pairs.map(score)) };
    },
  };
}

async function projectWordNet(): Promise<WordNet> {
  try {
    return await (opened ??= openWordNet());
  } catch (error) {
    opened = undefined; // the table may be there the next time
    throw error;
  }
}
