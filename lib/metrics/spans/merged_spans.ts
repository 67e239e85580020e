/** MEDDOCAN's merged score: neighbouring spans count as one. @module */

import { CORRECT, CountTable, MISSED, SPURIOUS } from "./match_counts.ts";
import type { SpanTable, SpanTables } from "./span_table.ts";

/** Whether nothing but characters that are neither letter nor digit stands in `[from, to)` of a letter. */
export type IsGap = (letter: number, from: number, to: number) => boolean;

/**
 * `meddocan` counts as the official script does: correct are the spans that are equal and, beside them, the merged ones that
 * are equal; missed and spurious are the spans before merging that are neither equal nor inside a correct one. So two
 * neighbouring spans found exactly are three correct ones. `plain` merges both sides and counts what is equal.
 * Labels play no part; the counts of a label are over its spans alone.
 *
 * Source: `EvaluateSubtrack2merged` in PlanTL-GOB-ES/MEDDOCAN-Evaluation-Script, `classes.py`.
 *
 * @example
 * ```ts
 * import { matchMerged } from "./merged_spans.ts";
 * import { tablesOf } from "./span_table.ts";
 * import { equal } from "node:assert/strict";
 * const [day, month] = [{ start: 0, end: 2, label: "DATE" }, { start: 3, end: 6, label: "DATE" }];
 * const tables = tablesOf([[day, month]], [[{ start: 0, end: 6, label: "DATE" }]]);
 * equal(matchMerged(tables, "plain", () => true).micro().f1, 1);
 * equal(matchMerged(tables, "plain", () => false).micro().f1, 0);
 * ```
 */
export function matchMerged(tables: SpanTables, counting: "meddocan" | "plain", isGap: IsGap): CountTable {
  const { gold, predicted } = tables;
  const letters = gold.offsets.length - 1;
  const counts = new CountTable(letters, tables.labels);
  for (let letter = 0; letter < letters; letter++) {
    const gap = (from: number, to: number) => isGap(letter, from, to);
    const tally = ([correct, missed, spurious]: Tally, add: typeof counts.addOverall) => {
      add(letter, CORRECT, correct);
      add(letter, MISSED, missed);
      add(letter, SPURIOUS, spurious);
    };
    const present = new Set([...labelsOf(gold, letter), ...labelsOf(predicted, letter)]);
    tally(
      count(bordersOf(gold, letter), bordersOf(predicted, letter), counting, gap),
      counts.addOverall.bind(counts),
    );
    for (const label of present) {
      tally(
        count(bordersOf(gold, letter, label), bordersOf(predicted, letter, label), counting, gap),
        (at, outcome, howMany) => counts.addToLabel(at, label, outcome, howMany),
      );
    }
  }
  return counts;
}

type Border = readonly [start: number, end: number];
type Tally = readonly [correct: number, missed: number, spurious: number];

function labelsOf(table: SpanTable, letter: number): Int32Array {
  return table.labels.subarray(table.offsets[letter], table.offsets[letter + 1]);
}

/** The borders of a letter's spans, of one label or all, without repetitions, in order. */
function bordersOf(table: SpanTable, letter: number, label?: number): Border[] {
  const borders: Border[] = [];
  const [from, to] = [table.offsets[letter]!, table.offsets[letter + 1]!]; // letter < letters
  for (let row = from; row < to; row++) {
    const [start, end] = [table.starts[row]!, table.ends[row]!]; // row < rows
    const last = borders.at(-1);
    if (label !== undefined && table.labels[row] !== label) continue;
    if (last?.[0] !== start || last[1] !== end) borders.push([start, end]);
  }
  return borders;
}

function count(
  gold: readonly Border[],
  predicted: readonly Border[],
  counting: "meddocan" | "plain",
  gap: (from: number, to: number) => boolean,
): Tally {
  // The script ends a joined span where the later one ends, even inside the one before it.
  const endOf = counting === "meddocan" ? (_: number, later: number) => later : Math.max;
  const [goldMerged, predictedMerged] = [merge(gold, gap, endOf), merge(predicted, gap, endOf)];
  const equalMerged = shared(goldMerged, predictedMerged);
  if (counting === "plain") {
    const both = equalMerged.length;
    return [both, goldMerged.length - both, predictedMerged.length - both];
  }
  const correct = new Map(
    [...shared(gold, predicted), ...equalMerged].map((border) => [`${border}`, border]),
  );
  const holders = [...correct.values()].sort(([a], [b]) => a - b);
  return [correct.size, outside(gold, holders), outside(predicted, holders)];
}

/** How many spans lie inside none of the holders; both sorted by start. */
function outside(spans: readonly Border[], holders: readonly Border[]): number {
  let [next, reach, count] = [0, -1, 0];
  for (const [start, end] of spans) {
    for (; (holders[next]?.[0] ?? Infinity) <= start; next++) {
      reach = Math.max(reach, holders[next]?.[1] ?? -1);
    }
    if (reach < end) count++;
  }
  return count;
}

/** Joins each span to the one before where only a gap lies between, or nothing. */
function merge(
  spans: readonly Border[],
  gap: (from: number, to: number) => boolean,
  endOf: (earlier: number, later: number) => number,
): Border[] {
  const merged: Border[] = [];
  for (const [start, end] of spans) {
    const last = merged.at(-1);
    if (last && gap(last[1], start)) merged[merged.length - 1] = [last[0], endOf(last[1], end)];
    else merged.push([start, end]);
  }
  return merged;
}

function shared(left: readonly Border[], right: readonly Border[]): Border[] {
  const keys = new Set(right.map(String));
  return left.filter((border) => keys.has(String(border)));
}
