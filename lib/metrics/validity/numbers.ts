/** Numbers changed. @module */

import { changedItems, type ChangeKind, matched } from "./changes.ts";

const number = /(?<![\p{L}\d])\d+(?:[.,:/]\d+)*(?![\d])/gu;

/**
 * Numbers that are not what they were: values, dates, ages, doses.
 *
 * @example
 * ```ts
 * import { hunks } from "./align.ts";
 * import { numbers } from "./numbers.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = (text: string) => ({ id: "a", text, spans: [], meta: {} });
 * const [real, synthetic] = ["BP 120/80, Hb 9.8", "BP 120/90, Hb 9.8 on day 2"].map(letter);
 * const { items, changes } = numbers.compare(real!, synthetic!, hunks(real!.text, synthetic!.text));
 * deepEqual([items, changes.map(({ how }) => how)], [2, ["changed", "added"]]);
 * ```
 */
export const numbers: ChangeKind = {
  name: "numbers-changed",
  title: "numbers changed",
  signature: "changes|of:numbers|at:word diff|v1",
  compare: ({ text: real }, { text: synthetic }, hunks) =>
    changedItems(matched(real, number), matched(synthetic, number), hunks),
};
