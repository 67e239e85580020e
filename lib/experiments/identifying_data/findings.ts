/** A finder's evaluation on a corpus. @module */

import type { Letter } from "../../corpus/letter.ts";
import { foundBy, measuresOf } from "../../phi/evaluate.ts";
import { type FoundLetter } from "../../phi/evaluate_letters.ts";
import { withConfidence } from "../../phi/evaluate_confidence.ts";
import { type MeasuredRate, rateIntervals } from "../../phi/evaluate_intervals.ts";
import { type Miss, missCounts, missesOf } from "../../phi/evaluate_misses.ts";
import {
  type PrecisionAtTarget,
  precisionAtTarget,
  recallCurve,
  type RecallPoint,
} from "../../phi/evaluate_recall.ts";
import type { PhiFinder } from "../../phi/finder.ts";
import type { LettersFinder } from "../../phi/finders.ts";
import type { Table } from "../../report/table.ts";

/** What a finder does on a corpus. */
export interface Findings {
  /** What the corpus is called. */
  readonly corpus: string;
  readonly finder: string;
  readonly letters: readonly FoundLetter[];
  readonly rates: readonly MeasuredRate[];
  readonly curve: readonly RecallPoint[];
  readonly atRecall: readonly PrecisionAtTarget[];
  readonly misses: readonly Miss[];
}

/**
 * Searches letters and measures what is found: rates with intervals, the recall curve, precision at 99% recall, and every miss. The curve is of
 * all that the finder would find at its loosest; spans without a probability get one from the letters of other folds.
 *
 * @throws {Error} as `measuresOf()`, and for fewer than two letters
 *
 * @example
 * ```ts
 * import { findingsOf } from "./findings.ts";
 * import { finderNamed } from "./finders.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = [{ start: 3, end: 7, label: "CLINICIAN" }];
 * const letters = ["a", "b"].map((id) => ({ id, text: "Dr Osei came.", spans, meta: {} }));
 * const { rates, misses } = await findingsOf("two letters", letters, await finderNamed("rules"));
 * deepEqual([rates[0]?.name, rates[0]?.estimate?.value, misses.length], ["found", 1, 0]);
 * ```
 */
export async function findingsOf(
  corpus: string,
  letters: readonly Letter[],
  finder: PhiFinder | LettersFinder,
): Promise<Findings> {
  const found = await foundBy(letters, finder);
  const loose = "candidates" in finder ? await finder.candidates(letters) : undefined;
  const sure = withConfidence(
    loose ? letters.map((letter, i) => ({ letter, found: loose[i] ?? [] })) : found,
  );
  return {
    ...{ corpus, finder: finder.name, letters: found },
    rates: rateIntervals(measuresOf(found)),
    curve: recallCurve(sure),
    atRecall: precisionAtTarget(sure),
    misses: missesOf(found),
  };
}

const groups = {
  all: "all",
  kind: "found, by kind",
  "kind, label-aware": "found as its kind",
  "found as": "precision, by kind found as",
  clinical: "clinical words redacted",
} as const;

/** The rates of several findings as a table, in percent: a row a measure, a column a corpus. */
export function ratesTable(findings: readonly Findings[]): Table {
  const keys = new Map(
    findings.flatMap(({ rates }) =>
      rates.map(({ group, name }) => [JSON.stringify([group, name]), { group, name }] as const)
    ),
  );
  const order = Object.keys(groups);
  return {
    caption:
      "What is found and what is taken away, in percent of characters (letters with a leak: of letters; clinical words: of words), " +
      "with 95% intervals: 10,000 BCa bootstraps over letters for each of three seeds, their ends averaged.",
    columns: [
      { name: "of", kind: "text" },
      { name: "measure", kind: "text" },
      ...findings.map(({ corpus, letters }) => ({
        name: corpus,
        title: `${corpus} (${letters.length})`,
        kind: "interval" as const,
        digits: 2,
      })),
    ],
    rows: [...keys].toSorted(([, a], [, b]) => order.indexOf(a.group) - order.indexOf(b.group)).map(
      ([, { group, name }]) => ({
        ...{ of: groups[group], measure: name },
        ...Object.fromEntries(findings.map(({ corpus, rates }) => {
          const estimate = rates.find((one) => one.group === group && one.name === name)?.estimate ?? null;
          if (estimate === null) return [corpus, null];
          const { value, low, high } = estimate;
          return [corpus, { value: 100 * value, low: 100 * low, high: 100 * high }];
        })),
      }),
    ),
  };
}

/** Misses by kind and cause, the most frequent first. */
export function missCountsTable({ misses }: Pick<Findings, "misses">, most = Infinity): Table {
  return {
    caption: "What was not found whole, by kind and cause.",
    columns: [
      { name: "kind", kind: "text" },
      { name: "cause", kind: "text" },
      { name: "spans", kind: "integer" },
      { name: "letters", kind: "integer" },
      { name: "characters", title: "letters and digits missed", kind: "integer" },
    ],
    rows: missCounts(misses).slice(0, most).map(({ kind, cause, spans, letters, characters }) => (
      { kind, cause, spans, letters, characters }
    )),
  };
}

/** The misses one by one, with what they cover: for letters whose text may be shown. */
export function missesTable(
  { letters, misses }: Pick<Findings, "letters" | "misses">,
  most = Infinity,
): Table {
  const texts = new Map(letters.map(({ letter: { id, text } }) => [id, text]));
  const oneLine = (text: string) => text.replace(/\s+/g, " ");
  return {
    caption: "What was not found whole: of so many letters and digits so many were missed.",
    columns: [
      { name: "letter", kind: "text" },
      { name: "kind", kind: "text" },
      { name: "before", kind: "text" },
      { name: "missed", kind: "text" },
      { name: "after", kind: "text" },
      { name: "share", title: "missed of it", kind: "text" },
      { name: "cause", kind: "text" },
    ],
    rows: misses.slice(0, most).map(({ letter, kind, start, end, missed, characters, cause }) => {
      const text = texts.get(letter) ?? "";
      return {
        ...{ letter, kind, cause },
        before: oneLine(text.slice(Math.max(0, start - 24), start)),
        missed: oneLine(text.slice(start, end)),
        after: oneLine(text.slice(end, end + 16)),
        share: `${missed} of ${characters}`,
      };
    }),
  };
}
