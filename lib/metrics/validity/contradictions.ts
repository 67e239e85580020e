/** Statements within one letter that speak against each other. @module */

import type { Fragment } from "../../corpus/letter.ts";
import { sentences } from "../../text/sentences.ts";

/** Two places of a letter that do not go together. */
export interface Contradiction {
  readonly kind: ContradictionKind;
  readonly places: readonly [Fragment, Fragment];
}

/** What does not go together, in the order in which it is shown. */
export const CONTRADICTION_KINDS = [
  "ages",
  "sexes",
  "doses of one drug",
  "sides of one part",
  "there and not there",
] as const;
export type ContradictionKind = typeof CONTRADICTION_KINDS[number];

/** What a letter says of something: contradictions are two different values of one topic. */
interface Statement extends Fragment {
  readonly topic: string;
  readonly value: string;
}

const WORD = "[\\p{L}][\\p{L}-]{4,}";
const AGE = /(?<age>\d{1,3})[\s-](?:years?[\s-]old|y\/o|yo|años)(?!\p{L})/giu;
const SEX =
  /\d{1,3}[\s-](?:years?[\s-]old|y\/o|yo|años)\s(?:de edad\s)?(?:(?<male>man|male|gentleman|boy|varón|hombre|niño)|(?<female>woman|female|lady|girl|mujer|niña))(?!\p{L})/giu;
const DOSE = new RegExp(
  `(?<![\\p{L}\\d])(?<drug>${WORD})\\s(?<dose>\\d+(?:[.,]\\d+)?\\s?(?:mg|mcg|micrograms|g|units|UI|µg))(?![\\p{L}\\d/])`,
  "giu",
);
const SIDE_EN = new RegExp(`(?<!\\p{L})(?<side>left|right)\\s(?<part>${WORD})`, "giu");
const SIDE_ES = new RegExp(`(?<!\\p{L})(?<part>${WORD})\\s(?<side>izquierd|derech)[oa]s?(?!\\p{L})`, "giu");
const ABSENT = new RegExp(`(?<!\\p{L})(?:no|without|denies|denied|sin|niega)\\s(?<finding>${WORD})`, "giu");
/** Words behind "no" that name no finding: to speak of them elsewhere contradicts nothing. */
const NO_FINDING = new Set(
  ("patient other others further evidence history known change changes recent previous obvious significant concern concerns signs symptoms " +
    "cause reason contact appointment treatment medication medications driving results difference otras otros antecedentes datos cambios")
    .split(" "),
);
/** What negates something a few words on; where one stands in the sentence before a word, it is not said to be there. */
const NEGATED =
  /(?<!\p{L})(?:no|not|nor|or|without|denie[sd]|negative|exclude[sd]?|absent|if|sin|niega|ni|descarta\w*)(?!\p{L})/iu;

/**
 * Pairs of statements that speak against each other: two ages, a man who is a woman, two doses of a drug, both sides of a part, a finding
 * that is there and not there. A second age may be a brother's, and a dose may have been raised: so real letters have some too, and only
 * how many there are beside theirs says something.
 *
 * @example
 * ```ts
 * import { contradictions } from "./contradictions.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = "A 70-year-old man without oedema. A 90-year-old woman. Marked oedema. Takes ramipril 5 mg, then ramipril 50 mg.";
 * deepEqual(contradictions(text).map(({ kind }) => kind), ["ages", "sexes", "doses of one drug", "there and not there"]);
 * deepEqual(contradictions("A 70-year-old man. Ramipril 5 mg. No oedema."), []);
 * ```
 */
export function contradictions(text: string): Contradiction[] {
  return CONTRADICTION_KINDS.flatMap((kind) => {
    const first = new Map<string, Statement>();
    const told = new Set<string>();
    return STATEMENTS[kind](text).flatMap((statement): Contradiction[] => {
      const { topic, value } = statement;
      const before = first.get(topic);
      if (before === undefined) first.set(topic, statement);
      if (before === undefined || before.value === value || told.has(topic)) return [];
      told.add(topic); // once a topic
      return [{ kind, places: [place(before), place(statement)] }];
    });
  });
}

const STATEMENTS: Readonly<Record<ContradictionKind, (text: string) => Statement[]>> = {
  ages: (text) => found(text, AGE, ({ age = "" }) => ["patient", age]),
  sexes: (text) => found(text, SEX, ({ male }) => ["patient", male === undefined ? "female" : "male"]),
  "doses of one drug": (text) =>
    found(text, DOSE, ({ drug = "", dose = "" }) => [drug, dose.replaceAll(/\s/g, "")]),
  "sides of one part": (text) =>
    [SIDE_EN, SIDE_ES].flatMap((pattern) => found(text, pattern, ({ part = "", side = "" }) => [part, side])),
  "there and not there": (text) => {
    const absent = found(text, ABSENT, ({ finding = "" }) => [finding, "not there"]);
    const topics = new Set(absent.map(({ topic }) => topic).filter((topic) => !NO_FINDING.has(topic)));
    return [...absent, ...present(text, topics)];
  },
};

/** Where words of the topics stand in a sentence without a negation before them. */
function present(text: string, topics: ReadonlySet<string>): Statement[] {
  if (topics.size === 0) return [];
  return sentences(text).flatMap(({ start, end }) =>
    [...text.slice(start, end).matchAll(new RegExp(WORD, "gu"))].flatMap(
      ({ 0: word, index }): Statement[] => {
        const topic = word.toLowerCase();
        if (!topics.has(topic) || NEGATED.test(text.slice(start, start + index))) return [];
        return [{ start: start + index, end: start + index + word.length, topic, value: "there" }];
      },
    )
  );
}

function found(
  text: string,
  pattern: RegExp,
  read: (groups: Readonly<Record<string, string | undefined>>) => readonly [topic: string, value: string],
): Statement[] {
  return Array.from(text.matchAll(pattern), ({ 0: match, index, groups = {} }) => {
    const [topic, value] = read(groups);
    return {
      start: index,
      end: index + match.length,
      topic: topic.toLowerCase(),
      value: value.toLowerCase(),
    };
  });
}

function place({ start, end }: Statement): Fragment {
  return { start, end };
}
