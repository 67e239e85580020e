/** Which labels a tagger takes for which. @module */

import type { Row, Table } from "../../report/table.ts";
import type { TaggerErrors } from "./tagger_errors.ts";

/**
 * Gold labels down, predicted ones across, with what was missed and what was spurious. Spans of one label with a wrong boundary count as
 * of that label, and once more in a column of their own.
 *
 * @example
 * ```ts
 * import { confusionTable } from "./confusion.ts";
 * import { taggerErrors } from "./tagger_errors.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "On aspirin.", spans: [{ start: 3, end: 10, label: "DRUG" }], meta: {} };
 * const { rows } = confusionTable(taggerErrors([letter], [letter]));
 * deepEqual(rows, [{ gold: "DRUG", "as DRUG": 1, missed: 0, boundary: 0 }]);
 * ```
 */
export function confusionTable({ pairs, letters }: TaggerErrors): Table {
  const all = pairs.flatMap(({ gold, predicted }) => [gold?.label, predicted?.label]);
  const labels = [...new Set(all.filter((label) => label !== undefined))].sort();
  const spurious = pairs.some(({ kind }) => kind === "spurious");
  const nothing = "(none: spurious)";
  const counts = new Map<string, Map<string, number>>();
  const count = (row: string, column: string) => {
    const of = counts.get(row) ?? new Map<string, number>();
    counts.set(row, of.set(column, (of.get(column) ?? 0) + 1));
  };
  for (const { gold, predicted, kind } of pairs) {
    const row = gold ? `gold ${gold.label}` : "";
    count(row, predicted ? `as ${predicted.label}` : "missed");
    if (kind === "wrong boundary") count(row, "boundary");
  }
  const rowOf = (title: string, key: string): Row => ({
    gold: title,
    ...Object.fromEntries(labels.map((label) => [`as ${label}`, counts.get(key)?.get(`as ${label}`) ?? 0])),
    missed: key === "" ? null : counts.get(key)?.get("missed") ?? 0,
    boundary: key === "" ? null : counts.get(key)?.get("boundary") ?? 0,
  });
  return {
    caption:
      `Spans of ${letters} letters, gold labels down and predicted ones across, paired as nervaluate-type does; ` +
      "wrong boundary: of those with the right label.",
    columns: [
      { name: "gold", kind: "text" },
      ...labels.map((label) => ({ name: `as ${label}`, title: label, kind: "integer" as const })),
      { name: "missed", kind: "integer" },
      { name: "boundary", title: "wrong boundary", kind: "integer" },
    ],
    rows: [
      ...labels.map((label) => rowOf(label, `gold ${label}`)),
      ...spurious ? [rowOf(nothing, "")] : [],
    ],
  };
}
