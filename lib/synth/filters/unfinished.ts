/** Texts that the model did not end. @module */

import type { Filter } from "./filter.ts";

/**
 * Leaves out texts that were cut off at the most pieces that a text may have.
 *
 * @example
 * ```ts
 * import { unfinished } from "./unfinished.ts";
 * import { equal } from "node:assert/strict";
 * equal((await unfinished.open({}))({ text: "No fever and", ended: false }), true);
 * ```
 */
export const unfinished: Filter = {
  name: "unfinished",
  what: "cut off at --max-tokens or the end of the window",
  open: () => Promise.resolve(({ ended }) => !ended),
};
