/** Scoring predicted against gold spans. @module */

import type { PrecisionRecallF1 } from "../precision_recall_f1.ts";
import { letterSource, type SpanPair } from "./letter_source.ts";
import type { CountTable, SpanScore } from "./match_counts.ts";
import type { Source } from "./source.ts";
import { type SpanScheme, spanSchemeNamed } from "./span_schemes.ts";
import { type TagPair, tagSource } from "./tag_source.ts";
import type { TagScheme } from "../../corpus/tag_scheme.ts";

/** MEDDOCAN's leak rate: missed spans over sentences. */
export interface Leak {
  /** Missed spans of the corpus over its sentences; 0 where there is no sentence. */
  readonly rate: number;
  /** Sentences of each letter; the missed spans are in the counts. */
  readonly sentences: Int32Array;
}

/** The scores of one scheme over a corpus. */
export interface SpanScores {
  /** The scheme's name. */
  readonly scheme: string;
  /** What exactly the numbers were computed with; numbers with different signatures do not compare. */
  readonly signature: string;
  readonly ids: readonly string[];
  /** All spans of all labels together. */
  readonly micro: SpanScore;
  /** The mean over labels; 0 where there is none. */
  readonly macro: PrecisionRecallF1;
  /** The mean over labels, each with the number of its gold spans as weight; 0 where there is none. */
  readonly weighted: PrecisionRecallF1;
  /** By label, sorted by code unit: every label that gold or prediction has. */
  readonly perLabel: ReadonlyMap<string, SpanScore>;
  /** The counts of each letter, `ids[i]` having `counts.letter(i)`: what intervals and tests over letters resample. */
  readonly counts: CountTable;
  /** Of the scheme `meddocan-ner`, where every letter's text or number of sentences is known. */
  readonly leak?: Leak;
}

/**
 * Scores spans of letters by schemes of the registry (`SPAN_SCHEMES`): seqeval (both modes: equal spans), nervaluate's four,
 * token-level, MEDDOCAN's three and leak rate. Tokens are the words of the letter's text, each with the label of the
 * first span that it overlaps.
 *
 * @throws {Error} for an unknown scheme, two letters of one id, a span that is empty, unlabelled or outside its letter, and a
 * letter without the text that a scheme needs
 *
 * @example
 * ```ts
 * import { scoreSpans } from "./score_spans.ts";
 * import { equal } from "node:assert/strict";
 * const gold = [{ start: 3, end: 10, label: "DRUG" }, { start: 15, end: 20, label: "TEST" }];
 * const predicted = [{ start: 3, end: 10, label: "DRUG" }, { start: 12, end: 20, label: "TEST" }];
 * const [entities, partial] = scoreSpans([{ id: "a", gold, predicted }], ["seqeval", "nervaluate-partial"]);
 * equal(entities?.micro.f1, 0.5);
 * equal(partial?.micro.f1, 0.75);
 * equal(entities?.signature, "seqeval|from:spans|v1");
 * ```
 */
export function scoreSpans(pairs: readonly SpanPair[], schemes: readonly string[]): SpanScores[] {
  return scoreSource(letterSource(pairs), schemes);
}

/**
 * Scores columns of tags by schemes of the registry. seqeval's strict mode reads the tags in the scheme `tags`; all others read
 * them as seqeval's default mode does (nervaluate's loaders come to the same for B, I and O).
 *
 * @throws {Error} for an unknown scheme, two letters of one id, columns of different lengths, and a tag that is none
 *
 * @example
 * ```ts
 * import { scoreTags } from "./score_spans.ts";
 * import { equal } from "node:assert/strict";
 * const sentence = { gold: ["B-DRUG", "O"], predicted: ["I-DRUG", "O"] };
 * const [lenient, strict] = scoreTags([{ id: "a", sentences: [sentence] }], ["seqeval", "seqeval-strict"], { tags: "iob2" });
 * equal(lenient?.micro.f1, 1);
 * equal(strict?.micro.f1, 0);
 * equal(strict?.signature, "seqeval-strict|from:tags|tags:iob2|v1");
 * ```
 */
export function scoreTags(
  pairs: readonly TagPair[],
  schemes: readonly string[],
  { tags = "iob2" }: { readonly tags?: TagScheme } = {},
): SpanScores[] {
  return scoreSource(tagSource(pairs, tags), schemes);
}

function scoreSource(source: Source, schemes: readonly string[]): SpanScores[] {
  return schemes.map(spanSchemeNamed).map((scheme) => scoresOf(scheme, source));
}

function scoresOf(scheme: SpanScheme, source: Source): SpanScores {
  const counts = scheme.count(source);
  const micro = counts.micro();
  const perLabel = new Map(counts.labels.map((label, i) => [label, counts.label(i)]));
  const sentences = scheme.leak ? source.sentences() : undefined;
  const total = sentences?.reduce((sum, count) => sum + count, 0) ?? 0;
  return {
    scheme: scheme.name,
    signature: `${scheme.name}|${source.describe(scheme.reading)}|v1`,
    ids: source.ids,
    micro,
    macro: meanOf(perLabel.values(), () => 1),
    weighted: meanOf(perLabel.values(), ({ counts }) => counts.possible),
    perLabel,
    counts,
    ...(sentences && { leak: { rate: micro.counts.missed / Math.max(total, 1), sentences } }),
  };
}

function meanOf(scores: Iterable<SpanScore>, weightOf: (score: SpanScore) => number): PrecisionRecallF1 {
  const mean = { precision: 0, recall: 0, f1: 0 };
  let total = 0;
  for (const score of scores) {
    const weight = weightOf(score);
    total += weight;
    mean.precision += weight * score.precision;
    mean.recall += weight * score.recall;
    mean.f1 += weight * score.f1;
  }
  const by = Math.max(total, 1);
  return { precision: mean.precision / by, recall: mean.recall / by, f1: mean.f1 / by };
}

/**
 * F1 of each letter over all labels; null for a letter in which neither side has a span, which has none.
 *
 * @example
 * ```ts
 * import { letterF1, scoreSpans } from "./score_spans.ts";
 * import { deepEqual } from "node:assert/strict";
 * const span = { start: 0, end: 3, label: "DRUG" };
 * const pairs = [{ id: "a", gold: [span], predicted: [span] }, { id: "b", gold: [], predicted: [] }];
 * deepEqual(scoreSpans(pairs, ["seqeval"]).map(letterF1), [[1, null]]);
 * ```
 */
export function letterF1({ ids, counts }: SpanScores): (number | null)[] {
  return ids.map((_, i) => {
    const { f1, counts: { possible, actual } } = counts.letter(i);
    return possible + actual > 0 ? f1 : null;
  });
}
