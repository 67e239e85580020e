/** Dates moved by a number of days, written as they were. @module */

import { folded, like } from "../like.ts";
import { calendarDay, dayOf } from "./calendar.ts";
import { type DateOrder, type DatePart, type WrittenDate, writtenDates } from "./date_parts.ts";
import { feasts, monthLike, seasons } from "./months.ts";

/** What the letter says of its dates. */
export interface DateSetting {
  /** Days to add; a multiple of 7 keeps weekdays. */
  readonly shift: number;
  readonly order: DateOrder;
  readonly language: "en" | "es";
  /** The day, as `dayOf` numbers it, that dates without a year are taken to lie before. */
  readonly anchor: number;
}

/**
 * A span's dates, each moved by the shift and written as before: order, separators, zeros, ordinals, the month's language, length
 * and case. A year without a month counts as its middle, a month without a day as its fifteenth, a date without a year as the last such day
 * before the anchor (or half a year behind it). Nothing is read in a span without a date: it comes back `undefined`.
 *
 * @throws {Error} for a day that does not exist (31 February), numbers that are no date, and a shift out of the calendar; the message
 * quotes nothing
 *
 * @example
 * ```ts
 * import { shiftedDates } from "./shift.ts";
 * import { deepEqual, throws } from "node:assert/strict";
 * const setting = { shift: -700, order: "dmy", language: "en", anchor: 19000 } as const;
 * deepEqual(["12/03/2022", "Sat 12 March 2022", "the 1st of May '21", "2019", "25-dic-20"].map((d) => shiftedDates(d, setting)), [
 *   "11/04/2020", "Sat 11 April 2020", "the 1st of June '19", "2017", "25-ene-19",
 * ]);
 * throws(() => shiftedDates("31/02/2022", setting), /no such day/);
 * ```
 */
export function shiftedDates(span: string, setting: DateSetting): string | undefined {
  const dates = inherited(writtenDates(span, setting.order, setting.language));
  if (dates.length === 0) return undefined;
  let result = span;
  for (const date of dates.toReversed()) {
    result = result.slice(0, date.start) + shifted(span, date, setting) + result.slice(date.end);
  }
  return result;
}

/** "febrero y abril de 2002": a date without year has that of the one behind it in the span. */
function inherited(dates: readonly WrittenDate[]): WrittenDate[] {
  return dates.map((date, index) => {
    if (date.year !== undefined || date.month === undefined) return date;
    const next = dates.slice(index + 1).find(({ year }) => year !== undefined);
    return next?.year === undefined || next.month === undefined
      ? date
      : { ...date, year: next.year, shortYear: next.shortYear ?? false };
  });
}

function shifted(span: string, date: WrittenDate, setting: DateSetting): string {
  const text = span.slice(date.start, date.end);
  if (date.word !== undefined) return shiftedWord(text, date, setting);
  const from = dayNumber(date, setting);
  const moved = calendarDay(from + setting.shift);
  let result = text;
  for (const [index, part] of [...date.parts.entries()].toReversed()) {
    const { kind, start, end } = part;
    const old = span.slice(start, end);
    const next = date.parts[index + 1];
    let value: string;
    if (kind === "month" && /\p{L}/u.test(old)) value = monthLike(old, moved.month, setting.language);
    else if (kind === "year" && date.parts[index - 1]?.kind === "year" && date.year !== undefined) { // 2015/16
      value = yearLike(old, moved.year + Number(old) - date.year % 100);
    } else if (kind === "year") value = yearLike(old, moved.year);
    else if (kind === "day" && next?.kind === "day") { // the first day of a range
      const last = date.day ?? 1;
      const distance = last - Number(old);
      value = String(calendarDay(from + setting.shift - distance).day);
    } else value = String(moved[kind]);
    if (kind !== "year" && /\d/.test(old) && padded(span, date, part)) value = value.padStart(2, "0");
    result = result.slice(0, start - date.start) + value + result.slice(end - date.start);
  }
  return result.replace(
    /(?<!\d)(\d{1,2})(st|nd|rd|th)(?!\p{L})/giu,
    (_, day: string, suffix: string) =>
      day + (suffix === suffix.toUpperCase() ? ordinal(Number(day)).toUpperCase() : ordinal(Number(day))),
  );
}

/** The day that a date stands for. */
export function dayNumber(date: WrittenDate, { anchor }: Pick<DateSetting, "anchor">): number {
  const year = date.year === undefined ? undefined : fullYear(date, anchor);
  const month = date.month ?? (date.year === undefined ? calendarDay(anchor).month : 7);
  const day = date.day ?? (date.month === undefined && date.year !== undefined ? 1 : 15);
  if (year !== undefined) return existing(dayOf(year, month, day));
  const last = calendarDay(anchor + 183).year;
  const years = [last, last - 1, last - 2, last - 3, last - 4, last - 5, last - 6, last - 7, last - 8];
  const days = years.map((year) => dayOf(year, month, day)).filter((number) => number !== undefined);
  return existing(
    days.find((number) => number <= anchor + 183) ?? days[0] ?? shortMonth(date, last, month, day),
  );
}

/** "the 31st" alone, where the anchor's month has no such day. */
function shortMonth(
  { month: written }: WrittenDate,
  year: number,
  month: number,
  day: number,
): number | undefined {
  return written === undefined && day <= 31 ? dayOf(year, month === 12 ? 1 : month + 1, day) : undefined;
}

function existing(day: number | undefined): number {
  if (day !== undefined) return day;
  throw new Error("there is no such day in the calendar. Mend the date, or its label.");
}

/** A year of two digits is the last such year before the anchor, or one that begins within two years of it. */
function fullYear({ year = 0, shortYear }: WrittenDate, anchor: number): number {
  if (!shortYear) return year;
  const now = calendarDay(anchor).year;
  const same = Math.floor(now / 100) * 100 + year;
  return same > now + 2 ? same - 100 : same;
}

function yearLike(old: string, year: number): string {
  const digits = old.replace(/\D/g, "").length;
  return old.replace(/\d+/, String(year).padStart(4, "0").slice(-digits));
}

/** Whether a number of one digit has a zero before it: as this one has, else as the date's other numbers. */
function padded(span: string, { parts }: WrittenDate, part: DatePart): boolean {
  const text = ({ start, end }: DatePart) => span.slice(start, end);
  if (text(part).startsWith("0") || text(part).length === 1) return text(part).length > 1;
  const others = parts.filter((other) => other !== part && other.kind !== "year" && other.kind !== part.kind)
    .map(text).filter((other) => /^\d+$/.test(other));
  return others.length > 0 && others.every((other) => other.length > 1);
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
}

function shiftedWord(text: string, date: WrittenDate, setting: DateSetting): string {
  const year = date.year === undefined ? calendarDay(setting.anchor).year : fullYear(date, setting.anchor);
  if (date.word === "decade") { // the one before or behind it, for it spans more than a shift
    const moved = calendarDay(existing(dayOf(year + 10 * Math.sign(setting.shift), 1, 1))).year;
    return text.replace(/\d+/, (digits) => String(moved).padStart(4, "0").slice(-digits.length));
  }
  const name = text.replace(/[\s,]*(?:(?:of|del?|año)\s+)?\d{4}$/iu, "");
  const tail = text.slice(name.length);
  const write = (name: string, moved: number) =>
    name + (date.year === undefined ? tail : tail.replace(/\d{4}/, String(moved).padStart(4, "0")));
  if (date.word === "season") {
    const list = seasons.find((names) => names.includes(name.toLowerCase())) ?? [];
    const index = list.indexOf(name.toLowerCase());
    const moved = calendarDay(
      existing(dayOf(year, 4 + 3 * index > 12 ? 1 : 4 + 3 * index, 15)) + setting.shift,
    );
    const season = list[Math.floor(((moved.month + 9) % 12) / 3)] ?? name;
    return write(like(name, season), moved.year);
  }
  const bare = folded(name);
  const list = feasts.find((names) => names.some(([feast]) => folded(feast).startsWith(bare))) ?? [];
  const [, month = 1, day = 1] = list.find(([feast]) => folded(feast).startsWith(bare)) ?? [];
  const moved = calendarDay(existing(dayOf(year, month, day)) + setting.shift);
  const place = moved.month * 30.4 + moved.day;
  const far = (month: number, day: number) => {
    const gap = Math.abs(month * 30.4 + day - place);
    return Math.min(gap, 365 - gap);
  };
  const [nearest = name] = list.filter(([feast]) => !folded(feast).startsWith(bare))
    .toSorted((a, b) => far(a[1], a[2]) - far(b[1], b[2]))[0] ?? [];
  return write(name === name.toLowerCase() ? nearest.toLowerCase() : nearest, moved.year);
}
