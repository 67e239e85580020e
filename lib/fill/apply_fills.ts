/** From fills to letters. @module */
import type { Letter } from "../corpus/letter.ts";
import type { MaskedLetter } from "../mask/mask.ts";
import { rewrite } from "../mask/rewrite.ts";
import type { Fill } from "./filler.ts";

/**
 * The synthetic letter: every masked word gives way to its fill, everything else stays, spans are at their new offsets. (A span that
 * holds a masked word, which takes masking without the gold entity rule, is dropped.)
 *
 * @throws Error when the fills are not exactly one for each masked word.
 *
 * @example
 * ```ts
 * import { mask } from "../mask/mask.ts";
 * import { applyFills } from "./apply_fills.ts";
 * import { equal } from "node:assert/strict";
 * const letter = { id: "a", text: "Takes aspirin.", spans: [{ start: 6, end: 13, label: "DRUG" }], meta: {} };
 * const [masked] = mask([letter], { strategy: "random", ratio: 1, seed: 42 });
 * equal(masked && applyFills(masked, [{ word: 0, text: "Stops", raw: "stops", valid: true }]).text, "Stops aspirin.");
 * ```
 */
export function applyFills(masked: MaskedLetter, fills: readonly Fill[]): Letter {
  const texts = new Map(fills.map(({ word, text }) => [word, text]));
  if (fills.length !== masked.masked.length || texts.size !== fills.length) {
    throw new Error(
      `letter ${masked.letter.id}: ${fills.length} fills for ${texts.size} words, ${masked.masked.length} words are masked. ` +
        "Give one for each.",
    );
  }
  return rewrite(masked, (_, index) => {
    const text = texts.get(index);
    if (text !== undefined) return text;
    throw new Error(
      `letter ${masked.letter.id}: masked word ${index} has no fill. Fill this masked letter, not another.`,
    );
  });
}
