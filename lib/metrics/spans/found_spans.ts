/** How well the spans of a letter were found, as metrics of letters. @module */

import type { LetterValues, Metric, Pair } from "../metric.ts";
import type { MatchCounts } from "./match_counts.ts";
import { letterF1, scoreSpans } from "./score_spans.ts";

/**
 * F1 of the spans that were found in a letter (`found` of the pair) against its gold spans: a value a letter, NaN where neither side
 * has a span. `corpus` is the micro F1 of all letters together, which the papers print.
 *
 * @param scheme of the spans' registry: `token` (words by label), `seqeval-strict` (start, end and label equal)
 */
function f1Metric(name: string, title: string, scheme: string): Metric {
  return {
    ...{ name, title, higherIsBetter: true, range: [0, 1] },
    signature: () => `${name}|scheme:${scheme}|from:spans|v1`,
    score(pairs): LetterValues {
      const [scores] = scoreSpans(pairs.map((pair) => sidesOf(pair, name)), [scheme]);
      if (!scores) throw new Error(`${name}: the scheme ${scheme} gave no scores.`);
      const values = new Float64Array(pairs.length);
      const unscored = new Map<number, string>();
      letterF1(scores).forEach((f1, i) => {
        values[i] = f1 ?? NaN;
        if (f1 === null) unscored.set(i, "no span");
      });
      return {
        ...{ values, ...unscored.size > 0 && { unscored } },
        corpus: { value: scores.micro.f1, signature: `${name}|scheme:${scheme}|from:spans|micro|v1` },
      };
    },
  };
}

/** A number of spans a letter: what F1 of many letters together is made of. */
function countMetric(name: string, title: string, of: (counts: MatchCounts) => number): Metric {
  return {
    ...{ name, title, range: [0, Infinity] },
    signature: () => `${name}|scheme:seqeval-strict|from:spans|v1`,
    score(pairs): LetterValues {
      const [scores] = scoreSpans(pairs.map((pair) => sidesOf(pair, name)), ["seqeval-strict"]);
      return {
        values: Float64Array.from(pairs, (_, i) => scores ? of(scores.counts.letter(i).counts) : NaN),
      };
    },
  };
}

/**
 * F1 of the words of a letter by the label of their span (Vakili et al. 2025 report it).
 *
 * @throws {Error} from `score()`: naming the letter that comes without one side's spans, or whose two texts differ
 *
 * @example
 * ```ts
 * import { tokenF1Metric } from "./found_spans.ts";
 * import { equal } from "node:assert/strict";
 * const text = "Seen by Ann Lee.";
 * const [spans, found] = [[{ start: 8, end: 15, label: "NAME" }], [{ start: 8, end: 11, label: "NAME" }]];
 * const { values, corpus } = await tokenF1Metric.score([{ id: "a", reference: text, candidate: text, spans, found }], {});
 * equal(values[0], 2 / 3);
 * equal(corpus?.value, 2 / 3);
 * ```
 */
export const tokenF1Metric: Metric = f1Metric("token-f1", "Token F1", "token");

/** F1 of the spans of a letter: start, end and label must be equal. */
export const spanF1Metric: Metric = f1Metric("span-f1", "Span F1", "seqeval-strict");

/** Spans of a letter that were found: start, end and label equal. */
export const spansCorrectMetric: Metric = countMetric(
  "spans-correct",
  "Spans found right",
  (counts) => counts.correct,
);

/** Spans that were found in a letter, right or wrong. */
export const spansFoundMetric: Metric = countMetric("spans-found", "Spans found", (counts) => counts.actual);

/** Spans that there are in a letter. */
export const spansGoldMetric: Metric = countMetric("spans-gold", "Gold spans", (counts) => counts.possible);

function sidesOf({ id, reference, candidate, spans, found }: Pair, metric: string) {
  if (spans === undefined || found === undefined) {
    const missing = spans === undefined ? "spans" : "found";
    throw new Error(`${metric}: letter ${id} comes without "${missing}". Give gold and found spans.`);
  }
  if (candidate !== reference) {
    throw new Error(
      `${metric}: letter ${id} was tagged in another text than its gold spans are of. Tag that.`,
    );
  }
  return { id, text: candidate, gold: spans, predicted: found };
}
