/** What a finder missed, one by one, and why. @module */

import { type EvaluateOptions, type FoundLetter, type KindLetter, kindLetters } from "./evaluate_letters.ts";
import { monthPattern } from "./surrogate/dates/months.ts";

/** A gold span of which some letter or digit was not found; `[start, end)` in UTF-16 code units. */
export interface Miss {
  readonly letter: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** Letters and digits of it, and those that were missed. */
  readonly characters: number;
  readonly missed: number;
  readonly cause: string;
}

/** Misses of one kind by one cause. */
export interface MissCount {
  readonly kind: string;
  readonly cause: string;
  readonly spans: number;
  /** Letters and digits missed. */
  readonly characters: number;
  readonly letters: number;
}

/** A missed span as causes see it. */
interface Missed {
  readonly text: string;
  /** What stands before and behind it on its line. */
  readonly before: string;
  readonly after: string;
  readonly missed: number;
  readonly characters: number;
}

type Cause = readonly [cause: string, holds: (one: Missed) => boolean];

const month = new RegExp(monthPattern, "iu");
const words = (text: string) => text.match(/[\p{L}\p{M}'’.-]+/gu)?.length ?? 0;
const partly: Cause = ["cut short: a part of it was found", ({ missed, characters }) => missed < characters];

const nameCauses: readonly Cause[] = [
  partly,
  ["initials alone", ({ text }) => /^(?:\p{Lu}\.?[ -]?){1,4}$/u.test(text)],
  ["not written as a name: no capital", ({ text }) => !/\p{Lu}/u.test(text)],
  ["written in capitals", ({ text }) => !/\p{Ll}/u.test(text)],
  ["one word without title, field or role", ({ text }) => words(text) === 1],
  ["several words without title, field or role", () => true],
];
const placeCauses: readonly Cause[] = [
  partly,
  ["not written as a name: no capital", ({ text }) => !/\p{Lu}/u.test(text)],
  ["an address in a form that is not known", ({ text }) => /\d/.test(text)],
  ["a place named in passing", ({ text }) => words(text) <= 3],
  ["several places, or a longer name", () => true],
];
const organisationCauses: readonly Cause[] = [
  partly,
  ["not written as a name: no capital", ({ text }) => !/\p{Lu}/u.test(text)],
  ["an abbreviation", ({ text }) => /^\p{Lu}[\p{Lu}\d.&-]{1,7}$/u.test(text)],
  ["one word that does not say what it is", ({ text }) => words(text) === 1],
  ["a name without a known word for an institution", () => true],
];
const dateCauses: readonly Cause[] = [
  partly,
  ["a month alone", ({ text }) => month.test(text) && !/\d/.test(text)],
  ["a day alone", ({ text }) => /^\D*\d{1,2}(?:st|nd|rd|th)?$/u.test(text)],
  ["day and month in numbers", ({ text }) => /^\d{1,2}\D\d{1,2}$/.test(text)],
  ["a year alone, or a decade", ({ text }) => /^\D*\d{2,4}['’]?s?$/.test(text)],
  ["a feast, a season or other words", ({ text }) => !/\d/.test(text)],
  ["a form that is not known", () => true],
];
const ageCauses: readonly Cause[] = [
  partly,
  ["in words", ({ text }) => !/\d/.test(text)],
  [
    "a number whose unit stands apart",
    ({ after }) => /(?:year|month|week|day|yo\b|y\/o)/iu.test(after.slice(0, 24)),
  ],
  ["a bare number", () => true],
];
const numberCauses: readonly Cause[] = [
  partly,
  ["no word before it that says what it is", ({ before }) => !/[\p{L}#º°]\.?\s*[:#.]?\s*\(?$/u.test(before)],
  ["few digits", ({ text }) => (text.match(/\d/g)?.length ?? 0) < 5],
  ["behind a word that is not known", () => true],
];

const causes: Readonly<Record<string, readonly Cause[]>> = {
  ...{ PATIENT: nameCauses, CLINICIAN: nameCauses, PERSON: nameCauses },
  ...{ LOCATION: placeCauses, ORGANISATION: organisationCauses, DATE: dateCauses, AGE: ageCauses },
};

/**
 * Every gold span that was not found whole, whatever kind it was taken for, with its cause: told by how it is written and what stands
 * beside it.
 *
 * @throws {Error} as `measuresOf()`
 *
 * @example
 * ```ts
 * import { missesOf } from "./evaluate_misses.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = [{ start: 0, end: 3, label: "PATIENT" }, { start: 12, end: 15, label: "DATE" }];
 * const letter = { id: "a", text: "Ann came in May.", spans, meta: {} };
 * deepEqual(missesOf([{ letter, found: [] }]).map(({ kind, cause }) => [kind, cause]), [
 *   ["PATIENT", "one word without title, field or role"],
 *   ["DATE", "a month alone"],
 * ]);
 * ```
 */
export function missesOf(letters: readonly FoundLetter[], options: EvaluateOptions = {}): Miss[] {
  return kindLetters(letters, options).flatMap((letter) => {
    const redacted = new Uint8Array(letter.text.length);
    for (const { start, end } of letter.predicted) redacted.fill(1, start, end);
    return letter.gold.toSorted((a, b) => a.start - b.start).flatMap((span): Miss[] => {
      const places = Array.from(
        letter.text.slice(span.start, span.end).matchAll(/[\p{L}\p{N}]/gu),
        ({ index }) => span.start + index,
      );
      const missed = places.filter((place) => redacted[place] === 0).length;
      if (missed === 0) return [];
      const { start, end, label: kind } = span;
      return [{
        ...{ letter: letter.id, kind, start, end, characters: places.length, missed },
        cause: causeOf(letter, { start, end, kind, missed, characters: places.length }),
      }];
    });
  });
}

function causeOf(
  { text }: KindLetter,
  { start, end, kind, missed, characters }: Omit<Miss, "letter" | "cause">,
): string {
  const one: Missed = {
    ...{ text: text.slice(start, end), missed, characters },
    before: text.slice(text.lastIndexOf("\n", start - 1) + 1, start),
    after: text.slice(end).split("\n", 1)[0] ?? "",
  };
  return (causes[kind] ?? numberCauses).find(([, holds]) => holds(one))?.[0] ?? "not known";
}

/** Misses counted by kind and cause, the most frequent first. */
export function missCounts(misses: readonly Miss[]): MissCount[] {
  return [...Map.groupBy(misses, ({ kind, cause }) => JSON.stringify([kind, cause])).values()]
    .flatMap((group): MissCount[] => {
      const [first] = group;
      return first
        ? [{
          ...{ kind: first.kind, cause: first.cause, spans: group.length },
          characters: group.reduce((sum, { missed }) => sum + missed, 0),
          letters: new Set(group.map(({ letter }) => letter)).size,
        }]
        : [];
    })
    .sort((a, b) =>
      b.spans - a.spans || b.characters - a.characters || (a.kind + a.cause < b.kind + b.cause ? -1 : 1)
    );
}
