/** What a tagger got wrong. @module */

import { z } from "zod";
import type { Letter, Span } from "../../corpus/letter.ts";
import { overlapMatches } from "../../metrics/spans/overlap_matching.ts";
import { checkIds, checkSpans } from "../../metrics/spans/source.ts";
import { inOrder, tablesOf } from "../../metrics/spans/span_table.ts";
import { Unanswerable } from "../route.ts";

/** How a span can be wrong. */
export const errorKinds = ["missed", "spurious", "wrong boundary", "wrong type"] as const;

/** One of {@linkcode errorKinds}. */
export type ErrorKind = typeof errorKinds[number];

/** A gold span, a predicted one, or the two that were paired. */
export interface PairedSpans {
  readonly letter: Letter;
  /** Left out where the two are equal. */
  readonly kind?: ErrorKind;
  readonly gold?: Span;
  readonly predicted?: Span;
  /** Of the predicted span, as the tagger gives it: not calibrated. */
  readonly probability?: number;
}

/** Gold and predicted letters side by side. */
export interface TaggerErrors {
  readonly letters: number;
  readonly pairs: readonly PairedSpans[];
  /** Whether spans have probabilities. */
  readonly confident: boolean;
  /** Letters that could not be compared. */
  readonly notes: readonly string[];
}

const probabilitiesSchema = z.array(z.number().min(0).max(1));

/**
 * Pairs the spans of letters with the same id and text, as the scheme `nervaluate-type` does: equal spans first, then each prediction
 * with the nearest overlapping gold span of its label, else with the first one. A pair of one label is a wrong boundary, of two labels a
 * wrong type, wherever it ends.
 *
 * @throws {Unanswerable} when no letter can be compared, two have one id, or a span is none
 *
 * @example
 * ```ts
 * import { taggerErrors } from "./tagger_errors.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "On aspirin.", meta: {} };
 * const gold = [{ ...letter, spans: [{ start: 3, end: 10, label: "DRUG" }] }];
 * const { pairs } = taggerErrors(gold, [{ ...letter, spans: [{ start: 0, end: 10, label: "DRUG" }] }]);
 * deepEqual(pairs.map(({ kind }) => kind), ["wrong boundary"]);
 * ```
 */
export function taggerErrors(gold: readonly Letter[], predicted: readonly Letter[]): TaggerErrors {
  try {
    for (const side of [gold, predicted]) checkIds(side.map(({ id }) => id));
    for (const { id, text, spans } of gold) checkSpans({ id, text, gold: spans, predicted: [] });
    for (const { id, text, spans } of predicted) checkSpans({ id, text, gold: [], predicted: spans });
  } catch (error) {
    throw new Unanswerable(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const byId = new Map(predicted.map((letter) => [letter.id, letter]));
  const both = gold.flatMap((letter) => {
    const other = byId.get(letter.id);
    return other?.text === letter.text ? [{ letter, other, probabilities: probabilitiesOf(other) }] : [];
  });
  const notes = notesOn(gold, byId, both.length);
  if (both.length === 0) {
    throw new Unanswerable(
      `no letter of one has the id and text of one of the other. ${notes.join(" ")}`.trim(),
    );
  }
  const tables = tablesOf(both.map(({ letter }) => letter.spans), both.map(({ other }) => other.spans));
  const goldAt = both.map(({ letter }) => letter.spans.toSorted(inOrder));
  const predictedAt = both.map(({ other, probabilities }) =>
    other.spans.map((span, i) => ({ span, probability: probabilities?.[i] }))
      .sort((a, b) => inOrder(a.span, b.span))
  );
  const pairs = overlapMatches(tables, "type").flatMap((match): PairedSpans[] => {
    const at = both[match.letter];
    if (!at) return [];
    const one = match.gold === undefined
      ? undefined
      : goldAt[match.letter]?.[match.gold - (tables.gold.offsets[match.letter] ?? 0)];
    const other = match.predicted === undefined
      ? undefined
      : predictedAt[match.letter]?.[match.predicted - (tables.predicted.offsets[match.letter] ?? 0)];
    const kind = kindOf(one, other?.span);
    return [{
      letter: at.letter,
      ...kind && { kind },
      ...one && { gold: one },
      ...other && { predicted: other.span },
      ...other?.probability !== undefined && { probability: other.probability },
    }];
  });
  return {
    letters: both.length,
    pairs,
    confident: pairs.some(({ probability }) => probability !== undefined),
    notes,
  };
}

function kindOf(gold: Span | undefined, predicted: Span | undefined): ErrorKind | undefined {
  if (!predicted) return "missed";
  if (!gold) return "spurious";
  if (gold.label !== predicted.label) return "wrong type";
  return gold.start === predicted.start && gold.end === predicted.end ? undefined : "wrong boundary";
}

/** What `palimpsest annotate --probabilities` told, a number a span. */
function probabilitiesOf({ meta, spans }: Letter): readonly number[] | undefined {
  const { probabilities } = meta;
  if (probabilities === undefined) return undefined;
  try {
    const told = probabilitiesSchema.safeParse(JSON.parse(probabilities)).data;
    return told?.length === spans.length ? told : undefined;
  } catch {
    return undefined; // metadata of that name that this project did not write
  }
}

function notesOn(
  gold: readonly Letter[],
  predicted: ReadonlyMap<string, Letter>,
  compared: number,
): string[] {
  const paired = gold.filter(({ id }) => predicted.has(id)).length;
  const counts = [
    [gold.length - paired, "of the gold letters have no prediction"],
    [predicted.size - paired, "of the predicted letters have no gold"],
    [paired - compared, "have another text in gold than in prediction"],
  ] as const;
  return counts.flatMap(([count, what]) => count === 0 ? [] : [`${count} ${what}, and are left aside.`]);
}
