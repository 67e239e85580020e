/** Texts that say one thing again and again. @module */

import { words } from "../../text/words.ts";
import type { Filter } from "./filter.ts";

const SIZE = 4; // words

/**
 * Leaves out texts in which more than the share `maxRepetition` of the word 4-grams came before in the same text, letter case aside
 * (the rep-4 of Welleck et al. 2020, section 6.1).
 *
 * @example
 * ```ts
 * import { repetition } from "./repetition.ts";
 * import { equal } from "node:assert/strict";
 * const leftOut = await repetition.open({});
 * equal(leftOut({ text: "no fever and no fever and no fever and no fever and no fever", ended: true }), true);
 * equal(leftOut({ text: "no fever and no cough and no chest pain and no rash", ended: true }), false);
 * ```
 */
export const repetition: Filter = {
  name: "repetition",
  what: "more of its word 4-grams repeated than --max-repetition",
  open({ maxRepetition = 0.5 }) {
    if (!(maxRepetition >= 0 && maxRepetition <= 1)) {
      throw new Error(`maxRepetition ${maxRepetition}: choose a share from 0 to 1.`);
    }
    return Promise.resolve(({ text }) => repeatedShare(text) > maxRepetition);
  },
};

function repeatedShare(text: string): number {
  const found = words(text.toLowerCase()).map((word) => word.text);
  const count = found.length - SIZE + 1;
  if (count < 1) return 0;
  const different = new Set<string>();
  for (let i = 0; i < count; i++) different.add(found.slice(i, i + SIZE).join(" "));
  return 1 - different.size / count;
}
