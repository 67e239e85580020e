/** ROUGE: word overlap between a candidate and its references. @module */

import { type Metric, type Pair, valuesOfTriples } from "../metric.ts";
import { type PrecisionRecallF1, precisionRecallF1 } from "../precision_recall_f1.ts";
import { NgramMatcher } from "../words/ngram_matches.ts";
import { CommonSubsequence } from "./longest_common_subsequence.ts";
import { type NumberedPair, type NumberedPairs, type NumberedText, readRougePairs } from "./rouge_reader.ts";
import type { RougeOptions } from "./rouge_words.ts";
import type { Stretch } from "../words/stretch.ts";
import { unionHits } from "./union_hits.ts";

/**
 * `rouge1`, `rouge2`: shared words, pairs of words. `rougeL`: longest common subsequence of the whole texts.
 * `rougeLsum`: union of the longest common subsequences line by line. The last two differ on every text of several lines.
 */
export const ROUGE_TYPES = ["rouge1", "rouge2", "rougeL", "rougeLsum"] as const;
export type RougeType = typeof ROUGE_TYPES[number];

/**
 * One kind of ROUGE of a candidate, equal to Python's rouge_score 0.1.2 (`RougeScorer.score`, and `score_multi` where
 * there are several references: the first reference with the highest F1 counts). A text without words scores 0.
 *
 * Source: C.-Y. Lin, "ROUGE: a package for automatic evaluation of summaries", 2004.
 *
 * @throws {Error} when there is no reference, and for a stemmer asked for with the `unicode` tokenizer.
 *
 * @example
 * ```ts
 * import { rouge } from "./rouge.ts";
 * import { equal } from "node:assert/strict";
 * equal(rouge("rougeL", "the pain has gone", "the pain is gone").f1, 0.75);
 * equal(rouge("rouge1", ["no pain", "the pain is gone"], "the pain is gone").f1, 1);
 * ```
 */
export function rouge(
  type: RougeType,
  references: string | readonly string[],
  candidate: string,
  options: RougeOptions = {},
): PrecisionRecallF1 {
  const [score] = scores(type, readRougePairs([{ candidate, reference: references }], options));
  if (score === undefined) throw new Error(`${type}: gave nothing for one pair.`);
  return score;
}

/** For each pair, the score against the first of the references with the highest F1. */
function scores(type: RougeType, { words, pairs }: NumberedPairs): PrecisionRecallF1[] {
  const scorer = scorers[type];
  return pairs.map((pair) => {
    let best: PrecisionRecallF1 | undefined;
    for (const reference of pair.references) {
      const score = scorer(words, reference, pair);
      if (best === undefined || score.f1 > best.f1) best = score;
    }
    if (best === undefined) throw new Error(`${type}: got 0 references for a candidate. Give at least one.`);
    return best;
  });
}

const ngrams = new NgramMatcher();
const common = new CommonSubsequence();

type Scorer = (words: Int32Array, reference: NumberedText, pair: NumberedPair) => PrecisionRecallF1;

const scorers: Readonly<Record<RougeType, Scorer>> = {
  rouge1: (words, reference, pair) => ngramShares(1, words, reference, pair),
  rouge2: (words, reference, pair) => ngramShares(2, words, reference, pair),
  rougeL: (words, reference, pair) =>
    shares(1, common.length(words, reference, pair.candidate, pair.distinct), reference, pair),
  rougeLsum: (words, reference, pair) =>
    shares(1, unionHits(words, reference, pair, common), reference, pair),
};

function ngramShares(n: number, words: Int32Array, reference: NumberedText, pair: NumberedPair) {
  const hits = ngrams.matches(words, pair.candidate, [reference], n, pair.distinct)[n - 1] ?? 0;
  return shares(n, hits, reference, pair);
}

function shares(n: number, hits: number, reference: Stretch, { candidate }: NumberedPair): PrecisionRecallF1 {
  return precisionRecallF1(
    hits / Math.max(candidate.end - candidate.start - n + 1, 1),
    hits / Math.max(reference.end - reference.start - n + 1, 1),
  );
}

/**
 * One kind of ROUGE as a metric. Its name ends in `-stem` or `-unicode` where that option is on.
 *
 * @throws {Error} for a stemmer asked for with the `unicode` tokenizer.
 *
 * @example
 * ```ts
 * import { rougeMetric } from "./rouge.ts";
 * import { equal } from "node:assert/strict";
 * equal(rougeMetric("rougeL").signature({}), "rougeL|stem:no|tok:rouge_score|v1");
 * equal(rougeMetric("rouge1", { tokenizer: "unicode" }).name, "rouge1-unicode");
 * ```
 */
export function rougeMetric(type: RougeType, options: RougeOptions = {}): Metric {
  const { stemmer = false, tokenizer = "rouge_score" } = options;
  const suffix = `${stemmer ? "-stem" : ""}${tokenizer === "unicode" ? "-unicode" : ""}`;
  const how = `stem:${stemmer ? "yes" : "no"}|tok:${tokenizer}`;
  return {
    name: type + suffix,
    title: `ROUGE-${type.slice("rouge".length)}${stemmer ? ", stemmed" : ""}${
      suffix === "-unicode" ? ", Unicode words" : ""
    }`,
    higherIsBetter: true,
    range: [0, 1],
    signature: () => `${type}|${how}|v1`,
    score: (pairs) => valuesOfTriples(scores(type, readOnce(pairs, how, options))),
  };
}

/** By the list of pairs, what was read of it last: several kinds of ROUGE read the same texts. */
const lastRead = new WeakMap<readonly Pair[], LastRead>();

interface LastRead {
  readonly how: string;
  /** As they were, since nothing keeps a caller from changing a list. */
  readonly references: readonly Pair["reference"][];
  readonly candidates: readonly string[];
  readonly read: NumberedPairs;
}

function readOnce(pairs: readonly Pair[], how: string, options: RougeOptions): NumberedPairs {
  const last = lastRead.get(pairs);
  if (last?.how === how && isOf(last, pairs)) return last.read;
  const references = pairs.map(({ reference }) => reference);
  const candidates = pairs.map(({ candidate }) => candidate);
  const read = readRougePairs(pairs, options);
  lastRead.set(pairs, { how, references, candidates, read });
  return read;
}

function isOf({ references, candidates }: LastRead, pairs: readonly Pair[]): boolean {
  return pairs.length === candidates.length &&
    pairs.every(({ reference, candidate }, i) => reference === references[i] && candidate === candidates[i]);
}
