/** Nothing that identifies a person. @module */
import { phiRules } from "../../phi/rules.ts";
import type { Filter } from "./filter.ts";

/**
 * Refuses a word that the rules for identifying data find where it would stand, alone or with its neighbours: a name behind a
 * title, a month beside a day.
 *
 * @example
 * ```ts
 * import { phi } from "./phi.ts";
 * import { equal } from "node:assert/strict";
 * const place = { original: "x", before: "a", after: undefined, line: () => ["Has a ", ""] as const };
 * equal(phi.refuses({ ...place, text: "cough" }), false);
 * ```
 */
export const phi = {
  name: "phi",
  refuses({ text, line }) {
    const [before, behind] = line();
    const [start, end] = [before.length, before.length + text.length];
    const found = phiRules.find({ id: "line", text: before + text + behind, spans: [], meta: {} });
    return found.some((span) => span.start < end && span.end > start);
  },
} as const satisfies Filter;
