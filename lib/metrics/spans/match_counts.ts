/** What matching predicted with gold spans comes to, and the scores of it: what all span schemes share. @module */

import { type PrecisionRecallF1, precisionRecallF1 } from "../precision_recall_f1.ts";

/** The kinds of outcome, in the order in which tables of counts hold them. */
export const OUTCOMES = ["correct", "incorrect", "partial", "missed", "spurious"] as const;
export type Outcome = typeof OUTCOMES[number];

/**
 * How many spans (or tokens) had each outcome. `missed` are gold spans that nothing was matched with, `spurious` predicted ones.
 * Schemes that know only right and wrong leave `incorrect` and `partial` at 0.
 */
export interface MatchCounts extends Readonly<Record<Outcome, number>> {
  /** Gold spans: correct + incorrect + partial + missed. */
  readonly possible: number;
  /** Predicted spans: correct + incorrect + partial + spurious. */
  readonly actual: number;
}

/** Precision, recall and F1 with the counts that they come from. */
export interface SpanScore extends PrecisionRecallF1 {
  readonly counts: MatchCounts;
}

/**
 * The score of counts: precision = (correct + partial / 2) / actual, recall = (correct + partial / 2) / possible; 0 where
 * nothing was predicted, or there was nothing to find.
 *
 * @example
 * ```ts
 * import { scoreOf } from "./match_counts.ts";
 * import { equal } from "node:assert/strict";
 * const { precision, recall, counts } = scoreOf({ correct: 1, incorrect: 0, partial: 1, missed: 1, spurious: 0 });
 * equal(precision, 0.75);
 * equal(recall, 0.5);
 * equal(counts.possible, 3);
 * ```
 */
export function scoreOf(outcomes: Readonly<Record<Outcome, number>>): SpanScore {
  const { correct, incorrect, partial, missed, spurious } = outcomes;
  const matched = correct + incorrect + partial;
  const [possible, actual] = [matched + missed, matched + spurious];
  const hits = correct + partial / 2;
  return {
    ...precisionRecallF1(hits / Math.max(actual, 1), hits / Math.max(possible, 1)),
    counts: { correct, incorrect, partial, missed, spurious, possible, actual },
  };
}

/** Places of the outcomes in `OUTCOMES`. */
export const [CORRECT, INCORRECT, PARTIAL, MISSED, SPURIOUS] = [0, 1, 2, 3, 4] as const;
const KINDS = OUTCOMES.length;

/**
 * The counts of every letter, over all labels and label by label.
 *
 * @example
 * ```ts
 * import { CORRECT, CountTable, MISSED } from "./match_counts.ts";
 * import { deepEqual } from "node:assert/strict";
 * const counts = new CountTable(2, ["A"]);
 * counts.add(0, 0, CORRECT);
 * counts.add(1, 0, MISSED);
 * deepEqual([counts.letter(0).recall, counts.micro().recall, counts.label(0).recall], [1, 0.5, 0.5]);
 * ```
 */
export class CountTable {
  /** `overall[letter * 5 + outcome]`. */
  readonly overall: Int32Array;
  /** `byLabel[(letter * labels + label) * 5 + outcome]`. */
  readonly byLabel: Int32Array;

  constructor(readonly letters: number, readonly labels: readonly string[]) {
    this.overall = new Int32Array(letters * KINDS);
    this.byLabel = new Int32Array(letters * labels.length * KINDS);
  }

  /** Counts outcomes of a label, and of the whole letter. */
  add(letter: number, label: number, outcome: number): void {
    this.addOverall(letter, outcome, 1);
    this.addToLabel(letter, label, outcome, 1);
  }

  addOverall(letter: number, outcome: number, howMany: number): void {
    this.overall[letter * KINDS + outcome]! += howMany; // letter < letters
  }

  addToLabel(letter: number, label: number, outcome: number, howMany: number): void {
    this.byLabel[(letter * this.labels.length + label) * KINDS + outcome]! += howMany; // letter, label in range
  }

  /** The score of one letter over all labels. */
  letter(letter: number): SpanScore {
    return scoreOf(sumOf(this.overall.subarray(letter * KINDS, (letter + 1) * KINDS), 0, KINDS));
  }

  /** The score of the whole corpus over all labels. */
  micro(): SpanScore {
    return scoreOf(sumOf(this.overall, 0, KINDS));
  }

  /** The score of one label over the whole corpus. */
  label(label: number): SpanScore {
    return scoreOf(sumOf(this.byLabel, label * KINDS, this.labels.length * KINDS));
  }
}

/** The sums of rows of outcomes that begin at `from` and `step` apart. */
function sumOf(counts: Int32Array, from: number, step: number): Record<Outcome, number> {
  const sums = new Float64Array(KINDS);
  for (let row = from; row < counts.length; row += step) {
    for (let kind = 0; kind < KINDS; kind++) sums[kind]! += counts[row + kind]!; // whole rows
  }
  const [correct = 0, incorrect = 0, partial = 0, missed = 0, spurious = 0] = sums;
  return { correct, incorrect, partial, missed, spurious };
}
