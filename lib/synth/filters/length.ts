/** Texts that are too short. @module */

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
    if (!Number.isInteger(minWords) || minWords < 1) {
      throw new Error(`minWords ${minWords}: choose a whole number of 1 or more.`);
    }
    return Promise.resolve(({ text }) => words(text).length < minWords);
  },
};
