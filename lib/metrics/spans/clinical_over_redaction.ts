/** Clinical words that de-identification takes away. @module */

import { words } from "../../text/words.ts";
import type { Span } from "../../corpus/letter.ts";
import type { DeidLetter } from "./deidentification.ts";
import { checkIds, checkSpans, isBlank } from "./source.ts";
import { spansOver } from "./spans_over.ts";

/** A letter whose clinical entities are known beside its PHI. */
export interface ClinicalLetter extends DeidLetter {
  /** What the letter says of the patient's health and care, in any order; they may overlap. */
  readonly clinical: readonly Span[];
}

/** Clinical words, and those of them that are redacted. */
export interface ClinicalWords {
  readonly words: number;
  readonly redacted: number;
}

/** What a de-identifier took away that it should have left. */
export interface ClinicalOverRedaction {
  readonly signature: string;
  readonly ids: readonly string[];
  /** The words of each letter, which intervals over letters resample. */
  readonly letters: readonly ClinicalWords[];
  /** `rate` is redacted / words; null where there is no clinical word. */
  readonly corpus: ClinicalWords & { readonly rate: number | null };
  /** By the label of the clinical span, sorted by code unit; a word in spans of two labels counts under both. */
  readonly perLabel: ReadonlyMap<string, ClinicalWords>;
  /** How many redacted words were taken for what, by predicted label, sorted; a word may be taken for two things. */
  readonly takenFor: ReadonlyMap<string, number>;
}

/**
 * Counts the words that a de-identifier redacts although they are clinical. A word is a run of characters as `words()` cuts
 * the text, with a letter or digit in it; it is clinical if it overlaps a clinical span and no PHI; it is redacted if a
 * predicted span covers any of it.
 *
 * @throws {Error} for two letters of one id, and a span that is empty, unlabelled or outside its letter
 *
 * @example
 * ```ts
 * import { clinicalOverRedaction } from "./clinical_over_redaction.ts";
 * import { deepEqual } from "node:assert/strict";
 * const text = "Parkinson disease, seen by Dr. Parkinson.";
 * const letter = {
 *   id: "a",
 *   text,
 *   gold: [{ start: 31, end: 40, label: "NAME" }],
 *   predicted: [{ start: 0, end: 9, label: "NAME" }, { start: 31, end: 40, label: "NAME" }],
 *   clinical: [{ start: 0, end: 17, label: "PROBLEM" }],
 * };
 * const { corpus, takenFor } = clinicalOverRedaction([letter]);
 * deepEqual(corpus, { words: 2, redacted: 1, rate: 0.5 });
 * deepEqual([...takenFor], [["NAME", 1]]);
 * ```
 */
export function clinicalOverRedaction(letters: readonly ClinicalLetter[]): ClinicalOverRedaction {
  checkIds(letters.map(({ id }) => id));
  const perLabel = new Map<string, ClinicalWords>();
  const takenFor = new Map<string, number>();
  const counts = letters.map((letter): ClinicalWords => {
    const { id, text, gold, predicted, clinical } = letter;
    checkSpans(letter);
    checkSpans({ id, text, gold: clinical, predicted: [] });
    const lines = { words: 0, redacted: 0 };
    const over = { clinical: spansOver(clinical), gold: spansOver(gold), predicted: spansOver(predicted) };
    for (const { start, end, text: word } of words(text)) {
      const kinds = labelsOf(over.clinical(start, end));
      if (isBlank(word) || kinds.size === 0 || over.gold(start, end).length > 0) continue;
      const taken = labelsOf(over.predicted(start, end));
      const redacted = taken.size > 0 ? 1 : 0;
      lines.words++;
      lines.redacted += redacted;
      for (const kind of kinds) {
        const sum = perLabel.get(kind) ?? { words: 0, redacted: 0 };
        perLabel.set(kind, { words: sum.words + 1, redacted: sum.redacted + redacted });
      }
      for (const label of taken) takenFor.set(label, (takenFor.get(label) ?? 0) + 1);
    }
    return lines;
  });
  const sum = (of: keyof ClinicalWords) => counts.reduce((total, one) => total + one[of], 0);
  const [all, redacted] = [sum("words"), sum("redacted")];
  return {
    signature: "deid-clinical-words|words:bert|v1",
    ids: letters.map(({ id }) => id),
    letters: counts,
    corpus: { words: all, redacted, rate: all > 0 ? redacted / all : null },
    perLabel: byName(perLabel),
    takenFor: byName(takenFor),
  };
}

function labelsOf(spans: readonly Span[]): Set<string> {
  return new Set(spans.map(({ label }) => label));
}

function byName<T>(map: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...map].sort(([a], [b]) => a < b ? -1 : 1));
}
