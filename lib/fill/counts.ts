/** What happened to blanks, counted. @module */

import type { Fill } from "./filler.ts";

/** Numbers of blanks. */
export interface FillCounts {
  readonly blanks: number;
  /** Those where the model's free choice was a whole word of letters. */
  readonly valid: number;
  /** Those where nothing could be written. */
  readonly left: number;
  /** Words that each filter refused. */
  readonly refused: Readonly<Record<string, number>>;
  /** Fills that each step of post-processing changed. */
  readonly changed: Readonly<Record<string, number>>;
}

/**
 * What happened to the blanks of letters.
 *
 * @example
 * ```ts
 * import { countFills } from "./counts.ts";
 * import { deepEqual } from "node:assert/strict";
 * const fills = [{ word: 0, text: "Begun", raw: "##be", valid: false, changed: { case: "begun" } }];
 * deepEqual(countFills([{ fills }]), { blanks: 1, valid: 0, left: 0, refused: {}, changed: { case: 1 } });
 * ```
 */
export function countFills(letters: Iterable<{ readonly fills: readonly Fill[] }>): FillCounts {
  const counts = { blanks: 0, valid: 0, left: 0 };
  const refused: Record<string, number> = {};
  const changed: Record<string, number> = {};
  const add = (to: Record<string, number>, name: string, count: number) => {
    to[name] = (to[name] ?? 0) + count;
  };
  for (const { fills } of letters) {
    for (const fill of fills) {
      counts.blanks++;
      if (fill.valid) counts.valid++;
      if (fill.left) counts.left++;
      for (const [name, count] of Object.entries(fill.refused ?? {})) add(refused, name, count);
      for (const name of Object.keys(fill.changed ?? {})) add(changed, name, 1);
    }
  }
  return { ...counts, refused, changed };
}

/**
 * Counts of two lots of letters together.
 *
 * @example
 * ```ts
 * import { addCounts } from "./counts.ts";
 * import { deepEqual } from "node:assert/strict";
 * const one = { blanks: 1, valid: 1, left: 0, refused: { copy: 2 }, changed: {} };
 * deepEqual(addCounts(one, one), { blanks: 2, valid: 2, left: 0, refused: { copy: 4 }, changed: {} });
 * ```
 */
export function addCounts(a: FillCounts, b: FillCounts): FillCounts {
  const sums = (x: Readonly<Record<string, number>>, y: Readonly<Record<string, number>>) => {
    const names = [...new Set([...Object.keys(x), ...Object.keys(y)])];
    return Object.fromEntries(names.map((name) => [name, (x[name] ?? 0) + (y[name] ?? 0)]));
  };
  return {
    blanks: a.blanks + b.blanks,
    valid: a.valid + b.valid,
    left: a.left + b.left,
    refused: sums(a.refused, b.refused),
    changed: sums(a.changed, b.changed),
  };
}

/**
 * Counts as a line for people.
 *
 * @example
 * ```ts
 * import { countsLine } from "./counts.ts";
 * import { equal } from "node:assert/strict";
 * const counts = { blanks: 4, valid: 3, left: 1, refused: { copy: 2 }, changed: { case: 1 } };
 * equal(countsLine(counts), "4 blanks: 1 with an invalid free choice, 1 left; refused: copy 2; changed: case 1");
 * ```
 */
export function countsLine({ blanks, valid, left, refused, changed }: FillCounts): string {
  const list = (what: string, counts: Readonly<Record<string, number>>) => {
    const parts = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
    return parts.length > 0 ? `; ${what}: ${parts.join(", ")}` : "";
  };
  return `${blanks} blanks: ${blanks - valid} with an invalid free choice, ${left} left` +
    list("refused", refused) + list("changed", changed);
}
