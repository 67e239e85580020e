/** Statements negated, and negations turned into statements. @module */

import type { Change } from "./change.ts";
import { negations } from "./negations.ts";

/** A verb behind which "not" can stand, and does not. */
const verb =
  /(?<![\p{L}\p{N}'’-]|\b(?:[Nn]ot|[Nn]ever)\s)(?:is|are|was|were|has|have|had|will|would|can|could|should|may|does|did)(?= (?!not\b|no\b|never\b|also\b)\p{Ll})/gu;

/**
 * Every place at which a statement can be turned round: its negations flipped, and "not" behind its verbs.
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { reversals } from "./reversals.ts";
 * import { equal } from "node:assert/strict";
 * equal(changed("She was well, no pain.", reversals("She was well, no pain.")), "She was not well, some pain.");
 * ```
 */
export function reversals(text: string): Change[] {
  const added = Array.from(text.matchAll(verb), ({ 0: word, index }): Change => {
    const end = index + word.length;
    return { start: end, end, text: " not" };
  });
  return [...negations(text), ...added].sort((a, b) => a.start - b.start);
}
