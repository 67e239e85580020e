/** What a letter's dates are read and moved by. @module */

import type { Draw } from "../key.ts";
import { dayOf } from "./calendar.ts";
import { type DateOrder, writtenDates } from "./date_parts.ts";
import { dayNumber } from "./shift.ts";

/**
 * A number of days to move dates by: whole weeks, backward, one to ten years, and at least a month away from whole years, so that no
 * month and no year stays what it was. (Forward, a letter would lie in the future and be known for a made one.)
 */
export function drawnShift(draw: Draw): number {
  const weeks: number[] = [];
  for (let week = 57; week <= 521; week++) {
    const beyond = (week * 7) % 365.25;
    if (beyond >= 33 && beyond <= 332) weeks.push(week);
  }
  return -7 * draw.pick(weeks);
}

/**
 * Whether day or month comes first in a letter: as the first numeric date says that can be read in one way only; else, in English, month
 * first where dates in words have it first or American forms stand in the text.
 */
export function dateOrder(text: string, dates: readonly string[], language: "en" | "es"): DateOrder {
  for (const span of dates) {
    const [, first = "0", second = "0"] =
      /^(?:\p{L}+\.?,?\s*)?(\d{1,2})[/.\-](\d{1,2})(?:[/.\-]\d{2,4})?$/u.exec(span) ?? [];
    if (Number(first) > 12 && Number(first) <= 31) return "dmy";
    if (Number(second) > 12 && Number(second) <= 31) return "mdy";
  }
  if (language === "es") return "dmy";
  const monthFirst =
    dates.filter((span) => /^\p{L}{3,9}\.? \d{1,2}\b(?!\s*\d{3})/u.test(span) && !/^\p{L}+day\b/u.test(span))
      .length;
  const dayFirst = dates.filter((span) => /^\d{1,2}(?:st|nd|rd|th)? (?:of )?\p{L}{3,9}/u.test(span)).length;
  if (monthFirst !== dayFirst) return monthFirst > dayFirst ? "mdy" : "dmy";
  return /\b\d{3}-\d{4}\b|, [A-Z]{2} \d{5}\b|\bMD\b|\bER\b/.test(text) ? "mdy" : "dmy";
}

/** The last day that a letter names with its year of four digits; 1 July 2020 where it names none. */
export function anchorOf(dates: readonly string[], order: DateOrder): number {
  let last: number | undefined;
  for (const span of dates) {
    if (!/\d{4}/.test(span)) continue;
    try {
      for (const date of writtenDates(span, order)) {
        if (date.year === undefined || date.shortYear || date.word !== undefined) continue;
        last = Math.max(last ?? -Infinity, dayNumber(date, { anchor: 0 }));
      }
    } catch {
      continue; // told where the span itself is replaced
    }
  }
  return last ?? dayOf(2020, 7, 1) ?? 0;
}
