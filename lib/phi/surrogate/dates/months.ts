/** Names of months, seasons and feasts in English and Spanish. @module */

import { like } from "../like.ts";

interface MonthNames {
  readonly full: readonly string[];
  readonly short: readonly string[];
}

const months: readonly MonthNames[] = [
  {
    full: "january february march april may june july august september october november december".split(" "),
    short: "jan feb mar apr may jun jul aug sep oct nov dec".split(" "),
  },
  {
    full: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(
      " ",
    ),
    short: "ene feb mar abr may jun jul ago sep oct nov dic".split(" "),
  },
];

/** A month's name as it stands in a pattern: full before short; "sept" and "setiembre" too. */
export const monthPattern = String.raw`(?<!\p{L})(?:${
  [...months.flatMap(({ full }) => full), "setiembre", "sept", ...months.flatMap(({ short }) => short)].join(
    "|",
  )
})(?!\p{L})\.?`;

/** The number of a month, 1 to 12. */
export function monthNumber(name: string): number {
  const bare = name.toLowerCase().replace(".", "");
  if (bare === "sept" || bare === "setiembre") return 9;
  for (const names of months) {
    for (const list of [names.full, names.short]) {
      const index = list.indexOf(bare);
      if (index >= 0) return index + 1;
    }
  }
  throw new Error("this is no name of a month. Name it in English or Spanish.");
}

/** A month named as another one is: its language, length, case and dot. "may" and "mar" are of the given language. */
export function monthLike(name: string, month: number, language: "en" | "es"): string {
  const bare = name.toLowerCase().replace(".", "");
  const own = months[language === "es" ? 1 : 0];
  const names = own && knows(own, bare) ? own : months.find((one) => knows(one, bare)) ?? own;
  const short = !names?.full.includes(bare) && bare !== "setiembre";
  const ambiguous = bare === "may" && names?.full[4] === "may"; // "May 2021" is full where other months would be
  const list = short && !ambiguous ? names?.short : names?.full;
  return like(name.replace(".", ""), list?.[month - 1] ?? "") + (name.endsWith(".") ? "." : "");
}

function knows({ full, short }: MonthNames, name: string): boolean {
  return full.includes(name) || short.includes(name) || (name === "sept" && full[0] === "january") ||
    (name === "setiembre" && full[0] === "enero");
}

/** Seasons by language, from the one that begins in March. */
export const seasons: readonly (readonly string[])[] = [
  ["spring", "summer", "autumn", "winter"],
  ["spring", "summer", "fall", "winter"],
  ["primavera", "verano", "otoño", "invierno"],
];

/** Feasts used as dates, by their usual month and day, those of one language together. */
export const feasts: readonly (readonly (readonly [name: string, month: number, day: number])[])[] = [
  [
    ["New Year", 1, 1],
    ["Burns Night", 1, 25],
    ["Valentine's Day", 2, 14],
    ["Pancake Day", 3, 1],
    ["Easter", 4, 8],
    ["May Day", 5, 1],
    ["Memorial Day", 5, 28],
    ["Midsummer", 6, 24],
    ["Fourth of July", 7, 4],
    ["Lammas", 8, 1],
    ["Labor Day", 9, 4],
    ["Michaelmas", 9, 29],
    ["Halloween", 10, 31],
    ["Bonfire Night", 11, 5],
    ["Thanksgiving", 11, 25],
    ["Christmas", 12, 25],
    ["Boxing Day", 12, 26],
    ["Hogmanay", 12, 31],
  ],
  [
    ["Año Nuevo", 1, 1],
    ["Reyes", 1, 6],
    ["Candelaria", 2, 2],
    ["Carnaval", 2, 20],
    ["San José", 3, 19],
    ["Semana Santa", 4, 8],
    ["San Isidro", 5, 15],
    ["San Juan", 6, 24],
    ["Santiago", 7, 25],
    ["la Asunción", 8, 15],
    ["San Miguel", 9, 29],
    ["el Pilar", 10, 12],
    ["Todos los Santos", 11, 1],
    ["la Inmaculada", 12, 8],
    ["Navidad", 12, 25],
    ["Nochevieja", 12, 31],
  ],
];
