/** How well a tagger does on letters with gold spans, as one number. @module */

import type { Letter } from "../corpus/letter.ts";
import { scoreSpans } from "../metrics/spans/score_spans.ts";

/**
 * Letters with the spans that are scored.
 *
 * @param known the labels that the tagger knows
 * @param chosen whether these are a choice among more, so that others do not count; else a label that is not known is an error
 * @throws {Error} naming the letter and the label
 *
 * @example
 * ```ts
 * import { goldOf } from "./span_f1.ts";
 * import { throws } from "node:assert/strict";
 * const letter = { id: "a", text: "68F", spans: [{ start: 0, end: 2, label: "AGE" }], meta: {} };
 * throws(() => goldOf([letter], new Set(["DRUG"]), false), /letter a: the model does not know the label AGE/);
 * ```
 */
export function goldOf(letters: readonly Letter[], known: ReadonlySet<string>, chosen: boolean): Letter[] {
  return letters.map((letter) => {
    const unknown = letter.spans.find(({ label }) => !known.has(label));
    if (unknown && !chosen) {
      throw new Error(
        `letter ${letter.id}: the model does not know the label ${unknown.label}, but ${
          [...known].sort().join(", ")
        }. Name the labels that count, or train with that one.`,
      );
    }
    return { ...letter, spans: letter.spans.filter(({ label }) => known.has(label)) };
  });
}

/**
 * The F1 of spans of which start, end and label are right (scheme seqeval), all labels together.
 *
 * @throws {Error} where there is no gold span to find
 *
 * @example
 * ```ts
 * import { spanF1 } from "./span_f1.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "On aspirin.", spans: [{ start: 3, end: 10, label: "DRUG" }], meta: {} };
 * equal(spanF1([letter], [{ ...letter, spans: [] }]), 0);
 * ```
 */
export function spanF1(gold: readonly Letter[], tagged: readonly Pick<Letter, "id" | "spans">[]): number {
  if (!gold.some(({ spans }) => spans.length > 0)) {
    throw new Error(`${gold.length} letters to score on have no span. Give some that have.`);
  }
  const found = new Map(tagged.map(({ id, spans }) => [id, spans]));
  const [scores] = scoreSpans(
    gold.map(({ id, spans }) => ({ id, gold: spans, predicted: found.get(id) ?? [] })),
    ["seqeval"],
  );
  return scores?.micro.f1 ?? 0;
}
