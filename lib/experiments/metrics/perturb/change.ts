/** Changes of a text, and choosing some of those that are possible. @module */

import { random } from "../../../random.ts";

/** What a stretch of a text becomes, `[start, end)` in UTF-16 code units. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How much of what is possible is done: one change, or a share of all. */
export type Amount = "one" | number;

/**
 * Some of the changes, in the order of the text: one of them, or the share rounded down and at least one. The seed alone decides which.
 *
 * @throws {Error} for a share that is not above 0 and at most 1
 *
 * @example
 * ```ts
 * import { chosenChanges } from "./change.ts";
 * import { equal } from "node:assert/strict";
 * const changes = Array.from({ length: 10 }, (_, i) => ({ start: i, end: i + 1, text: "" }));
 * equal(chosenChanges(changes, 0.25, "1/a").length, 2);
 * ```
 */
export function chosenChanges(changes: readonly Change[], amount: Amount, seed: string): Change[] {
  if (amount !== "one" && !(amount > 0 && amount <= 1)) {
    throw new Error(`amount ${amount}: give "one", or a share above 0 and at most 1.`);
  }
  const count = amount === "one" ? 1 : Math.max(1, Math.floor(amount * changes.length));
  return random(seed).shuffle([...changes]).slice(0, count).sort((a, b) => a.start - b.start);
}

/**
 * The text with changes made.
 *
 * @param changes in the order of the text
 * @throws {Error} when two overlap, or one lies outside
 *
 * @example
 * ```ts
 * import { changed } from "./change.ts";
 * import { equal } from "node:assert/strict";
 * equal(changed("No pain.", [{ start: 0, end: 2, text: "Some" }]), "Some pain.");
 * ```
 */
export function changed(text: string, changes: readonly Change[]): string {
  let [made, at] = ["", 0];
  for (const { start, end, text: now } of changes) {
    if (!(at <= start && start <= end && end <= text.length)) {
      throw new Error(`change [${start}, ${end}): overlaps another, or lies outside the text. Drop it.`);
    }
    made += text.slice(at, start) + now;
    at = end;
  }
  return made + text.slice(at);
}

/**
 * A word in the case of the one whose place it takes.
 *
 * @example
 * ```ts
 * import { inCaseOf } from "./change.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(["no", "No", "NO"].map((word) => inCaseOf(word, "some")), ["some", "Some", "SOME"]);
 * ```
 */
export function inCaseOf(word: string, other: string): string {
  const capital = word.slice(0, 1) !== word.slice(0, 1).toLowerCase();
  if (!capital) return other;
  const all = word.length > 1 && word === word.toUpperCase();
  return all ? other.toUpperCase() : other.slice(0, 1).toUpperCase() + other.slice(1);
}

/**
 * A change for every word that a list has another one for.
 *
 * @param others by a word in small letters, what takes its place
 *
 * @example
 * ```ts
 * import { replacements } from "./change.ts";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(replacements("No pain.", new Map([["no", "some"]])), [{ start: 0, end: 2, text: "Some" }]);
 * ```
 */
export function replacements(text: string, others: ReadonlyMap<string, string>): Change[] {
  return Array.from(text.matchAll(/(?<![\p{L}\p{N}_'’.-])\p{L}+(?![\p{L}\p{N}_'’-])/gu)).flatMap((match) => {
    const [word] = match;
    const other = others.get(word.toLowerCase());
    return other === undefined
      ? []
      : [{ start: match.index, end: match.index + word.length, text: inCaseOf(word, other) }];
  });
}
