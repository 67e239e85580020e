/** Dates as people write them. @module */

import type { Random } from "../../random.ts";
import { pick, weighted } from "./choice.ts";

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
const SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const FEASTS = [
  "Christmas",
  "Easter",
  "Thanksgiving",
  "New Year's Eve",
  "Halloween",
  "Labor Day",
  "Memorial Day",
];

/** What is asked for: a date in numbers or words, in numbers alone, of birth, day and month, month and year, a year. */
export type DateSort = "date" | "dates" | "dob" | "dm" | "my" | "year";

/**
 * A date of a sort, from 1925 to 2029.
 *
 * @example
 * ```ts
 * import { random } from "../../random.ts";
 * import { writtenDate } from "./dates.ts";
 * import { match } from "node:assert/strict";
 * match(writtenDate(random(1), "year"), /^(?:19|20)\d\d$/);
 * ```
 */
export function writtenDate(chance: Random, sort: DateSort): string {
  const year = sort === "dob"
    ? 1925 + chance.below(95)
    : sort === "year"
    ? 1960 + chance.below(68)
    : 2005 + chance.below(25);
  const [month, day] = [chance.below(12), 1 + chance.below(28)];
  const [y, yy] = [String(year), String(year % 100).padStart(2, "0")];
  const [m, d] = [String(month + 1), String(day)];
  const [mm, dd] = [m.padStart(2, "0"), d.padStart(2, "0")];
  const [name, short] = [MONTHS[month] ?? "", SHORT[month] ?? ""];
  const ordinal = d +
    (["th", "st", "nd", "rd"][day % 10 > 3 || (day > 10 && day < 20) ? 0 : day % 10] ?? "th");
  const numbers = (): string =>
    weighted(chance, [
      [22, `${mm}/${dd}/${y}`],
      [18, `${m}/${d}/${y}`],
      [14, `${m}/${d}/${yy}`],
      [4, `${mm}/${dd}/${yy}`],
      [10, `${y}-${mm}-${dd}`],
      [10, `${dd}/${mm}/${y}`],
      [3, `${d}/${m}/${yy}`],
      [4, `${dd}.${mm}.${y}`],
      [2, `${d}.${m}.${yy}`],
      [4, `${mm}-${dd}-${y}`],
      [2, `${m}-${d}-${yy}`],
      [2, `${y}/${mm}/${dd}`],
      [1, `${y}${mm}${dd}`],
      [2, `${dd}-${short}-${y}`],
      [1, `${dd}${short.toUpperCase()}${y}`],
    ]);
  const inWords = (): string =>
    weighted(chance, [
      [30, `${name} ${d}, ${y}`],
      [8, `${name} ${ordinal}, ${y}`],
      [8, `${short} ${d}, ${y}`],
      [4, `${short}. ${d}, ${y}`],
      [4, `${name} ${d} ${y}`],
      [14, `${d} ${name} ${y}`],
      [4, `${ordinal} ${name} ${y}`],
      [3, `${ordinal} of ${name} ${y}`],
      [6, `${d} ${short} ${y}`],
      [3, `${d} ${short} ${yy}`],
      [3, `${pick(chance, DAYS)}, ${name} ${d}, ${y}`],
      [3, `${pick(chance, DAYS)} ${d} ${name} ${y}`],
      [2, `${pick(chance, DAYS)}, ${name} ${ordinal}`],
      [2, `the ${ordinal} of ${name}`],
    ]);
  const dayMonth = (): string =>
    weighted(chance, [
      [24, `${name} ${d}`],
      [14, `${name} ${ordinal}`],
      [14, `${short} ${d}`],
      [14, `${d} ${name}`],
      [8, `${d} ${short}`],
      [4, `${ordinal} ${name}`],
      [5, `${ordinal} of ${name}`],
      [30, `${m}/${d}`],
      [4, `${mm}/${dd}`],
      [3, `${short.toLowerCase()} ${d}`],
    ]);
  const monthYear = (): string =>
    weighted(chance, [
      [45, `${name} ${y}`],
      [10, `${short} ${y}`],
      [8, `${name} of ${y}`],
      [5, `${short} '${yy}`],
      [10, `${mm}/${y}`],
      [8, `${m}/${yy}`],
      [8, `${name}`],
      [
        8,
        `${
          pick(chance, ["spring", "summer", "autumn", "fall", "winter", "Spring", "Summer", "Fall", "Winter"])
        } ${y}`,
      ],
      [5, `${pick(chance, FEASTS)} ${y}`],
      [2, pick(chance, FEASTS)],
    ]);
  switch (sort) {
    case "year":
      return y;
    case "my":
      return monthYear();
    case "dm":
      return dayMonth();
    case "dob":
      return chance.next() < 0.7 ? numbers() : chance.next() < 0.92 ? inWords() : y;
    case "dates":
      return weighted(chance, [[60, numbers], [18, dayMonth], [20, inWords], [2, monthYear]])();
    case "date":
      return weighted(chance, [[36, numbers], [40, inWords], [18, dayMonth], [6, monthYear]])();
  }
}
