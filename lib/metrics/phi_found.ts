/** How much of a letter's identifying data was found, and how much else, as metrics of letters. @module */

import { kindLetters } from "../phi/evaluate_letters.ts";
import type { LetterValues, Metric, Pair } from "./metric.ts";
import { type DeidCounts, share } from "./spans/deid_counts.ts";
import { deidentification } from "./spans/deidentification.ts";

/**
 * The share of a letter's identifying characters that were found (`found` of the pair), as whatever kind. `corpus` is that of all letters
 * together.
 *
 * @throws {Error} from `score()`: naming the letter that comes without one side's spans, or whose two texts differ
 *
 * @example
 * ```ts
 * import { phiFoundMetric } from "./phi_found.ts";
 * import { equal } from "node:assert/strict";
 * const text = "Seen by Ann Lee.";
 * const [spans, found] = [[{ start: 8, end: 15, label: "PATIENT" }], [{ start: 8, end: 11, label: "CLINICIAN" }]];
 * const { values } = await phiFoundMetric.score([{ id: "a", reference: text, candidate: text, spans, found }], {});
 * equal(values[0], 3 / 7);
 * ```
 */
export const phiFoundMetric: Metric = shareMetric(
  { name: "phi-found", title: "Identifying characters found", higherIsBetter: true },
  ({ found }) => found,
  ({ phi }) => phi,
  "no identifying data",
);

/** The share of a letter's other characters that were taken for identifying data; those of kinds that are not measured are neither. */
export const otherRedactedMetric: Metric = shareMetric(
  { name: "other-redacted", title: "Other characters redacted", higherIsBetter: false },
  ({ falseSpan, boundaryExcess }) => falseSpan + boundaryExcess,
  ({ nonPhi }) => nonPhi,
  "nothing but identifying data",
);

function shareMetric(
  about: Pick<Metric, "name" | "title"> & { readonly higherIsBetter: boolean },
  above: (counts: DeidCounts) => number,
  below: (counts: DeidCounts) => number,
  reason: string,
): Metric {
  const signature = `${about.name}|characters:all|labels:blind|v1`;
  return {
    ...about,
    range: [0, 1],
    signature: () => signature,
    score(pairs): LetterValues {
      const letters = kindLetters(pairs.map((pair) => sidesOf(pair, about.name)));
      const counts = deidentification(letters).letters;
      const values = Float64Array.from(counts, (one) => share(above(one), below(one)) ?? NaN);
      const unscored = new Map(
        [...values.entries()].flatMap(([i, value]) => Number.isNaN(value) ? [[i, reason] as const] : []),
      );
      const sum = (of: (one: DeidCounts) => number) => counts.reduce((total, one) => total + of(one), 0);
      const all = share(sum(above), sum(below));
      return {
        ...{ values, ...unscored.size > 0 && { unscored } },
        ...all !== null && { corpus: { value: all, signature: `${signature}|micro` } },
      };
    },
  };
}

function sidesOf({ id, reference, candidate, spans, found }: Pair, metric: string) {
  if (spans === undefined || found === undefined) {
    const missing = spans === undefined ? "spans" : "found";
    throw new Error(`${metric}: letter ${id} comes without "${missing}". Give gold and found spans.`);
  }
  if (candidate !== reference) {
    throw new Error(
      `${metric}: letter ${id} was searched in another text than its gold spans are of. Search that.`,
    );
  }
  return { letter: { id, text: candidate, spans, meta: {} }, found };
}
