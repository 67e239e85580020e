/** How well entities are found. @module */

import type { Letter } from "../corpus/letter.ts";
import { scoreSpans, type SpanScores } from "../metrics/spans/score_spans.ts";
import { spanIntervals } from "../metrics/spans/span_intervals.ts";
import { type ScoreInterval, SumBootstrap } from "../metrics/spans/sum_bootstrap.ts";
import { estimate, type Row, type Table } from "../report/table.ts";

/** Scores of entities, and the same as a table. */
export interface EntityScores extends SpanScores {
  /** A row for all entities and one a label. */
  readonly table: Table;
}

/**
 * Strict entity scores: an entity is found where its start, end and label are. Intervals are BCa bootstrap intervals over
 * letters (Efron 1987).
 *
 * @param gold letters with the spans that there are
 * @param tagged the same letters with the spans that were found, in any order
 * @param labels what counts, on both sides. Left out: everything.
 * @throws {Error} where a letter is on one side only
 *
 * @example
 * ```ts
 * import { scoreEntities } from "./score_entities.ts";
 * import { equal } from "node:assert/strict";
 * const spans = [{ start: 3, end: 10, label: "DRUG" }, { start: 15, end: 20, label: "TEST" }];
 * const letters = ["a", "b"].map((id) => ({ id, text: "On aspirin. An X-ray.", spans, meta: {} }));
 * const tagged = letters.map((letter) => ({ ...letter, spans: spans.slice(0, 1) }));
 * const { micro, table } = scoreEntities(letters, tagged);
 * equal(micro.recall, 0.5);
 * equal(table.rows.length, 3);
 * ```
 */
export function scoreEntities(
  gold: readonly Letter[],
  tagged: readonly Letter[],
  labels?: readonly string[],
): EntityScores {
  const found = new Map(tagged.map(({ id, spans }) => [id, spans]));
  const counted = (spans: Letter["spans"]) =>
    labels ? spans.filter(({ label }) => labels.includes(label)) : spans;
  if (tagged.length !== gold.length) {
    throw new Error(`${gold.length} letters with gold spans, ${tagged.length} tagged ones. Give the same.`);
  }
  const pairs = gold.map(({ id, spans }) => {
    const predicted = found.get(id);
    if (!predicted) throw new Error(`letter ${id} was not tagged.`);
    return { id, gold: counted(spans), predicted: counted(predicted) };
  });
  const [scores] = scoreSpans(pairs, ["seqeval"]);
  if (!scores) throw new Error("no scores of the scheme seqeval.");
  return { ...scores, table: tableOf(scores) };
}

function tableOf(scores: SpanScores): Table {
  const { micro, perLabel, ids, signature } = scores;
  const intervals = spanIntervals(scores, new SumBootstrap(ids.length));
  const row = (
    label: string,
    { precision, recall, f1, counts }: typeof micro,
    interval: ScoreInterval,
  ): Row => ({
    ...{ label, gold: counts.possible, found: counts.actual, correct: counts.correct, precision, recall },
    f1: estimate({ mean: f1, ...interval }),
  });
  return {
    caption: `Entities found in ${ids.length} letters, start, end and label exact (${signature}); ` +
      "F1 with its 95% bootstrap interval over letters.",
    columns: [
      { name: "label", kind: "text" },
      { name: "gold", kind: "integer" },
      { name: "found", kind: "integer" },
      { name: "correct", kind: "integer" },
      { name: "precision", kind: "number" },
      { name: "recall", kind: "number" },
      { name: "f1", title: "F1", kind: "interval", digits: 3 },
    ],
    rows: [
      row("all", micro, intervals.micro.f1),
      ...[...perLabel].map(([label, score]) => row(label, score, intervals.perLabel.get(label)!.f1)), // of the same labels
    ],
  };
}
