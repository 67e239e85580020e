/** Letters as finders of identifying data are measured on them. @module */

import type { Letter, Span } from "../corpus/letter.ts";
import type { ClinicalLetter } from "../metrics/spans/clinical_over_redaction.ts";
import { LabelMap } from "./surrogate/label_sets.ts";

/** Something found, `[start, end)` in UTF-16 code units: by what, and how probable it is, where the finder says. */
export interface FoundSpan extends Span {
  readonly by?: string;
  readonly probability?: number;
}

/** A letter with its gold spans, and what was found in it. */
export interface FoundLetter {
  readonly letter: Letter;
  readonly found: readonly FoundSpan[];
}

/** What counts. */
export interface EvaluateOptions {
  /** Mapping of gold and found labels to kinds; left out, that of the project. */
  readonly labels?: LabelMap;
  /** Kinds that count neither as identifying nor as other text, gold or found: `["AGE"]`. */
  readonly aside?: readonly string[];
  /** As in `DeidOptions`. */
  readonly characters?: "all" | "alphanumeric";
}

/** A letter ready to be counted: labels are kinds. */
export interface KindLetter extends ClinicalLetter {
  readonly predicted: readonly FoundSpan[];
}

/**
 * Letters with kinds for labels; what counts for nothing set aside.
 *
 * @throws {Error} naming the letter, for gold spans of identifying data that overlap, and a label that has no mapping
 *
 * @example
 * ```ts
 * import { kindLetters } from "./evaluate_letters.ts";
 * import { deepEqual } from "node:assert/strict";
 * const spans = [{ start: 0, end: 5, label: "SEXO_SUJETO_ASISTENCIA" }, { start: 9, end: 16, label: "EDAD_SUJETO_ASISTENCIA" }];
 * const [one] = kindLetters([{ letter: { id: "a", text: "Varón de 45 años.", spans, meta: {} }, found: [] }]);
 * deepEqual([one?.gold.map(({ label }) => label), one?.aside?.length], [["AGE"], 1]);
 * ```
 */
export function kindLetters(
  letters: readonly FoundLetter[],
  { labels = new LabelMap(), aside: kinds = [] }: EvaluateOptions = {},
): KindLetter[] {
  return letters.map(({ letter: { id, text, spans }, found }) => {
    const [gold, clinical, aside]: [Span[], Span[], Span[]] = [[], [], []];
    for (const span of spans) {
      const meaning = named(id, span, () => labels.meaning(span.label));
      const { start, end } = span;
      if (meaning === undefined) clinical.push(span);
      else if (meaning.kind === null || kinds.includes(meaning.kind)) aside.push(span);
      else gold.push({ start, end, label: meaning.kind });
    }
    checkApart(id, [...gold, ...aside]);
    const predicted = found.flatMap((span): FoundSpan[] => {
      const kind = named(id, span, () => labels.meaning(span.label))?.kind ?? null;
      return kind === null || kinds.includes(kind) ? [] : [{ ...span, label: kind }];
    });
    return { id, text, gold, clinical, predicted, aside };
  });
}

function checkApart(id: string, spans: readonly Span[]): void {
  const ordered = spans.toSorted((a, b) => a.start - b.start || a.end - b.end);
  for (const [i, span] of ordered.entries()) {
    const next = ordered[i + 1];
    if (!next || next.start >= span.end) continue;
    throw new Error(
      `letter ${id}: gold spans ${span.label} [${span.start}, ${span.end}) and ${next.label} [${next.start}, ${next.end}) overlap. ` +
        "Keep one of them.",
    );
  }
}

function named<T>(id: string, { start, end }: Span, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`letter ${id}: span [${start}, ${end}): ${said}`, { cause: error });
  }
}
