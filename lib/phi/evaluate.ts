/** What a finder of identifying data finds, misses and takes away besides, in numbers that letters add up to. @module */

import type { Letter, Span } from "../corpus/letter.ts";
import { clinicalOverRedaction } from "../metrics/spans/clinical_over_redaction.ts";
import { type DeidCounts, noCounts } from "../metrics/spans/deid_counts.ts";
import { deidentification, type DeidLetter } from "../metrics/spans/deidentification.ts";
import { type EvaluateOptions, type FoundLetter, type KindLetter, kindLetters } from "./evaluate_letters.ts";
import type { PhiFinder } from "./finder.ts";
import type { LettersFinder } from "./finders.ts";

/** Of what a measure is: of all identifying data, of a kind with labels counting or not, of what was found as a kind, of clinical words. */
export type MeasureGroup = "all" | "kind" | "kind, label-aware" | "found as" | "clinical";

/** A ratio of two sums over letters. */
export interface Measure {
  readonly group: MeasureGroup;
  readonly name: string;
  /** What each letter adds above and below the line. */
  readonly above: Float64Array;
  readonly below: Float64Array;
}

/** The measures of a finder on a corpus; those of one corpus compare letter by letter. */
export interface PhiMeasures {
  readonly signature: string;
  readonly ids: readonly string[];
  readonly measures: readonly Measure[];
}

/**
 * Counts, letter by letter: identifying characters found, with labels blind and aware; precision; other characters redacted, and of these
 * false spans and what true ones reach too far; letters with any leak; the same by kind; and clinical words redacted, by the label of
 * their span. Gold spans that the mapping gives no kind (MEDDOCAN's sex, professions, relatives) are set aside: they count neither as found
 * nor as taken away.
 *
 * @throws {Error} naming the letter, for two letters of one id, gold spans of identifying data that overlap, a span that is empty or
 * outside its letter, and a label that has no mapping
 *
 * @example
 * ```ts
 * import { measuresOf, rateOf } from "./evaluate.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "Ann Lee took aspirin.", spans: [
 *   { start: 0, end: 7, label: "PATIENT" }, { start: 13, end: 20, label: "DRUG" },
 * ], meta: {} };
 * const { measures } = measuresOf([{ letter, found: [{ start: 0, end: 3, label: "CLINICIAN" }, { start: 13, end: 20, label: "ID" }] }]);
 * deepEqual(["found", "found, label-aware", "other redacted", "letters with a leak"].map((name) => rateOf(measures, name)), [
 *   3 / 7, 0, 7 / 14, 1,
 * ]);
 * ```
 */
export function measuresOf(letters: readonly FoundLetter[], options: EvaluateOptions = {}): PhiMeasures {
  const { characters = "all", aside = [] } = options;
  const all = kindLetters(letters, options);
  const ids = all.map(({ id }) => id);
  const counted = (letters: readonly DeidLetter[], labels: "blind" | "aware") =>
    deidentification(letters, { labels, characters }).letters;
  const [blind, aware] = [counted(all, "blind"), counted(all, "aware")];
  /** The counts of one kind's gold, or found, spans alone; nothing in letters that have none. */
  const ofKind = (side: "gold" | "predicted", kind: string, labels: "blind" | "aware"): DeidCounts[] => {
    const only = all.map((letter) => ({
      ...letter,
      [side]: letter[side].filter(({ label }) => label === kind),
    }));
    const having = only.filter((letter) => letter[side].length > 0);
    const byId = new Map(counted(having, labels).map((one, i) => [having[i]?.id, one]));
    return only.map(({ id }) => byId.get(id) ?? noCounts);
  };
  const column = (counts: readonly DeidCounts[], of: (one: DeidCounts) => number) =>
    Float64Array.from(counts, of);
  const measure = (
    name: string,
    counts: readonly DeidCounts[],
    above: (one: DeidCounts) => number,
    below: (one: DeidCounts) => number,
    group: MeasureGroup = "all",
  ): Measure => ({ group, name, above: column(counts, above), below: column(counts, below) });
  const phi = ({ phi }: DeidCounts) => phi;
  const found = ({ found }: DeidCounts) => found;
  const redacted = ({ redacted }: DeidCounts) => redacted;
  const other = ({ nonPhi }: DeidCounts) => nonPhi;
  return {
    signature: `phi|characters:${characters}|aside:${[...aside].sort().join(",") || "none"}|v1`,
    ids,
    measures: [
      measure("found", blind, found, phi),
      measure("found, label-aware", aware, found, phi),
      measure("precision", blind, found, redacted),
      measure("precision, label-aware", aware, found, redacted),
      measure("F1", blind, (one) => 2 * one.found, (one) => one.phi + one.redacted),
      measure("F1, label-aware", aware, (one) => 2 * one.found, (one) => one.phi + one.redacted),
      measure("other redacted", blind, (one) => one.falseSpan + one.boundaryExcess, other),
      measure("false spans", blind, ({ falseSpan }) => falseSpan, other),
      measure("boundary excess", blind, ({ boundaryExcess }) => boundaryExcess, other),
      measure(
        "letters with a leak",
        blind,
        (one) => one.found < one.phi ? 1 : 0,
        (one) => one.phi > 0 ? 1 : 0,
      ),
      ...kindsIn(all, ({ gold }) => gold).flatMap((kind): Measure[] => [
        measure(kind, ofKind("gold", kind, "blind"), found, phi, "kind"),
        measure(kind, ofKind("gold", kind, "aware"), found, phi, "kind, label-aware"),
      ]),
      ...kindsIn(all, ({ predicted }) => predicted).map((kind) =>
        measure(kind, ofKind("predicted", kind, "blind"), found, redacted, "found as")
      ),
      ...clinicalMeasures(all),
    ],
  };
}

/** As {@linkcode measuresOf}, of what a finder finds in the letters. */
export async function evaluateFinder(
  letters: readonly Letter[],
  finder: PhiFinder | Pick<LettersFinder, "findAll">,
  options: EvaluateOptions = {},
): Promise<PhiMeasures> {
  return measuresOf(await foundBy(letters, finder), options);
}

/** What a finder finds in each letter. */
export async function foundBy(
  letters: readonly Letter[],
  finder: PhiFinder | Pick<LettersFinder, "findAll">,
): Promise<FoundLetter[]> {
  const all = "findAll" in finder
    ? await finder.findAll(letters)
    : letters.map((letter) => finder.find(letter));
  return letters.map((letter, i) => ({ letter, found: all[i] ?? [] }));
}

/**
 * The rate of a measure over all letters; `null` where there is nothing below the line.
 *
 * @throws {Error} when there is no such measure
 */
export function rateOf(
  measures: readonly Measure[],
  name: string,
  group: MeasureGroup = "all",
): number | null {
  const measure = measures.find((one) => one.name === name && one.group === group);
  if (measure) return rate(measure);
  throw new Error(
    `no measure "${name}" of ${group}. There are: ${measures.map((one) => one.name).join(", ")}.`,
  );
}

/** The sum above by the sum below; `null` where that is 0. */
export function rate({ above, below }: Pick<Measure, "above" | "below">): number | null {
  const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
  return sum(below) > 0 ? sum(above) / sum(below) : null;
}

/**
 * The measures of several runs of a finder, as of several training seeds, together: letters add what they add in all runs, so that a letter's
 * runs stay together where letters are resampled.
 *
 * @throws {Error} when the runs are not over the same letters, or were counted otherwise
 *
 * @example
 * ```ts
 * import { measuresOf, pooled, rateOf } from "./evaluate.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "Ann Lee", spans: [{ start: 0, end: 7, label: "PATIENT" }], meta: {} };
 * const run = (end: number) => measuresOf([{ letter, found: [{ start: 0, end, label: "PATIENT" }] }]);
 * equal(rateOf(pooled([run(7), run(3)]).measures, "found"), 10 / 14);
 * ```
 */
export function pooled(runs: readonly PhiMeasures[]): PhiMeasures {
  const [first, ...rest] = runs;
  if (!first) throw new Error("pooled: no run. Give at least one.");
  rest.forEach((one) => checkSame(first, one));
  const keys = [...new Set(runs.flatMap(({ measures }) => measures.map(keyOf)))];
  const byKey = runs.map(({ measures }) => new Map(measures.map((one) => [keyOf(one), one])));
  const sums = (key: string, of: "above" | "below") =>
    Float64Array.from(first.ids, (_, i) => byKey.reduce((sum, run) => sum + (run.get(key)?.[of][i] ?? 0), 0));
  return {
    ...first,
    measures: keys.flatMap((key): Measure[] => {
      const one = byKey.map((run) => run.get(key)).find((measure) => measure !== undefined);
      return one
        ? [{ group: one.group, name: one.name, above: sums(key, "above"), below: sums(key, "below") }]
        : [];
    }),
  };
}

/** A name for a measure among all of a finder's. */
export function keyOf({ group, name }: Pick<Measure, "group" | "name">): string {
  return JSON.stringify([group, name]);
}

/** Throws where two finders were not measured on the same letters in the same way. */
export function checkSame(a: PhiMeasures, b: PhiMeasures): void {
  if (a.signature !== b.signature) {
    throw new Error(
      `measures of ${a.signature} and of ${b.signature} do not compare. Count both in one way.`,
    );
  }
  const at = a.ids.findIndex((id, i) => id !== b.ids[i]);
  if (at < 0 && a.ids.length === b.ids.length) return;
  throw new Error(
    `measures of other letters do not compare: ${a.ids[at] ?? "none"} against ${
      b.ids[at] ?? "none"
    }. Give the same letters.`,
  );
}

function kindsIn(letters: readonly KindLetter[], of: (letter: KindLetter) => readonly Span[]): string[] {
  return [...new Set(letters.flatMap((letter) => of(letter).map(({ label }) => label)))].sort();
}

/** Clinical words redacted, together and by the label of their span; none where nothing clinical is marked. */
function clinicalMeasures(letters: readonly KindLetter[]): Measure[] {
  if (letters.every(({ clinical }) => clinical.length === 0)) return [];
  const each = letters.map((letter) =>
    clinicalOverRedaction([{ ...letter, gold: [...letter.gold, ...asSpans(letter.aside)] }])
  );
  const labels = [...new Set(each.flatMap(({ perLabel }) => [...perLabel.keys()]))].sort();
  const of = (label: string) => each.map(({ perLabel }) => perLabel.get(label) ?? { words: 0, redacted: 0 });
  const measure = (name: string, counts: readonly { words: number; redacted: number }[]): Measure => ({
    group: "clinical",
    name,
    above: Float64Array.from(counts, ({ redacted }) => redacted),
    below: Float64Array.from(counts, ({ words }) => words),
  });
  return [
    measure("all", each.map(({ corpus }) => corpus)),
    ...labels.map((label) => measure(label, of(label))),
  ];
}

function asSpans(stretches: KindLetter["aside"]): Span[] {
  return (stretches ?? []).map(({ start, end }) => ({ start, end, label: "aside" }));
}
