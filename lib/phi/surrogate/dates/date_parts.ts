/** The dates that stand in a span. @module */

import { feasts, monthNumber, monthPattern, seasons } from "./months.ts";

/** A piece of a date: what it says, where it stands in the span. */
export interface DatePart {
  readonly kind: "day" | "month" | "year";
  readonly start: number;
  readonly end: number;
}

/** One date in a span, with what of it is written. Numbers as written: a year may have two digits. */
export interface WrittenDate {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly DatePart[];
  readonly year?: number;
  /** Its year has two digits. */
  readonly shortYear?: boolean;
  readonly month?: number;
  readonly day?: number;
  /** Day and month may be the other way round. */
  readonly swappable?: boolean;
  /** What is written in words that are no month. */
  readonly word?: "season" | "feast" | "decade";
}

/** Which comes first in 04/05/2021. */
export type DateOrder = "dmy" | "mdy";

const sep = String.raw`\s*[/.\-–]{1,2}\s*`;
const year = String.raw`(?<y>\d{4})`;
const anyYear = String.raw`(?<y>\d{4}|['’]?\d{2})(?!\d)`;
const day = String.raw`(?<d>\d{1,2})(?:st|nd|rd|th|º|ª|\.º)?`;
const month = `(?<mon>${monthPattern})`;
const numeric = String.raw`(?<n>\d{1,3})`;
const to = String.raw`(?:[\s,]*(?:\bof\b|\bdel?\b|\baño\b)?[\s,./\-–]*){0,3}`;
const range = String.raw`(?<d2>\d{1,2})(?:st|nd|rd|th)?(?:\s*(?:[-–]|to|and|al?|y)\s*)`;
const anySeason = [...new Set(seasons.flat())].join("|");
const anyFeast = feasts.flat().map(([name]) => name).toSorted((a, b) => b.length - a.length);

/** Earlier ones win where two begin at the same place. */
const patterns: readonly (readonly [name: string, pattern: string])[] = [
  ["decade", String.raw`(?<![\d/.\-])(?<y>\d{3}0|['’]?\d0)(?<decade>['’]?s)(?!\p{L})`],
  ["iso", `(?<!\\d)${year}${sep}(?<m>\\d{1,2})${sep}(?<d>\\d{1,2})(?!\\d)`],
  ["compact", String.raw`(?<!\d)(?<y>(?:19|20)\d{2})(?<m>\d{2})(?<d>\d{2})(?!\d)`],
  ["numeric", `(?<!\\d)${numeric}${sep}(?<n2>\\d{1,3})${sep}${anyYear}`],
  ["range-month-year", `(?<!\\d)(?:${range})?${day}${to}${month}${to}${year}(?!\\d)`],
  ["day-month-year", `(?<!\\d)(?:${range})?${day}${to}${month}(?:${sep}|\\s+(?:del?\\s+)?)${anyYear}`],
  ["month-day-year", `${month}\\s*${day},?\\s+${year}(?!\\d)`],
  ["month-day-year2", `${month}\\s*${day},\\s*(?<y>['’]?\\d{2})(?!\\d)`],
  ["day-month", `(?<!\\d)(?:${range})?${day}${to}${month}`],
  ["month-year", `${month}${to}${year}(?!\\d)`],
  ["month-year2", `${month}(?:${sep}|\\s*['’]|\\s+del?\\s+)(?<y>\\d{2})(?![\\d]|st|nd|rd|th)`],
  ["month-two", `${month}\\s+(?<y>\\d{2})(?!\\d)`],
  ["month-day", `${month}\\s*${day}(?!\\d)`],
  ["numeric-month-year", `(?<!\\d)(?<m>\\d{1,2})${sep}${year}(?!\\d)`],
  ["year-month", `(?<!\\d)${year}[/.\\-](?<m>0[1-9]|1[0-2])(?!\\d)`],
  ["two", `(?<!\\d)${numeric}${sep}(?<n2>\\d{1,2})(?!\\d)`],
  ["month", month],
  ["years", String.raw`(?<!\d)(?<y>\d{4})[/–-](?<y2>\d{2})(?![\d/.\-])`],
  ["year", `(?<!\\d)${year}(?!\\d)`],
  ["ordinal", String.raw`(?<!\d)(?<d>\d{1,2})(?:st|nd|rd|th|º|ª)?(?!\d)`],
  ["season", `(?<!\\p{L})(?<season>${anySeason})(?!\\p{L})${to}(?:${year})?`],
  ["feast", `(?<!\\p{L})(?<feast>${anyFeast.join("|")}|Fourth)(?!\\p{L})(?:\\s+${year})?`],
];
const scanner = patterns.map(([name, pattern]) => [name, new RegExp(pattern, "giud")] as const);
const time = /(?<!\d)\d{1,2}(?::|h)\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?|h|Z)?|\bQ[1-4]\b/giu;

/** The dates of a span in their order, clock times left out; numbers that are read as no date are an error. */
export function writtenDates(span: string, order: DateOrder, language: "en" | "es" = "en"): WrittenDate[] {
  const text = span.replace(time, (found) => " ".repeat(found.length));
  const found: WrittenDate[] = [];
  let at = 0;
  while (at < text.length) {
    let best: { name: string; match: RegExpExecArray } | undefined;
    for (const [name, pattern] of scanner) {
      if (name === "month-two" && language === "en") continue; // "March 21" is a day in English, "junio 04" a year in Spanish
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match && (!best || match.index < best.match.index)) best = { name, match };
    }
    if (!best) break;
    found.push(written(best.match, order));
    at = best.match.index + best.match[0].length;
  }
  const rest = found.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
  if (/\d/.test(rest)) throw new Error("the numbers in it are read as no date. Mend the date, or its label.");
  return found;
}

function written(match: RegExpExecArray, order: DateOrder): WrittenDate {
  const groups = match.groups ?? {};
  const places = match.indices?.groups ?? {};
  const part = (kind: DatePart["kind"], name: string): DatePart[] => {
    const place = places[name];
    return place ? [{ kind, start: place[0], end: place[1] }] : [];
  };
  const place = { start: match.index, end: match.index + match[0].length };
  const { y, m, d, mon, n, n2, season, feast, decade } = groups;
  const year = y === undefined
    ? {}
    : { year: Number(y.replace(/\D/g, "")), shortYear: y.replace(/\D/g, "").length === 2 };
  const word = season !== undefined
    ? "season"
    : feast !== undefined
    ? "feast"
    : decade !== undefined
    ? "decade"
    : undefined;
  if (word !== undefined) return { ...place, ...year, parts: part("year", "y"), word };
  if (n !== undefined && n2 !== undefined) {
    const [first, second] = [Number(n), Number(n2)];
    if (y === undefined && second > 31) { // 06/98
      return {
        ...place,
        month: first,
        year: second,
        shortYear: true,
        parts: [...part("month", "n"), ...part("year", "n2")],
      };
    }
    const dayFirst = second > 12 ? false : first > 12 ? true : order === "dmy";
    return {
      ...place,
      ...year,
      ...dayFirst ? { day: first, month: second } : { day: second, month: first },
      swappable: first <= 12 && second <= 12,
      parts: [
        ...part(dayFirst ? "day" : "month", "n"),
        ...part(dayFirst ? "month" : "day", "n2"),
        ...part("year", "y"),
      ],
    };
  }
  const month = mon !== undefined ? { month: monthNumber(mon) } : m === undefined ? {} : { month: Number(m) };
  return {
    ...place,
    ...year,
    ...month,
    ...d !== undefined && { day: Number(d) },
    parts: [
      ...part("day", "d2"),
      ...part("day", "d"),
      ...part("month", "m"),
      ...part("month", "mon"),
      ...part("year", "y"),
      ...part("year", "y2"),
    ]
      .toSorted((a, b) => a.start - b.start),
  };
}
