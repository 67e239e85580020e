/** BLEU: n-grams of words that a candidate shares with its references. @module */

import { type Metric, type Pair, referencesOf } from "../metric.ts";
import { referenceCounts } from "../reference_counts.ts";
import { BleuCounter, type BleuReading } from "./bleu_counter.ts";
import {
  type BleuScore,
  bleuScore,
  type BleuScoring,
  type BleuSmoothing,
  SMOOTHING_VALUES,
  sumOfCounts,
} from "./bleu_score.ts";

/** What sacrebleu's `BLEU` takes; all defaults are its own. */
export interface BleuOptions extends BleuReading, BleuScoring {}

/**
 * BLEU of one text, 0 to 100, equal to sacrebleu 2.6.0's `sentence_bleu`. Orders of n-grams that the candidate is too short
 * for are left out (`effectiveOrder: true`) where nothing else is said.
 *
 * Source: K. Papineni, S. Roukos, T. Ward, W.-J. Zhu, "BLEU: a method for automatic evaluation of machine translation",
 * ACL 2002; M. Post, "A call for clarity in reporting BLEU scores", WMT 2018.
 *
 * @throws {Error} when there is no reference
 *
 * @example
 * ```ts
 * import { sentenceBleu } from "./bleu.ts";
 * import { equal } from "node:assert/strict";
 * const { score } = sentenceBleu("The pain has gone.", "The pain is gone.");
 * equal(score.toFixed(2), "30.21");
 * ```
 */
export function sentenceBleu(
  references: string | readonly string[],
  candidate: string,
  options: BleuOptions = {},
): BleuScore {
  const list = typeof references === "string" ? [references] : references;
  return bleuScore(new BleuCounter(options).counts(list, candidate), { effectiveOrder: true, ...options });
}

/**
 * BLEU of many texts taken together, 0 to 100, equal to sacrebleu 2.6.0's `corpus_bleu`: not the mean over texts.
 *
 * @param references those of each candidate, in the order of the candidates
 * @throws {Error} when there are not as many lists of references as candidates, or a list is empty
 *
 * @example
 * ```ts
 * import { corpusBleu } from "./bleu.ts";
 * import { equal } from "node:assert/strict";
 * const { score } = corpusBleu(["The pain has gone.", "No fever."], ["The pain is gone.", "No fever."]);
 * equal(score.toFixed(2), "43.70");
 * ```
 */
export function corpusBleu(
  references: readonly (string | readonly string[])[],
  candidates: readonly string[],
  options: BleuOptions = {},
): BleuScore {
  if (references.length !== candidates.length) {
    throw new Error(
      `bleu: ${references.length} references and ${candidates.length} candidates. Give one (or one list) for each.`,
    );
  }
  const counter = new BleuCounter(options);
  const counts = candidates.map((candidate, i) => {
    const of = references[i] ?? [];
    return counter.counts(typeof of === "string" ? [of] : of, candidate);
  });
  return bleuScore(sumOfCounts(counts), options);
}

/**
 * BLEU as a metric: that of each letter, and beside it that of the corpus. Its name ends in what is not
 * the default: the tokenizer, the smoothing with its number, `lowercase`, `all-orders`.
 *
 * @example
 * ```ts
 * import { bleuMetric } from "./bleu.ts";
 * import { equal } from "node:assert/strict";
 * equal(bleuMetric().signature({}), "bleu|nrefs:1|case:mixed|eff:yes|tok:13a|smooth:exp|version:2.6.0|v1");
 * equal(bleuMetric({ tokenizer: "intl", smoothing: "floor" }).name, "bleu-intl-floor");
 * ```
 */
export function bleuMetric(options: BleuOptions = {}): Metric {
  const { tokenizer = "13a", smoothing = "exp", lowercase = false } = options;
  const choices = [
    ...tokenizer === "13a" ? [] : [tokenizer],
    ...smoothing === "exp" ? [] : [smoothing === "none" ? "unsmoothed" : withValue(smoothing, options)],
    ...lowercase ? ["lowercase"] : [],
    ...options.effectiveOrder === false ? ["all-orders"] : [],
  ];
  return {
    name: ["bleu", ...choices].join("-"),
    title: choices.length === 0 ? "BLEU" : `BLEU (${choices.join(", ")})`,
    higherIsBetter: true,
    range: [0, 100],
    signature: (_, pairs = []) => signature(options, pairs, options.effectiveOrder ?? true),
    score(pairs) {
      const counter = new BleuCounter(options);
      const counts = pairs.map((pair) => counter.counts(referencesOf(pair), pair.candidate));
      const scoring = { effectiveOrder: true, ...options };
      return {
        values: Float64Array.from(counts, (one) => bleuScore(one, scoring).score),
        corpus: {
          value: bleuScore(sumOfCounts(counts), options).score,
          signature: signature(options, pairs, options.effectiveOrder ?? false),
        },
      };
    },
  };
}

function withValue(smoothing: BleuSmoothing, { smoothingValue }: BleuOptions): string {
  const usual = smoothingValue === undefined || smoothingValue === SMOOTHING_VALUES[smoothing];
  return usual ? smoothing : `${smoothing}=${smoothingValue}`;
}

/** sacrebleu's signature between our name and our version. */
function signature(options: BleuOptions, pairs: readonly Pair[], effectiveOrder: boolean): string {
  const { tokenizer = "13a", smoothing = "exp", lowercase = false } = options;
  const value = SMOOTHING_VALUES[smoothing] === undefined
    ? undefined
    : options.smoothingValue ?? SMOOTHING_VALUES[smoothing];
  return [
    "bleu",
    `nrefs:${referenceCounts(pairs)}`,
    `case:${lowercase ? "lc" : "mixed"}`,
    `eff:${effectiveOrder ? "yes" : "no"}`,
    `tok:${tokenizer}`,
    `smooth:${smoothing}${value === undefined ? "" : `[${value.toFixed(2)}]`}`,
    "version:2.6.0",
    "v1",
  ].join("|");
}
