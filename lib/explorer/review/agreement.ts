/** How far two reviewers agree. @module */

import type { Letter } from "../../corpus/letter.ts";
import { statisticInterval } from "../../metrics/stats/statistic_interval.ts";
import type { Interval, Row, Table } from "../../report/table.ts";
import type { Unit } from "./entry.ts";
import type { ReviewedLetter } from "./reviewed_letter.ts";

/** Units of a letter that both decided: both rejected, apart, both accepted. */
type Counts = readonly [rejected: number, apart: number, accepted: number];

/** So many resamples: an answer takes a moment and no more. */
const RESAMPLES = 1000;

/**
 * Krippendorff's alpha between the two reviewers of the letters that both are done with: over spans, label by label, and over letters as
 * wholes. What a reviewer left undecided is a missing rating. Letters are resampled for the interval.
 *
 * @example
 * ```ts
 * import { agreementTable } from "./agreement.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(agreementTable([], new Map()).rows.map(({ of, units }) => [of, units]), [["spans", 0], ["letters", 0]]);
 * ```
 */
export function agreementTable(
  letters: readonly Letter[],
  reviewed: ReadonlyMap<string, ReviewedLetter>,
): Table {
  const open = letters.flatMap((letter) => {
    const review = reviewed.get(letter.id);
    return review?.open ? [{ letter, review }] : [];
  });
  const counted = (units: (letter: Letter) => readonly Unit[]): Counts[] =>
    open.map(({ letter, review }) => {
      const counts: [number, number, number] = [0, 0, 0];
      for (const unit of units(letter)) {
        const both = (review.seen(unit, "").both ?? []).map(({ decision }) => decision);
        if (!both.includes("none")) counts[both.filter((one) => one === "accept").length]!++; // two reviewers
      }
      return counts;
    });
  const labels = [...new Set(open.flatMap(({ letter }) => letter.spans.map(({ label }) => label)))].sort();
  return {
    caption:
      `Two reviewers of ${open.length} ${
        open.length === 1 ? "letter" : "letters"
      }, blind to each other. Units that both decided; of these, ` +
      "the share decided alike; Krippendorff's alpha (nominal), 1 for full agreement and 0 for chance, with its 95% interval " +
      `(${RESAMPLES} resamples of letters): empty where all decided alike throughout, or on too few letters.`,
    columns: [
      { name: "of", title: "units", kind: "text" },
      { name: "units", title: "decided", kind: "integer" },
      { name: "alike", title: "alike", kind: "number" },
      { name: "alpha", title: "alpha", kind: "interval" },
    ],
    rows: [
      row("spans", counted(({ spans }) => spans.map(unitOf))),
      ...labels.map((label) =>
        row(label, counted(({ spans }) => spans.filter((span) => span.label === label).map(unitOf)))
      ),
      row("letters", counted(() => [null])),
    ],
  };
}

/** A letter's span as a unit: without fragments. */
function unitOf({ start, end, label }: Letter["spans"][number]): Unit {
  return { start, end, label };
}

function row(of: string, letters: readonly Counts[]): Row {
  const [rejected, apart, accepted] = sumOf(letters);
  const units = rejected + apart + accepted;
  return {
    ...{ of, units, alike: units === 0 ? null : (units - apart) / units },
    alpha: alphaInterval(letters.filter((counts) => sumOf([counts]).some((count) => count > 0))),
  };
}

function sumOf(letters: Iterable<Counts>): Counts {
  const sum: [number, number, number] = [0, 0, 0];
  for (const counts of letters) counts.forEach((count, i) => sum[i]! += count); // three each
  return sum;
}

function alphaInterval(letters: readonly Counts[]): Interval | null {
  if (letters.length < 2 || Number.isNaN(alphaOf(sumOf(letters)))) return null;
  try {
    const { value, low, high } = statisticInterval(
      [letters.length],
      ([drawn]) => alphaOf(sumOf([...drawn ?? []].map((i) => letters[i]!))), // indices of letters
      { resamples: RESAMPLES, method: "percentile" },
    );
    return { value, low: Math.min(low, value), high: Math.max(high, value) };
  } catch {
    return null; // not defined in most resamples: the caption says when the column is empty
  }
}

/**
 * Krippendorff's alpha of two reviewers and two decisions, from counts, so that a thousand resamples take no time: what
 * `krippendorffAlpha()` comes to where no rating is missing.
 *
 * @returns NaN where all decisions are the same
 *
 * @example
 * ```ts
 * import { alphaOf } from "./agreement.ts";
 * import { krippendorffAlpha } from "../../metrics/stats/krippendorff_alpha.ts";
 * import { equal } from "node:assert/strict";
 * equal(alphaOf([1, 1, 2]), krippendorffAlpha([[0, 0], [0, 1], [1, 1], [1, 1]], "nominal"));
 * ```
 */
export function alphaOf([rejected, apart, accepted]: Counts): number {
  const [zeros, ones] = [2 * rejected + apart, 2 * accepted + apart];
  return zeros * ones === 0 ? NaN : 1 - (zeros + ones - 1) * (2 * apart) / (2 * zeros * ones);
}
