/** Texts that are too short. @module */

import { checkWhole } from "../../check_whole.ts";
import { words } from "../../text/words.ts";
import type { Filter } from "./filter.ts";

/**
 * Leaves out texts of fewer than `minWords` words and marks, the prompt's among them.
 *
 * @example
 * ```ts
 * import { length } from "./length.ts";
 * import { equal } from "node:assert/strict";
 * const leftOut = await length.open({ minWords: 3 });
 * equal(leftOut({ text: "No fever", ended: true }), true);
 * equal(leftOut({ text: "No fever.", ended: true }), false);
 * ```
 */
export const length: Filter = {
  name: "length",
  what: "fewer words than --min-words",
  open({ minWords = 10 }) {
    checkWhole("minWords", minWords);
    return Promise.resolve(({ text }) => words(text).length < minWords);
  },
};
