/** Bootstrap intervals of span scores over letters. @module */

import type { PrecisionRecallF1 } from "../precision_recall_f1.ts";
import { OUTCOMES } from "./match_counts.ts";
import type { SpanScores } from "./score_spans.ts";
import { plus, ratio, type Replicates, type ScoreInterval, type SumBootstrap } from "./sum_bootstrap.ts";

/** The interval of each number of a score. */
export type ScoreIntervals = Readonly<Record<keyof PrecisionRecallF1, ScoreInterval>>;

/** Intervals of the scores of one scheme. */
export interface SpanIntervals {
  readonly level: number;
  readonly resamples: number;
  readonly micro: ScoreIntervals;
  readonly macro: ScoreIntervals;
  readonly perLabel: ReadonlyMap<string, ScoreIntervals>;
  /** Of MEDDOCAN's leak rate, where the scores have one. */
  readonly leak?: ScoreInterval;
}

/**
 * BCa intervals of micro, macro and per-label scores. Letters are drawn with their spans, which are not independent of one
 * another. In a resample, a label that no drawn letter has is left out of the macro average, as it would be in a corpus.
 *
 * @param bootstrap draws for as many letters as were scored; the schemes of a table share one
 * @throws {Error} when it is for another number of letters
 *
 * @example
 * ```ts
 * import { scoreSpans } from "./score_spans.ts";
 * import { spanIntervals } from "./span_intervals.ts";
 * import { SumBootstrap } from "./sum_bootstrap.ts";
 * import { ok } from "node:assert/strict";
 * const span = { start: 0, end: 3, label: "DRUG" };
 * const pairs = ["a", "b", "c"].map((id) => ({ id, gold: [span], predicted: id === "a" ? [] : [span] }));
 * for (const scores of scoreSpans(pairs, ["seqeval"])) {
 *   const { low, high } = spanIntervals(scores, new SumBootstrap(3)).micro.recall;
 *   ok(low < 2 / 3 && 2 / 3 < high);
 * }
 * ```
 */
export function spanIntervals(scores: SpanScores, bootstrap: SumBootstrap): SpanIntervals {
  const { counts, micro, macro, leak } = scores;
  const nothing = bootstrap.sums(new Float64Array(counts.letters));
  const labels = [...scores.perLabel].map(([label, score], i) => {
    const columns = columnsOf(counts.byLabel, counts.letters, i, counts.labels.length);
    const replicates = replicatesOf(bootstrap, columns);
    return { label, replicates, intervals: intervalsOf(bootstrap, score, replicates) };
  });
  const overall = columnsOf(counts.overall, counts.letters, 0, 1);
  // A label that is absent adds 0 to the sum of scores as well as to the number of labels.
  const present = labels.reduce((sum, { replicates }) => plus(sum, replicates.present), nothing);
  const macroReplicates = byNumber((number) =>
    ratio(labels.reduce((sum, { replicates }) => plus(sum, replicates[number]), nothing), present)
  );
  const leaked = leak && ratio(bootstrap.sums(overall.missed), bootstrap.sums(leak.sentences));
  return {
    level: bootstrap.level,
    resamples: bootstrap.resamples,
    micro: intervalsOf(bootstrap, micro, replicatesOf(bootstrap, overall)),
    macro: intervalsOf(bootstrap, macro, macroReplicates),
    perLabel: new Map(labels.map(({ label, intervals }) => [label, intervals])),
    ...(leaked && { leak: bootstrap.interval(leak.rate, leaked) }),
  };
}

type Columns = Readonly<Record<"hits" | "actual" | "possible" | "missed", Float64Array>>;

/** What each letter adds to the sums that scores are made of: of all labels, or of the i-th of several. */
function columnsOf(counts: Int32Array, letters: number, i: number, of: number): Columns {
  const column = () => new Float64Array(letters);
  const columns = { hits: column(), actual: column(), possible: column(), missed: column() };
  for (let letter = 0; letter < letters; letter++) {
    const at = (letter * of + i) * OUTCOMES.length;
    const row = counts.subarray(at, at + OUTCOMES.length);
    const [correct = 0, incorrect = 0, partial = 0, missed = 0, spurious = 0] = row;
    columns.hits[letter] = correct + partial / 2;
    columns.actual[letter] = correct + incorrect + partial + spurious;
    columns.possible[letter] = correct + incorrect + partial + missed;
    columns.missed[letter] = missed;
  }
  return columns;
}

function replicatesOf(bootstrap: SumBootstrap, columns: Columns) {
  const hits = bootstrap.sums(columns.hits);
  const [actual, possible] = [bootstrap.sums(columns.actual), bootstrap.sums(columns.possible)];
  const either = plus(actual, possible);
  return {
    precision: ratio(hits, actual),
    recall: ratio(hits, possible),
    f1: ratio(plus(hits, hits), either), // 2PR / (P + R) = 2 hits / (actual + possible)
    present: ratio(either, either), // 1 where the label is in a resample, 0 where not
  };
}

function intervalsOf(
  bootstrap: SumBootstrap,
  score: PrecisionRecallF1,
  replicates: Readonly<Record<keyof PrecisionRecallF1, Replicates>>,
): ScoreIntervals {
  return byNumber((number) => bootstrap.interval(score[number], replicates[number]));
}

function byNumber<T>(make: (number: keyof PrecisionRecallF1) => T): Record<keyof PrecisionRecallF1, T> {
  return { precision: make("precision"), recall: make("recall"), f1: make("f1") };
}
