/** No word twice in a row. @module */
import type { Filter } from "./filter.ts";

/**
 * Refuses the word that stands beside the blank, in whatever case.
 *
 * @example
 * ```ts
 * import { repeat } from "./repeat.ts";
 * import { deepEqual } from "node:assert/strict";
 * const place = { original: "x", before: "The", after: undefined, line: () => ["", ""] as const };
 * deepEqual(["the", "fine"].map((text) => repeat.refuses({ ...place, text })), [true, false]);
 * ```
 */
export const repeat = {
  name: "repeat",
  refuses: ({ text, before, after }) => {
    const word = text.toLowerCase();
    return word === before?.toLowerCase() || word === after?.toLowerCase();
  },
} as const satisfies Filter;
