/** Left for right. @module */

import { type Change, replacements } from "./change.ts";

const others = new Map([["left", "right"], ["right", "left"]]);

/** Behind these, "left" is a verb. */
const subject =
  /(?:^|[^\p{L}])(?:he|she|they|we|i|it|who|has|have|had|having|was|were|is|are|be|been|all)\s+$/iu;
/** Before these, it is a verb as well, or "right" is no side. */
const object =
  /^\s+(?:the|a|an|at|for|him|her|his|us|me|my|home|school|work|early|before|after|behind|alone|over|out|away|now|to)\b/i;

/**
 * Every "left" a "right", and the other way round; not where a patient left, or something happened right away.
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { sides } from "./sides.ts";
 * import { equal } from "node:assert/strict";
 * const text = "Left knee. She left at noon with the right knee dressed.";
 * equal(changed(text, sides(text)), "Right knee. She left at noon with the left knee dressed.");
 * ```
 */
export function sides(text: string): Change[] {
  return replacements(text, others).filter(({ start, end }) =>
    !subject.test(text.slice(Math.max(0, start - 12), start)) && !object.test(text.slice(end, end + 12))
  );
}
