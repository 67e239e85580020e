/** Ages, coarsened as far as they tell too much. @module */

import type { SurrogatePolicy } from "./policy.ts";

const tens: Readonly<Record<string, number>> = {
  ninety: 90,
  hundred: 100,
  noventa: 90,
  cien: 100,
  ciento: 100,
};
const monthGrid = [1, 2, 3, 4, 6, 9, 12, 15, 18, 24, 30, 36]; // months at which children are seen

/**
 * An age with what it tells too much taken away: over 89 it is 90+ (HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i)(C)); days of a
 * newborn are rounded to weeks of seven days, weeks to even ones, months to those at which children are seen; "13 years and 7 months" is 13 years. Other
 * years stay, or go to the nearest 5 with `five-years`.
 *
 * @param after what follows the span, for its unit
 *
 * @example
 * ```ts
 * import { coarseAge } from "./ages.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["93", "67", "noventa y tres años", "26 días", "13 años y 7 meses", "7 meses"].map((age) => coarseAge(age, "")), [
 *   "90+", "67", "más de noventa años", "28 días", "13 años", "6 meses",
 * ]);
 * deepEqual(coarseAge("5", " months old"), "6");
 * ```
 */
export function coarseAge(age: string, after: string, ages: SurrogatePolicy["ages"] = "coarsen"): string {
  const unit = unitOf(age) ?? unitOf(/^[\s-]*\p{L}+/u.exec(after)?.[0] ?? "") ?? "years";
  const numbers = age.match(/\d+/g)?.map(Number) ?? [];
  const [first] = numbers;
  if (first === undefined) return words(age);
  if (/(?:years?|y(?:rs?)?|años?)\b.*\d/iu.test(age) && first > 1) {
    const years = /^.*?\d+\s*-?(?:years?|yrs?|y|años?)/iu.exec(age)?.[0] ?? age;
    return coarseAge(years, "", ages);
  }
  if (/\d\s*0?s$/.test(age) && unit === "years" && /0s$/.test(age)) {
    return first >= 90 ? age.replace(/\d+s/, "90+") : age;
  }
  return age.replace(/\d+(?:\+)?/g, (digits) => {
    const number = parseInt(digits);
    if (unit === "days" && number <= 62) return String(Math.max(1, Math.round(number / 7)) * 7);
    if (unit === "weeks" && number <= 104) return String(Math.max(2, 2 * Math.round(number / 2)));
    if (unit === "months" && number <= 36) return String(nearest(number, monthGrid));
    if (unit === "years" && number > 89) return "90+";
    if (unit === "months" && number > 89 * 12 + 11) return String(90 * 12);
    return unit === "years" && ages === "five-years" ? String(5 * Math.round(number / 5)) : digits;
  });
}

function unitOf(text: string): "days" | "weeks" | "months" | "years" | undefined {
  if (/(?:years?|yrs?|yo|\by|años?)\b|\d+\s*(?:yo?|a)\b/iu.test(text)) return "years";
  if (/(?:months?|mths?|mo|meses|mes)\b/iu.test(text)) return "months";
  if (/(?:weeks?|wks?|semanas?)\b/iu.test(text)) return "weeks";
  if (/(?:days?|días?|dias?)\b/iu.test(text)) return "days";
}

/** "ninety-three", "noventa y tres años", "nineties" */
function words(age: string): string {
  const found =
    /\b(?:one\s+)?(ninety|hundred|noventa|cien(?:to)?)(?:[\s-]+(?:and\s+|y\s+)?(?:one|two|three|four|five|six|seven|eight|nine|uno?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?(?!\p{L})/iu
      .exec(age);
  const word = found?.[1]?.toLowerCase() ?? "";
  if (!found || (tens[word] ?? 0) < 90) return age;
  const standIn = /^(?:noventa|cien)/.test(word) ? "más de noventa" : "over ninety";
  return age.slice(0, found.index) + standIn + age.slice(found.index + found[0].length);
}

function nearest(number: number, grid: readonly number[]): number {
  return grid.reduce((best, one) => Math.abs(one - number) <= Math.abs(best - number) ? one : best);
}
