/** How far each rule is to be trusted, told by other letters. @module */

import { type EvaluateOptions, type FoundLetter, type FoundSpan, kindLetters } from "./evaluate_letters.ts";

const FOLDS = 5;

/**
 * Gives every found span without a probability one: of the letters and digits that the same rule found as the same kind in letters of
 * other folds, the share that identifies (Laplace's rule of succession: one more on either side). The folds are `meta.fold`, or where a
 * letter has none, every fifth letter. So rules can be taken from the surest to the least sure, and no letter says how sure a rule is in it.
 *
 * @throws {Error} as `measuresOf()`
 *
 * @example
 * ```ts
 * import { withConfidence } from "./evaluate_confidence.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letters = ["0", "1"].map((fold) => ({
 *   letter: { id: fold, text: "Ann rests.", spans: [{ start: 0, end: 3, label: "PATIENT" }], meta: { fold } },
 *   found: [{ start: 0, end: 3, label: "PATIENT", by: "name" }, { start: 4, end: 9, label: "PERSON", by: "name" }],
 * }));
 * deepEqual(withConfidence(letters)[0]?.found.map(({ probability }) => probability), [4 / 5, 1 / 7]);
 * ```
 */
export function withConfidence(
  letters: readonly FoundLetter[],
  options: EvaluateOptions = {},
): FoundLetter[] {
  const folds = letters.map(({ letter: { meta } }, i) => meta.fold ?? `${i % FOLDS}`);
  const tallies = new Map<string, Map<string, { true: number; all: number }>>(); // by rule and kind, then fold
  for (const [i, { text, gold, predicted }] of kindLetters(letters, options).entries()) {
    const identifying = new Uint8Array(text.length);
    for (const { start, end } of gold) identifying.fill(1, start, end);
    for (const span of predicted) {
      if (span.probability !== undefined) continue;
      const byFold = tallies.get(groupOf(span)) ?? new Map<string, { true: number; all: number }>();
      tallies.set(groupOf(span), byFold);
      const tally = byFold.get(folds[i] ?? "") ?? { true: 0, all: 0 };
      byFold.set(folds[i] ?? "", tally);
      for (const { index } of text.slice(span.start, span.end).matchAll(/[\p{L}\p{N}]/gu)) {
        tally.all++;
        tally.true += identifying[span.start + index] ?? 0;
      }
    }
  }
  const kinds = kindLetters(letters, { ...options, aside: [] });
  return letters.map(({ letter }, i) => ({
    letter,
    found: (kinds[i]?.predicted ?? []).map((span) => {
      if (span.probability !== undefined) return span;
      const sums = { true: 1, all: 2 };
      for (const [fold, tally] of tallies.get(groupOf(span)) ?? []) {
        if (fold === folds[i]) continue;
        sums.true += tally.true;
        sums.all += tally.all;
      }
      return { ...span, probability: sums.true / sums.all };
    }),
  }));
}

function groupOf({ by = "", label }: FoundSpan): string {
  return JSON.stringify([by, label]);
}
