/** Agreement of several raters, or of one rater with itself. @module */

/** How far apart two values are: apart or not, by ranks, or by their difference. */
export type AlphaLevel = "nominal" | "ordinal" | "interval";

/**
 * Krippendorff's alpha: 1 less the disagreement within units over that between all values. 1 is full agreement, 0 what chance
 * brings about. Ratings may be missing; a unit with fewer than two says nothing.
 *
 * Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011.
 *
 * @param units the ratings of each unit; of nominal ones any numbers that tell them apart
 * @returns NaN where no unit has two ratings, or all ratings are equal, so that there is nothing to agree on
 *
 * @example
 * ```ts
 * import { krippendorffAlpha } from "./krippendorff_alpha.ts";
 * import { equal } from "node:assert/strict";
 * equal(krippendorffAlpha([[1, 1], [2, 2], [3, null]], "nominal"), 1);
 * equal(krippendorffAlpha([[1, 2], [2, 1]], "nominal").toFixed(3), "-0.500");
 * ```
 */
export function krippendorffAlpha(
  units: readonly (readonly (number | null)[])[],
  level: AlphaLevel,
): number {
  const rated = units.map((unit) => unit.filter((value) => value !== null)).filter(({ length }) =>
    length > 1
  );
  const values = [...new Set(rated.flat())].sort((a, b) => a - b);
  const place = new Map(values.map((value, i) => [value, i]));
  const of = (value: number) => place.get(value)!; // one of them
  const counts = new Float64Array(values.length);
  for (const value of rated.flat()) counts[of(value)]!++; // one a value
  const distance = distances(values, counts, level);
  let observed = 0;
  for (const unit of rated) {
    let apart = 0;
    for (const a of unit) for (const b of unit) apart += distance(of(a), of(b));
    observed += apart / (unit.length - 1);
  }
  let expected = 0;
  values.forEach((_, i) => values.forEach((_, j) => expected += counts[i]! * counts[j]! * distance(i, j))); // ones of them
  const all = counts.reduce((sum, count) => sum + count, 0);
  return expected === 0 ? NaN : 1 - (all - 1) * observed / expected;
}

/** The squared distance of two values, by their places among all. */
function distances(
  values: readonly number[],
  counts: Float64Array,
  level: AlphaLevel,
): (i: number, j: number) => number {
  if (level === "nominal") return (i, j) => i === j ? 0 : 1;
  if (level === "interval") return (i, j) => (values[i]! - values[j]!) ** 2; // places of values
  const middles: number[] = []; // the mean rank of each value
  counts.reduce((before, count) => (middles.push(before + count / 2), before + count), 0);
  return (i, j) => (middles[i]! - middles[j]!) ** 2; // places of values
}
