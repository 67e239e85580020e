/** ROUGE: word overlap between a candidate and its references. @module */

import { lcsLength, markLcs } from "./longest_common_subsequence.ts";
import { type Metric, valuesOfTriples } from "./metric.ts";
import { type PrecisionRecallF1, precisionRecallF1 } from "./precision_recall_f1.ts";
import { tokenizeRouge, type TokenizeRougeOptions } from "./tokenize_rouge.ts";

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
  options: TokenizeRougeOptions = {},
): PrecisionRecallF1 {
  const ids = new Map<string, number>();
  const hypothesis = new RougeText(candidate, options, ids);
  const list = typeof references === "string" ? [references] : references;
  const scores = list.map((text) => SCORERS[type](new RougeText(text, options, ids), hypothesis));
  const [first, ...others] = scores;
  if (first === undefined) throw new Error(`${type}: got 0 references for a candidate. Give at least one.`);
  return others.reduce((best, score) => score.f1 > best.f1 ? score : best, first);
}

/** A text whose words are numbers; `ids` is shared by the texts that are compared. */
class RougeText {
  readonly lines: readonly Int32Array[];
  readonly words: Int32Array;

  constructor(text: string, options: TokenizeRougeOptions, ids: Map<string, number>) {
    this.lines = text.split("\n").map((line) =>
      Int32Array.from(tokenizeRouge(line, options), (word) => {
        let id = ids.get(word);
        if (id === undefined) ids.set(word, id = ids.size);
        return id;
      })
    );
    this.words = concat(this.lines);
  }
}

type Scorer = (target: RougeText, candidate: RougeText) => PrecisionRecallF1;

const SCORERS: Readonly<Record<RougeType, Scorer>> = {
  rouge1: (target, candidate) => overlap(target.words, candidate.words),
  rouge2: (target, candidate) => overlap(bigrams(target.words), bigrams(candidate.words)),
  rougeL: ({ words: a }, { words: b }) => shares(lcsLength(a, b), b.length, a.length),
  rougeLsum: (target, candidate) =>
    shares(unionHits(target, candidate), candidate.words.length, target.words.length),
};

function shares(hits: number, ofCandidate: number, ofTarget: number): PrecisionRecallF1 {
  return precisionRecallF1(hits / Math.max(ofCandidate, 1), hits / Math.max(ofTarget, 1));
}

/** Pairs of neighbouring words, each as one exact number: word ids lie far below 2^26. */
function bigrams(words: Int32Array): Float64Array {
  const pairs = new Float64Array(Math.max(words.length - 1, 0));
  // i + 1 < words.length
  for (let i = 0; i < pairs.length; i++) pairs[i] = words[i]! * 2 ** 26 + words[i + 1]!;
  return pairs;
}

function overlap(
  target: Iterable<number> & ArrayLike<number>,
  candidate: Iterable<number> & ArrayLike<number>,
) {
  const left = countsOf(target);
  let hits = 0;
  for (const gram of candidate) if (take(left, gram)) hits++;
  return shares(hits, candidate.length, target.length);
}

/** The tokens in the union of each target line's subsequences with all candidate lines, none counted twice. */
function unionHits(target: RougeText, candidate: RougeText): number {
  const [inTarget, inCandidate] = [countsOf(target.words), countsOf(candidate.words)];
  let hits = 0;
  for (const line of target.lines) {
    const marked = new Uint8Array(line.length);
    for (const other of candidate.lines) markLcs(line, other, marked);
    line.forEach((token, i) => {
      if (marked[i] === 1 && (inTarget.get(token) ?? 0) > 0 && take(inCandidate, token)) {
        take(inTarget, token);
        hits++;
      }
    });
  }
  return hits;
}

function countsOf(tokens: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** Uses up one of a token's counts; false where none is left. */
function take(counts: Map<number, number>, token: number): boolean {
  const left = counts.get(token) ?? 0;
  if (left > 0) counts.set(token, left - 1);
  return left > 0;
}

function concat(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * One kind of ROUGE as a metric. Its name ends in `-stem` or `-unicode` where that option is on.
 *
 * @example
 * ```ts
 * import { rougeMetric } from "./rouge.ts";
 * import { equal } from "node:assert/strict";
 * equal(rougeMetric("rougeL").signature({}), "rougeL|stem:no|tok:rouge_score|v1");
 * equal(rougeMetric("rouge1", { tokenizer: "unicode" }).name, "rouge1-unicode");
 * ```
 */
export function rougeMetric(type: RougeType, options: TokenizeRougeOptions = {}): Metric {
  const { stemmer = false, tokenizer = "rouge_score" } = options;
  const suffix = `${stemmer ? "-stem" : ""}${tokenizer === "unicode" ? "-unicode" : ""}`;
  return {
    name: type + suffix,
    title: `ROUGE-${type.slice("rouge".length)}${stemmer ? ", stemmed" : ""}${
      suffix === "-unicode" ? ", Unicode words" : ""
    }`,
    higherIsBetter: true,
    range: [0, 1],
    signature: () => `${type}|stem:${stemmer ? "yes" : "no"}|tok:${tokenizer}|v1`,
    score: (pairs) =>
      valuesOfTriples(pairs.map((pair) => rouge(type, pair.reference, pair.candidate, options))),
  };
}
