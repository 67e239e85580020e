/** Matching of overlapping spans in the four ways of nervaluate. @module */

import { CORRECT, CountTable, INCORRECT, MISSED, OUTCOMES, PARTIAL, SPURIOUS } from "./match_counts.ts";
import { orderOf } from "./set_matching.ts";
import { labelsApart, type SpanTable, type SpanTables } from "./span_table.ts";

/**
 * `strict`: the same border and label is correct, any other overlap incorrect. `exact`: the same border is correct whatever the
 * label, any other overlap incorrect. `partial`: as `exact`, but an overlap is partial. `type`: an overlap with the same
 * label is correct, with another label incorrect (nervaluate's `ent_type`).
 */
export type OverlapStrategy = "strict" | "exact" | "partial" | "type";

/** A gold span is overlapped where at least this many hundredths of it are. */
const LEAST_OVERLAP = 1;

/**
 * Pairs gold with predicted spans and counts the outcomes, over all labels, and label by label over the spans of that label
 * alone. The counts equal those of nervaluate 1.2.1 (whose inclusive ends are these ends − 1) for predictions that do
 * not overlap one another and are listed from left to right.
 *
 * nervaluate gives each prediction, in the order listed, the best gold span that is still free, so its counts depend on that
 * order, and a prediction that merely overlaps a gold span may take it from one that equals it. Here (1) both sides are
 * sorted by start, end and label first; (2) predictions that equal a gold span (in border, and in label where the strategy asks
 * for it) get theirs before all others choose. After that each prediction takes, as there, the first free gold span that it
 * overlaps by at least 1% of the gold span; under `type` the one of its label with the nearest border, else the first.
 *
 * @example
 * ```ts
 * import { matchOverlaps } from "./overlap_matching.ts";
 * import { tablesOf } from "./span_table.ts";
 * import { equal } from "node:assert/strict";
 * const tables = tablesOf([[{ start: 0, end: 3, label: "A" }]], [[{ start: 2, end: 5, label: "A" }]]);
 * equal(matchOverlaps(tables, "partial").micro().f1, 0.5);
 * equal(matchOverlaps(tables, "type").micro().f1, 1);
 * ```
 */
export function matchOverlaps(tables: SpanTables, strategy: OverlapStrategy): CountTable {
  const counts = new CountTable(tables.gold.offsets.length - 1, tables.labels);
  tallyLetters(tables, strategy, counts.overall);
  tallyLetters(labelsApart(tables), strategy, counts.byLabel);
  return counts;
}

/** Adds the outcomes of each letter to its row of counts. */
function tallyLetters(tables: SpanTables, strategy: OverlapStrategy, counts: Int32Array): void {
  const { gold, predicted } = tables;
  const free = { gold: new Uint8Array(mostRows(gold)), predicted: new Uint8Array(mostRows(predicted)) };
  for (let letter = 0; letter + 1 < gold.offsets.length; letter++) {
    const rows = {
      goldFrom: gold.offsets[letter]!, // letter < letters
      goldTo: gold.offsets[letter + 1]!,
      from: predicted.offsets[letter]!,
      to: predicted.offsets[letter + 1]!,
    };
    const row = letter * OUTCOMES.length;
    if (rows.goldFrom === rows.goldTo || rows.from === rows.to) {
      counts[row + MISSED] = rows.goldTo - rows.goldFrom;
      counts[row + SPURIOUS] = rows.to - rows.from;
    } else pairUp(tables, rows, strategy, free, counts, row);
  }
}

/** A gold and a predicted span that were paired, or one that nothing was paired with, by their rows in the tables. */
export interface SpanMatch {
  readonly letter: number;
  readonly gold?: number;
  readonly predicted?: number;
}

/**
 * The pairs that {@linkcode matchOverlaps} counts, letter by letter, and the spans that are left.
 *
 * @example
 * ```ts
 * import { overlapMatches } from "./overlap_matching.ts";
 * import { tablesOf } from "./span_table.ts";
 * import { deepEqual } from "node:assert/strict";
 * const tables = tablesOf([[{ start: 0, end: 3, label: "A" }]], [[{ start: 2, end: 5, label: "A" }]]);
 * deepEqual(overlapMatches(tables, "type"), [{ letter: 0, gold: 0, predicted: 0 }]);
 * ```
 */
export function overlapMatches(tables: SpanTables, strategy: OverlapStrategy): SpanMatch[] {
  const { gold, predicted } = tables;
  const free = { gold: new Uint8Array(mostRows(gold)), predicted: new Uint8Array(mostRows(predicted)) };
  const counts = new Int32Array(OUTCOMES.length);
  const matches: SpanMatch[] = [];
  for (let letter = 0; letter + 1 < gold.offsets.length; letter++) {
    const rows = {
      goldFrom: gold.offsets[letter]!, // letter < letters
      goldTo: gold.offsets[letter + 1]!,
      from: predicted.offsets[letter]!,
      to: predicted.offsets[letter + 1]!,
    };
    pairUp(tables, rows, strategy, free, counts, 0, (match) => matches.push({ letter, ...match }));
  }
  return matches;
}

function mostRows({ offsets }: SpanTable): number {
  let most = 0;
  for (let i = 1; i < offsets.length; i++) most = Math.max(most, offsets[i]! - offsets[i - 1]!); // in range
  return most;
}

/** The rows of a letter in the tables of gold and predicted spans. */
interface Rows {
  readonly goldFrom: number;
  readonly goldTo: number;
  readonly from: number;
  readonly to: number;
}

/** Tallies a letter in `counts` from `at` on; `free` is room for a mark a row. */
function pairUp(
  tables: SpanTables,
  rows: Rows,
  strategy: OverlapStrategy,
  free: { readonly gold: Uint8Array; readonly predicted: Uint8Array },
  counts: Int32Array,
  at: number,
  tell: (match: Omit<SpanMatch, "letter">) => void = () => {},
): void {
  const { gold, predicted } = tables;
  const { goldFrom, goldTo, from, to } = rows;
  const byType = strategy === "type";
  const withLabel = byType || strategy === "strict";
  let left = goldTo - goldFrom;
  for (let g = 0; g < left; g++) free.gold[g] = 1;
  for (let p = 0; p < to - from; p++) free.predicted[p] = 1;
  for (let [g, p] = [goldFrom, from]; g < goldTo && p < to;) {
    const order = orderOf(gold, g, predicted, p, withLabel);
    if (order === 0) {
      free.gold[g - goldFrom] = free.predicted[p - from] = 0;
      tell({ gold: g, predicted: p });
      counts[at + CORRECT]!++; // a place for every outcome
      left--;
    }
    if (order <= 0) g++;
    if (order >= 0) p++;
  }
  let nearby = goldFrom; // no gold span before this row reaches a prediction that is still to come
  for (let p = from; p < to; p++) {
    if (free.predicted[p - from] === 0) continue;
    while (nearby < goldTo && gold.ends[nearby]! <= predicted.starts[p]!) nearby++; // rows of the tables
    const choice = choose(tables, p, nearby, rows, free.gold, byType);
    if (choice < 0) {
      counts[at + SPURIOUS]!++; // a place for every outcome
      tell({ predicted: p });
      continue;
    }
    free.gold[choice - goldFrom] = 0;
    tell({ gold: choice, predicted: p });
    left--;
    const correct = byType && gold.labels[choice] === predicted.labels[p];
    counts[at + (correct ? CORRECT : strategy === "partial" ? PARTIAL : INCORRECT)]!++; // a place for every outcome
  }
  counts[at + MISSED] = left;
  for (let g = goldFrom; g < goldTo; g++) if (free.gold[g - goldFrom] === 1) tell({ gold: g });
}

/** The free gold span that a prediction takes, −1 where there is none. */
function choose(
  { gold, predicted }: SpanTables,
  row: number,
  nearby: number,
  { goldFrom, goldTo }: Rows,
  goldFree: Uint8Array,
  byType: boolean,
): number {
  const [start, end] = [predicted.starts[row]!, predicted.ends[row]!]; // a row of the table
  let [first, nearest, distance] = [-1, -1, Infinity];
  for (let g = nearby; g < goldTo; g++) {
    const [goldStart, goldEnd] = [gold.starts[g]!, gold.ends[g]!]; // a row of the table
    if (goldStart >= end) break;
    const overlap = Math.min(end, goldEnd) - Math.max(start, goldStart);
    const enough = overlap > 0 && overlap / (goldEnd - goldStart) * 100 >= LEAST_OVERLAP;
    if (!enough || goldFree[g - goldFrom] === 0) continue;
    if (byType && gold.labels[g] === predicted.labels[row]) {
      const away = Math.abs(start - goldStart) + Math.abs(end - goldEnd);
      if (away < distance) [nearest, distance] = [g, away];
    } else if (first < 0) {
      first = g;
      if (!byType) break;
    }
  }
  return nearest >= 0 ? nearest : first;
}
