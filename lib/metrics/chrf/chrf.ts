/** chrF and chrF++: n-grams of characters, and of words, that a candidate shares with its references. @module */

import { type Metric, type Pair, referencesOf } from "../metric.ts";
import { referenceCounts } from "../reference_counts.ts";
import { ChrfCounter, type ChrfOptions, type ChrfSettings } from "./chrf_counter.ts";
import { chrfScore, sumOfChrfCounts } from "./chrf_score.ts";

/**
 * chrF of one text, 0 to 100, equal to sacrebleu 2.6.0's `sentence_chrf`; chrF++ with `wordOrder: 2`. Of several
 * references the one with the highest score counts.
 *
 * Source: M. Popović, "chrF: character n-gram F-score for automatic MT evaluation", WMT 2015, and "chrF++: words helping
 * character n-grams", WMT 2017.
 *
 * @throws {Error} when there is no reference, or an order or `beta` is none
 *
 * @example
 * ```ts
 * import { sentenceChrf } from "./chrf.ts";
 * import { equal } from "node:assert/strict";
 * equal(sentenceChrf("The pain has gone.", "The pain is gone.").toFixed(2), "62.35");
 * equal(sentenceChrf("The pain has gone.", "The pain is gone.", { wordOrder: 2 }).toFixed(2), "63.02");
 * ```
 */
export function sentenceChrf(
  references: string | readonly string[],
  candidate: string,
  options: ChrfOptions = {},
): number {
  const settings = settingsOf(options);
  const list = typeof references === "string" ? [references] : references;
  return chrfScore(new ChrfCounter(settings).counts(list, candidate), settings.beta);
}

/**
 * chrF of many texts taken together, 0 to 100, equal to sacrebleu 2.6.0's `corpus_chrf`: not the mean over texts.
 *
 * @param references those of each candidate, in the order of the candidates
 * @throws {Error} when there are not as many lists of references as candidates, a list is empty, or an order or `beta` is
 * none
 *
 * @example
 * ```ts
 * import { corpusChrf } from "./chrf.ts";
 * import { equal } from "node:assert/strict";
 * equal(corpusChrf(["The pain has gone.", "No fever."], ["The pain is gone.", "No fever."]).toFixed(2), "72.93");
 * ```
 */
export function corpusChrf(
  references: readonly (string | readonly string[])[],
  candidates: readonly string[],
  options: ChrfOptions = {},
): number {
  if (references.length !== candidates.length) {
    throw new Error(
      `chrf: ${references.length} references and ${candidates.length} candidates. Give one (or one list) for each.`,
    );
  }
  const settings = settingsOf(options);
  const counter = new ChrfCounter(settings);
  const counts = candidates.map((candidate, i) => {
    const of = references[i] ?? [];
    return counter.counts(typeof of === "string" ? [of] : of, candidate);
  });
  return chrfScore(sumOfChrfCounts(counts), settings.beta);
}

function settingsOf(options: ChrfOptions): ChrfSettings {
  const settings = {
    characterOrder: 6,
    wordOrder: 0,
    beta: 2,
    lowercase: false,
    whitespace: false,
    ...options,
  };
  const { characterOrder, wordOrder, beta } = settings;
  for (const [name, order] of Object.entries({ characterOrder, wordOrder })) {
    if (!Number.isInteger(order) || order < 0) {
      throw new Error(`chrf: ${name} is ${order}. Give a whole number from 0 up.`);
    }
  }
  if (!(beta > 0)) throw new Error(`chrf: beta is ${beta}. Give a number above 0.`);
  return settings;
}

/**
 * chrF as a metric: that of each letter, and beside it that of the corpus. Named `chrf`, or `chrf++` with a `wordOrder` of
 * 2, with what else is not the default behind it.
 *
 * @throws {Error} when an order or `beta` is none
 *
 * @example
 * ```ts
 * import { chrfMetric } from "./chrf.ts";
 * import { equal } from "node:assert/strict";
 * equal(chrfMetric({ wordOrder: 2 }).signature({}), "chrf++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|beta:2|version:2.6.0|v1");
 * ```
 */
export function chrfMetric(options: ChrfOptions = {}): Metric {
  const settings = settingsOf(options);
  const { characterOrder, wordOrder, beta, lowercase, whitespace } = settings;
  const base = wordOrder === 2 ? "chrf++" : "chrf";
  const choices = [
    ...characterOrder === 6 ? [] : [`characters=${characterOrder}`],
    ...wordOrder === 0 || wordOrder === 2 ? [] : [`words=${wordOrder}`],
    ...beta === 2 ? [] : [`beta=${beta}`],
    ...lowercase ? ["lowercase"] : [],
    ...whitespace ? ["whitespace"] : [],
  ];
  const title = base.replace("f", "F");
  const signature = (pairs: readonly Pair[]) =>
    [
      base,
      `nrefs:${referenceCounts(pairs)}`,
      `case:${lowercase ? "lc" : "mixed"}`,
      `eff:yes|nc:${characterOrder}|nw:${wordOrder}`,
      `space:${whitespace ? "yes" : "no"}`,
      `beta:${beta}|version:2.6.0|v1`,
    ].join("|");
  return {
    name: [base, ...choices].join("-"),
    title: choices.length === 0 ? title : `${title} (${choices.join(", ")})`,
    higherIsBetter: true,
    range: [0, 100],
    signature: (_, pairs = []) => signature(pairs),
    score(pairs) {
      const counter = new ChrfCounter(settings);
      const counts = pairs.map((pair) => counter.counts(referencesOf(pair), pair.candidate));
      return {
        values: Float64Array.from(counts, (one) => chrfScore(one, beta)),
        corpus: { value: chrfScore(sumOfChrfCounts(counts), beta), signature: signature(pairs) },
      };
    },
  };
}
