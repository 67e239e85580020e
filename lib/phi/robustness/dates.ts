/** Dates in other forms. @module */

import type { Letter } from "../../corpus/letter.ts";
import { type WrittenDate, writtenDates } from "../surrogate/dates/date_parts.ts";
import { dateOrder } from "../surrogate/dates/setting.ts";
import { type Change, type Mention, mentionsOf, ofMentions } from "./change.ts";

const factor = "date formats";

interface Day {
  readonly day: number;
  readonly month: number;
  readonly year: number;
  /** The month's name, English or Spanish. */
  readonly name: string;
  readonly language: "en" | "es";
}

const two = (number: number) => String(number).padStart(2, "0");
const forms: Readonly<Record<string, (day: Day) => string>> = {
  "dates as 2021-05-03": ({ day, month, year }) => `${year}-${two(month)}-${two(day)}`,
  "dates as 3.5.21": ({ day, month, year }) => `${day}.${month}.${two(year % 100)}`,
  "dates as 05/03/2021": ({ day, month, year }) => `${two(month)}/${two(day)}/${year}`,
  "dates as 20210503": ({ day, month, year }) => `${year}${two(month)}${two(day)}`,
  "dates as 03MAY2021": ({ day, name, year }) => `${two(day)}${name.slice(0, 3).toUpperCase()}${year}`,
  "dates in words": ({ day, name, year, language }) =>
    language === "es"
      ? `${day} de ${name.toLowerCase()} de ${year}`
      : `the ${ordinal(day)} of ${name} ${year}`,
};

/** Every whole date of a letter in one form; parts of dates stay. */
export const dateFormats: readonly Change[] = Object.entries(forms).map(([name, form]) =>
  ofMentions({ factor, name }, ["date"], (mention, _chance, letter) => {
    const day = dayOf(mention, letter);
    return day === undefined ? mention.text : form(day);
  })
);

/** The day that a mention names in full. */
function dayOf(mention: Mention, letter: Letter): Day | undefined {
  const { text, language } = mention;
  const order = dateOrder(letter.text, mentionsOf(letter, ["date"]).map((one) => one.text), language);
  const [date, ...others] = datesIn(text, order, language);
  if (!date || others.length > 0 || date.start > 0 || date.end < text.length) return undefined;
  const { day, month, year, shortYear } = date;
  if (day === undefined || month === undefined || year === undefined || date.parts.length > 3) {
    return undefined;
  }
  if (!(day >= 1 && day <= 31 && month >= 1 && month <= 12)) return undefined;
  const whole = shortYear ? year + (year > 30 ? 1900 : 2000) : year;
  const locale = language === "es" ? "es" : "en";
  const name = names[locale][month - 1];
  return name === undefined ? undefined : { day, month, year: whole, name, language };
}

const names = {
  en: "January February March April May June July August September October November December".split(" "),
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" "),
};

/** Dates of a span; none where its numbers are read as no date, which is for whoever replaces them to say. */
function datesIn(text: string, order: "dmy" | "mdy", language: "en" | "es"): WrittenDate[] {
  try {
    return writtenDates(text, order, language);
  } catch {
    return [];
  }
}

function ordinal(day: number): string {
  const tail = day % 10 > 3 || Math.floor(day / 10) === 1 ? "th" : ["th", "st", "nd", "rd"][day % 10] ?? "th";
  return `${day}${tail}`;
}
