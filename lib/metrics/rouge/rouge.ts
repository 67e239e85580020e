/** ROUGE: word overlap between a candidate and its references. @module */

import type { Metric, Pair } from "../metric.ts";
import { type PrecisionRecallF1, precisionRecallF1 } from "../precision_recall_f1.ts";
import { CommonSubsequence } from "./longest_common_subsequence.ts";
import { type NumberedPair, type NumberedPairs, type NumberedText, RougeReader } from "./rouge_reader.ts";
import { checkRougeOptions, type RougeOptions } from "./rouge_words.ts";
import { sharedNgrams } from "./shared_ngrams.ts";
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
  const { precision, recall, f1 } = scores(
    type,
    readerOf(options).read([{ candidate, reference: references }]),
  );
  return { precision: precision[0] ?? NaN, recall: recall[0] ?? NaN, f1: f1[0] ?? NaN };
}

/** By what changes the reading of a text: readers, which remember words and stems from one call to the next. */
const readers = new Map<string, RougeReader>();

function readerOf(options: RougeOptions): RougeReader {
  const how = reading(options);
  const reader = readers.get(how) ?? new RougeReader(options);
  readers.set(how, reader);
  return reader;
}

function reading({ stemmer = false, tokenizer = "rouge_score" }: RougeOptions): string {
  return `stem:${stemmer ? "yes" : "no"}|tok:${tokenizer}`;
}

/** Each pair's shares, against the first of the references with the highest F1. */
function scores(type: RougeType, read: NumberedPairs) {
  const { pairs } = read;
  const precision = new Float64Array(pairs.length);
  const recall = new Float64Array(pairs.length);
  const f1 = new Float64Array(pairs.length).fill(-1);
  const hitsOf = counters[type](read);
  const n = type === "rouge2" ? 2 : 1;
  let at = 0; // among the references of all pairs
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i]!; // i < pairs.length
    if (pair.references.length === 0) {
      throw new Error(`${type}: got 0 references for a candidate. Give at least one.`);
    }
    for (const reference of pair.references) {
      const hits = hitsOf(pair, reference, at++);
      const score = precisionRecallF1(hits / grams(pair.candidate, n), hits / grams(reference, n));
      if (score.f1 <= f1[i]!) continue;
      precision[i] = score.precision;
      recall[i] = score.recall;
      f1[i] = score.f1;
    }
  }
  return { precision, recall, f1 };
}

/** How many n-grams a text has, but at least 1 to divide by. */
function grams({ start, end }: Stretch, n: number): number {
  return Math.max(end - start - n + 1, 1);
}

/** What was counted of texts for ROUGE-1 and ROUGE-2 at once. */
const counted = new WeakMap<NumberedPairs, Int32Array>();

function ngramsOf(read: NumberedPairs): Int32Array {
  const known = counted.get(read) ?? sharedNgrams(read);
  counted.set(read, known);
  return known;
}

const common = new CommonSubsequence();

/** What a candidate and a reference share; `at` says which reference of all it is. */
type Counter = (pair: NumberedPair, reference: NumberedText, at: number) => number;

const counters: Readonly<Record<RougeType, (read: NumberedPairs) => Counter>> = {
  rouge1(read) {
    const hits = ngramsOf(read);
    return (_pair, _reference, at) => hits[2 * at] ?? NaN;
  },
  rouge2(read) {
    const hits = ngramsOf(read);
    return (_pair, _reference, at) => hits[2 * at + 1] ?? NaN;
  },
  rougeL: ({ words }) => ({ candidate, distinct }, reference) =>
    common.length(words, reference, candidate, distinct),
  rougeLsum: ({ words }) => (pair, reference) => unionHits(words, reference, pair, common),
};

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
  checkRougeOptions(options);
  const suffix = `${stemmer ? "-stem" : ""}${tokenizer === "unicode" ? "-unicode" : ""}`;
  return {
    name: type + suffix,
    title: `ROUGE-${type.slice("rouge".length)}${stemmer ? ", stemmed" : ""}${
      suffix === "-unicode" ? ", Unicode words" : ""
    }`,
    higherIsBetter: true,
    range: [0, 1],
    signature: () => `${type}|${reading(options)}|v1`,
    score(pairs) {
      const parts = scores(type, readOnce(pairs, options));
      return { values: parts.f1, parts };
    },
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

function readOnce(pairs: readonly Pair[], options: RougeOptions): NumberedPairs {
  const how = reading(options);
  const last = lastRead.get(pairs);
  if (last?.how === how && isOf(last, pairs)) return last.read;
  const references = pairs.map(({ reference }) => reference);
  const candidates = pairs.map(({ candidate }) => candidate);
  const read = readerOf(options).read(pairs);
  lastRead.set(pairs, { how, references, candidates, read });
  return read;
}

function isOf({ references, candidates }: LastRead, pairs: readonly Pair[]): boolean {
  return pairs.length === candidates.length &&
    pairs.every(({ reference, candidate }, i) => reference === references[i] && candidate === candidates[i]);
}
