/** No copy of the original. @module */
import type { Filter } from "./filter.ts";

/**
 * Refuses the word that stood there, in whatever case.
 *
 * @example
 * ```ts
 * import { copy } from "./copy.ts";
 * import { deepEqual } from "node:assert/strict";
 * const place = { original: "Well", before: undefined, after: undefined, line: () => ["", ""] as const };
 * deepEqual(["well", "fine"].map((text) => copy.refuses({ ...place, text })), [true, false]);
 * ```
 */
export const copy = {
  name: "copy",
  refuses: ({ text, original }) => text.toLowerCase() === original.toLowerCase(),
} as const satisfies Filter;
