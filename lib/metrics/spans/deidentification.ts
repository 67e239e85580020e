/** De-identification, character by character: what was found of the PHI, and what was redacted beside it. @module */

import type { Span } from "../../corpus/letter.ts";
import type { Range } from "../../text/sentences.ts";
import { addCounts, type DeidCounts, type DeidRates, deidRates, noCounts, share } from "./deid_counts.ts";
import { checkIds, checkSpans } from "./source.ts";

/** A letter with its PHI and what a de-identifier redacts, spans in UTF-16 code units, in any order; they may overlap. */
export interface DeidLetter {
  readonly id: string;
  readonly text: string;
  readonly gold: readonly Span[];
  readonly predicted: readonly Span[];
  /** Stretches whose characters are neither PHI nor anything else; none where left out. */
  readonly aside?: readonly Range[];
}

/** What counts, and whether labels do. */
export interface DeidOptions {
  /**
   * `blind` (default): PHI is found where any predicted span covers it. `aware`: where a predicted span with the label of a
   * gold span there does.
   */
  readonly labels?: "blind" | "aware";
  /** `all` (default): every Unicode character. `alphanumeric`: letters and digits alone, since blanks and signs tell little. */
  readonly characters?: "all" | "alphanumeric";
}

/** PHI of one gold label. */
export interface LabelRecall {
  readonly phi: number;
  readonly found: number;
}

/** What a de-identifier did to a corpus. */
export interface DeidScores {
  /** `deid|labels:blind|characters:all|v1` */
  readonly signature: string;
  readonly ids: readonly string[];
  /** The counts of each letter, which intervals over letters resample. */
  readonly letters: readonly DeidCounts[];
  readonly corpus: DeidCounts & DeidRates;
  /** By gold label, sorted by code unit: how much of its PHI is found (under the label, where labels are aware). */
  readonly perLabel: ReadonlyMap<string, LabelRecall>;
  /** Letters in which some PHI is not found, of those that have any. */
  readonly leaking: {
    readonly letters: number;
    readonly withPhi: number;
    /** null where no letter has PHI. */
    readonly rate: number | null;
  };
}

/**
 * Scores de-identification by characters. A letter's counts are sums over its characters, the corpus's over its letters.
 *
 * @throws {Error} for two letters of one id, and a span that is empty, unlabelled or outside its letter
 *
 * @example
 * ```ts
 * import { deidentification } from "./deidentification.ts";
 * import { deepEqual, equal } from "node:assert/strict";
 * const text = "Seen by Ann Lee today.";
 * const gold = [{ start: 8, end: 15, label: "NAME" }];
 * const predicted = [{ start: 5, end: 11, label: "NAME" }, { start: 16, end: 21, label: "DATE" }];
 * const { corpus, leaking } = deidentification([{ id: "a", text, gold, predicted }]);
 * deepEqual([corpus.phi, corpus.found, corpus.boundaryExcess, corpus.falseSpan], [7, 3, 3, 5]);
 * equal(leaking.rate, 1);
 * ```
 */
export function deidentification(letters: readonly DeidLetter[], options: DeidOptions = {}): DeidScores {
  const { labels = "blind", characters = "all" } = options;
  checkIds(letters.map(({ id }) => id));
  letters.forEach(checkSpans);
  const perLabel = new Map<string, { phi: number; found: number }>();
  const counts = letters.map((letter) => {
    const marks = markLetter(letter, labels);
    const counted = countedCharacters(letter.text, characters, letter.aside);
    for (const [label, { phi, found }] of marks.perLabel) {
      const sum = perLabel.get(label) ?? { phi: 0, found: 0 };
      perLabel.set(label, {
        phi: sum.phi + countWhere(counted, (at) => phi[at] === 1),
        found: sum.found + countWhere(counted, (at) => found[at] === 1),
      });
    }
    return countLetter(marks, counted);
  });
  const corpus = counts.reduce(addCounts, noCounts);
  const withPhi = counts.filter(({ phi }) => phi > 0).length;
  const leaking = counts.filter(({ phi, found }) => found < phi).length;
  return {
    signature: `deid|labels:${labels}|characters:${characters}|v1`,
    ids: letters.map(({ id }) => id),
    letters: counts,
    corpus: { ...corpus, ...deidRates(corpus) },
    perLabel: new Map([...perLabel].sort(([a], [b]) => a < b ? -1 : 1)),
    leaking: { letters: leaking, withPhi, rate: share(leaking, withPhi) },
  };
}

/** 1 at each code unit of a letter of which something holds. */
interface LetterMarks {
  readonly phi: Uint8Array;
  readonly found: Uint8Array;
  readonly redacted: Uint8Array;
  /** In a predicted span that covers PHI (of its label). */
  readonly touching: Uint8Array;
  readonly perLabel: ReadonlyMap<string, { readonly phi: Uint8Array; readonly found: Uint8Array }>;
}

function markLetter({ text, gold, predicted }: DeidLetter, labels: "blind" | "aware"): LetterMarks {
  const { length } = text;
  const [phi, redacted] = [covered(gold, length), covered(predicted, length)];
  const [found, touching] = [new Uint8Array(length), new Uint8Array(length)];
  const perLabel = new Map<string, { phi: Uint8Array; found: Uint8Array }>();
  for (const label of new Set(gold.map((span) => span.label))) {
    const own = covered(gold.filter((span) => span.label === label), length);
    const matching = labels === "aware" ? predicted.filter((span) => span.label === label) : predicted;
    const ownFound = covered(matching, length).map((covers, at) => covers & own[at]!); // one a code unit
    perLabel.set(label, { phi: own, found: ownFound });
    for (let at = 0; at < length; at++) if (ownFound[at] === 1) found[at] = 1;
    for (const { start, end } of matching) {
      if (own.subarray(start, end).includes(1)) touching.fill(1, start, end);
    }
  }
  return { phi, found, redacted, touching, perLabel };
}

function covered(spans: readonly Span[], length: number): Uint8Array {
  const marks = new Uint8Array(length);
  for (const { start, end } of spans) marks.fill(1, start, end);
  return marks;
}

function countLetter({ phi, found, redacted, touching }: LetterMarks, counted: Uint8Array): DeidCounts {
  const count = (holds: (at: number) => boolean) => countWhere(counted, holds);
  const lost = (at: number) => redacted[at] === 1 && phi[at] === 0;
  return {
    phi: count((at) => phi[at] === 1),
    found: count((at) => found[at] === 1),
    mislabelled: count((at) => phi[at] === 1 && redacted[at] === 1 && found[at] === 0),
    nonPhi: count((at) => phi[at] === 0),
    boundaryExcess: count((at) => lost(at) && touching[at] === 1),
    falseSpan: count((at) => lost(at) && touching[at] === 0),
    redacted: count((at) => redacted[at] === 1),
  };
}

function countWhere(counted: Uint8Array, holds: (at: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < counted.length; at++) if (counted[at] === 1 && holds(at)) count++;
  return count;
}

/**
 * 1 at the first code unit of each character that counts, which those of `aside` do not.
 *
 * @example
 * ```ts
 * import { countedCharacters } from "./deidentification.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([...countedCharacters("a🙂.", "all")], [1, 1, 0, 1]);
 * deepEqual([...countedCharacters("a🙂.", "alphanumeric")], [1, 0, 0, 0]);
 * ```
 */
export function countedCharacters(
  text: string,
  characters: "all" | "alphanumeric",
  aside: readonly Range[] = [],
): Uint8Array {
  const counted = new Uint8Array(text.length);
  const pattern = characters === "all" ? /[^]/gu : /[\p{L}\p{N}]/gu;
  for (const { index } of text.matchAll(pattern)) counted[index] = 1;
  for (const { start, end } of aside) counted.fill(0, start, end);
  return counted;
}
