/** Errors as the page lists them: filtered, sorted, each with its context. @module */

import { z } from "zod";
import type { Span } from "../../corpus/letter.ts";
import type { Table } from "../../report/table.ts";
import { errorKinds, type PairedSpans, type TaggerErrors } from "./tagger_errors.ts";

/** Which errors. */
export const errorsSchema = z.object({
  /** Names of corpora. */
  gold: z.string(),
  predicted: z.string(),
  kind: z.enum(errorKinds).optional(),
  /** Errors with a gold or predicted span of this label. */
  label: z.string().optional(),
  sort: z.enum(["letter", "most confident", "least confident"]).default("letter"),
  from: z.int().min(0).default(0),
  count: z.int().min(1).max(500).default(50),
});

/** As {@linkcode errorsSchema} reads it. */
export type ErrorsQuery = z.output<typeof errorsSchema>;

/** Code units of the letter that stand on each side of an error. */
const CONTEXT = 90;

/**
 * The errors that are asked for. Those without a probability (what was missed) come last where it sorts.
 *
 * @example
 * ```ts
 * import { taggerErrors } from "./tagger_errors.ts";
 * import { chosenErrors, errorsSchema } from "./error_list.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "On aspirin.", spans: [{ start: 3, end: 10, label: "DRUG" }], meta: {} };
 * const query = errorsSchema.parse({ gold: "a", predicted: "b", kind: "missed" });
 * equal(chosenErrors(taggerErrors([letter], [{ ...letter, spans: [] }]), query).length, 1);
 * ```
 */
export function chosenErrors(all: TaggerErrors, { kind, label, sort }: ErrorsQuery): PairedSpans[] {
  return inOrder(all, sort).filter((pair) =>
    (kind === undefined || pair.kind === kind) &&
    (label === undefined || pair.gold?.label === label || pair.predicted?.label === label)
  );
}

/** Of many letters sorting takes longer than looking: each order is kept as long as the errors are. */
const orders = new WeakMap<TaggerErrors, Map<ErrorsQuery["sort"], readonly PairedSpans[]>>();

function inOrder(all: TaggerErrors, sort: ErrorsQuery["sort"]): readonly PairedSpans[] {
  const known = orders.get(all) ?? new Map<ErrorsQuery["sort"], readonly PairedSpans[]>();
  orders.set(all, known);
  const found = known.get(sort) ?? sorted(all, sort);
  known.set(sort, found);
  return found;
}

function sorted({ pairs }: TaggerErrors, sort: ErrorsQuery["sort"]): PairedSpans[] {
  const errors = pairs.filter(({ kind }) => kind !== undefined);
  if (sort === "letter") return errors;
  const sign = sort === "most confident" ? -1 : 1;
  const rank = ({ probability }: PairedSpans) => probability === undefined ? 2 : sign * probability;
  return errors.sort((a, b) => rank(a) - rank(b));
}

/** An error on the page; offsets count in its text. */
export interface ShownError {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  /** Whether the letter goes on before and behind. */
  readonly cut: readonly [before: boolean, behind: boolean];
  readonly gold?: Span;
  readonly predicted?: Span;
  readonly probability?: number;
}

/**
 * An error with what stands around it.
 *
 * @example
 * ```ts
 * import { shownError } from "./error_list.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: `${"x ".repeat(90)}aspirin.`, spans: [], meta: {} };
 * const { text, gold } = shownError({ letter, kind: "missed", gold: { start: 180, end: 187, label: "DRUG" } });
 * equal(text.slice(gold?.start, gold?.end), "aspirin");
 * ```
 */
export function shownError(
  { letter, kind = "missed", gold, predicted, probability }: PairedSpans,
): ShownError {
  const { id, text } = letter;
  const spans = [gold, predicted].filter((span) => span !== undefined);
  const start = outside(text, Math.min(...spans.map((span) => span.start)) - CONTEXT, -1);
  const end = outside(text, Math.max(...spans.map((span) => span.end)) + CONTEXT, 1);
  const moved = (span: Span) => ({ start: span.start - start, end: span.end - start, label: span.label });
  return {
    ...{ id, kind, text: text.slice(start, end), cut: [start > 0, end < text.length] },
    ...gold && { gold: moved(gold) },
    ...predicted && { predicted: moved(predicted) },
    ...probability !== undefined && { probability },
  };
}

/** A place in the text at which no word is cut in two, if there is one within a word's length. */
function outside(text: string, from: number, step: -1 | 1): number {
  const at = Math.max(0, Math.min(text.length, from));
  for (let i = at; i > 0 && i < text.length && Math.abs(i - at) < 20; i += step) {
    if (/\s/.test(text[i - 1] ?? "") || /\s/.test(text[i] ?? "")) return i;
  }
  return text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) < 0xe000 ? at - 1 : at; // no half of a surrogate pair
}

/**
 * The errors as a table, for files.
 *
 * @example
 * ```ts
 * import { errorsTable } from "./error_list.ts";
 * import { equal } from "node:assert/strict";
 * equal(errorsTable([]).columns.length, 10);
 * ```
 */
export function errorsTable(errors: readonly PairedSpans[]): Table {
  const side = (name: "gold" | "predicted") =>
    [
      { name: `${name}_label`, title: `${name} label`, kind: "text" },
      { name: `${name}_start`, title: `${name} start`, kind: "integer" },
      { name: `${name}_end`, title: `${name} end`, kind: "integer" },
    ] as const;
  return {
    caption: "Errors; offsets are UTF-16 code units of the letter, half-open.",
    columns: [
      { name: "letter", kind: "text" },
      { name: "kind", kind: "text" },
      ...side("gold"),
      ...side("predicted"),
      { name: "probability", kind: "number" },
      { name: "text", kind: "text" },
    ],
    rows: errors.map(({ letter, kind = null, gold, predicted, probability }) => ({
      ...{ letter: letter.id, kind, probability: probability ?? null },
      ...{ gold_label: gold?.label ?? null, gold_start: gold?.start ?? null, gold_end: gold?.end ?? null },
      predicted_label: predicted?.label ?? null,
      predicted_start: predicted?.start ?? null,
      predicted_end: predicted?.end ?? null,
      text: letter.text.slice((gold ?? predicted)?.start, (gold ?? predicted)?.end),
    })),
  };
}
