/** Units changed behind a number. @module */

import { changedItems, type ChangeKind, matched } from "./changes.ts";
import { UNITS } from "./doses.ts";

const unit = new RegExp(`(?<=\\d\\s?)(?:${UNITS})(?![\\p{L}\\d])`, "gu");

/**
 * Units that are others than they were, `mg` for `g`, say. They are compared as they are written: `M` is no `m`.
 *
 * @example
 * ```ts
 * import { hunks } from "./align.ts";
 * import { units } from "./units.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = (text: string) => ({ id: "a", text, spans: [], meta: {} });
 * const [real, synthetic] = ["1 g of it, 5 mg of that", "1 mg of it, 6 mg of that"].map(letter);
 * const { items, changes } = units.compare(real!, synthetic!, hunks(real!.text, synthetic!.text));
 * deepEqual([items, changes.map(({ how }) => how)], [2, ["changed"]]);
 * ```
 */
export const units: ChangeKind = {
  name: "units-changed",
  title: "units changed",
  signature: "changes|of:units behind numbers|at:word diff|v1",
  compare: ({ text: real }, { text: synthetic }, hunks) =>
    changedItems(
      matched(real, unit, ([found]) => found),
      matched(synthetic, unit, ([found]) => found),
      hunks,
    ),
};
