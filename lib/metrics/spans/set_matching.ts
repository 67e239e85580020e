/** Matching of equal spans: what is in both sets is correct, the rest missed or spurious. @module */

import { CORRECT, CountTable, MISSED, SPURIOUS } from "./match_counts.ts";
import type { SpanTable, SpanTables } from "./span_table.ts";

/**
 * Counts equal spans of gold and prediction, each set of a letter taken without repetitions. With `labels` aware, equal
 * spans have one start, end and label, which is what seqeval and MEDDOCAN's NER score count; with `labels` blind the
 * counts over all labels disregard the label (MEDDOCAN's spans score), those of a label are over its spans alone.
 *
 * @example
 * ```ts
 * import { matchSets } from "./set_matching.ts";
 * import { tablesOf } from "./span_table.ts";
 * import { equal } from "node:assert/strict";
 * const tables = tablesOf([[{ start: 0, end: 3, label: "A" }]], [[{ start: 0, end: 3, label: "B" }]]);
 * equal(matchSets(tables, "aware").micro().f1, 0);
 * equal(matchSets(tables, "blind").micro().f1, 1);
 * ```
 */
export function matchSets(tables: SpanTables, labels: "aware" | "blind"): CountTable {
  const { gold, predicted } = tables;
  const letters = gold.offsets.length - 1;
  const counts = new CountTable(letters, tables.labels);
  for (let letter = 0; letter < letters; letter++) {
    if (labels === "aware") {
      compare(gold, predicted, letter, true, (label, outcome) => counts.add(letter, label, outcome));
      continue;
    }
    compare(gold, predicted, letter, true, (label, outcome) => counts.addToLabel(letter, label, outcome, 1));
    compare(gold, predicted, letter, false, (_, outcome) => counts.addOverall(letter, outcome, 1));
  }
  return counts;
}

function compare(
  gold: SpanTable,
  predicted: SpanTable,
  letter: number,
  withLabel: boolean,
  found: (label: number, outcome: number) => void,
): void {
  let [g, p] = [gold.offsets[letter]!, predicted.offsets[letter]!]; // letter < letters
  const [goldEnd, predictedEnd] = [gold.offsets[letter + 1]!, predicted.offsets[letter + 1]!]; // as above
  while (g < goldEnd || p < predictedEnd) {
    const order = g === goldEnd ? 1 : p === predictedEnd ? -1 : orderOf(gold, g, predicted, p, withLabel);
    const label = order <= 0 ? gold.labels[g]! : predicted.labels[p]!; // the side that is not at its end
    found(label, order === 0 ? CORRECT : order < 0 ? MISSED : SPURIOUS);
    if (order <= 0) g = pastRepetitions(gold, g, goldEnd, withLabel);
    if (order >= 0) p = pastRepetitions(predicted, p, predictedEnd, withLabel);
  }
}

function pastRepetitions(table: SpanTable, at: number, end: number, withLabel: boolean): number {
  let next = at + 1;
  while (next < end && orderOf(table, at, table, next, withLabel) === 0) next++;
  return next;
}

/**
 * Negative where the left span comes first, 0 where the two are equal.
 *
 * @example
 * ```ts
 * import { orderOf } from "./set_matching.ts";
 * import { tablesOf } from "./span_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const { gold, predicted } = tablesOf([[{ start: 0, end: 3, label: "A" }]], [[{ start: 0, end: 3, label: "B" }]]);
 * deepEqual([orderOf(gold, 0, predicted, 0, false), orderOf(gold, 0, predicted, 0, true)], [0, -1]);
 * ```
 */
export function orderOf(left: SpanTable, l: number, right: SpanTable, r: number, withLabel: boolean): number {
  // l and r are places in their tables.
  return left.starts[l]! - right.starts[r]! || left.ends[l]! - right.ends[r]! ||
    (withLabel ? left.labels[l]! - right.labels[r]! : 0);
}
