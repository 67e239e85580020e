/** Days as numbers. @module */

const DAY = 86_400_000; // milliseconds

/** Days since 1970-01-01 in the proleptic Gregorian calendar; none for a day that does not exist, or a year outside 1 to 9999. */
export function dayOf(year: number, month: number, day: number): number | undefined {
  if (year < 1 || year > 9999) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / DAY : undefined;
}

/** A day of the calendar. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * The calendar day of a number of {@linkcode dayOf}.
 *
 * @throws {Error} when its year lies outside 1 to 9999
 *
 * @example
 * ```ts
 * import { calendarDay, dayOf } from "./calendar.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * deepEqual(calendarDay((dayOf(2024, 2, 29) ?? 0) + 7), { year: 2024, month: 3, day: 7 });
 * equal(dayOf(2023, 2, 31), undefined);
 * ```
 */
export function calendarDay(number: number): CalendarDay {
  const date = new Date(number * DAY);
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) {
    throw new Error(
      "the shifted date leaves the calendar (years 1 to 9999). Choose another shift, or mend the date.",
    );
  }
  return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
