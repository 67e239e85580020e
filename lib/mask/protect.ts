/** Which words of a letter are never masked, and why. @module */
import type { Letter } from "../corpus/letter.ts";
import { type Word, words as wordsOf } from "../text/words.ts";
import { allCapitals } from "./rules/all_capitals.ts";
import { blank } from "./rules/blank.ts";
import { digit } from "./rules/digit.ts";
import { goldEntity } from "./rules/gold_entity.ts";
import { markBeforeDigit } from "./rules/mark_before_digit.ts";
import { notAlphabetic } from "./rules/not_alphabetic.ts";
import type { Rule } from "./rules/rule.ts";
import { sectionTitle } from "./rules/section_title.ts";

/** Every protection rule. Where several protect a word, the first gives the reason. */
const rules = [
  goldEntity,
  sectionTitle,
  blank,
  digit,
  allCapitals,
  notAlphabetic,
  markBeforeDigit,
] as const satisfies readonly Rule[];

/** The name of a protection rule, which is also the reason it gives. */
export type Reason = typeof rules[number]["name"];

/** The names of all protection rules, in the order in which they give reasons. */
export const reasons: readonly Reason[] = rules.map(({ name }) => name);

/**
 * For each word of a letter why it is protected, or `undefined` where it may be masked. `only` names the rules to apply (left out: all).
 * The rules are those of Synthetic4Health (arXiv 2409.09501 and its authors' code).
 *
 * @throws Error when `only` names an unknown rule.
 *
 * @example
 * ```ts
 * import { protect } from "./protect.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "Plan: stop aspirin 75", spans: [{ start: 11, end: 18, label: "DRUG" }], meta: {} };
 * deepEqual(protect(letter), ["section title", "section title", undefined, "gold entity", "digit"]);
 * ```
 */
export function protect(
  letter: Letter,
  only: readonly Reason[] = reasons,
  words: readonly Word[] = wordsOf(letter.text),
): (Reason | undefined)[] {
  const unknown = only.find((name) => !reasons.includes(name));
  if (unknown !== undefined) {
    throw new Error(`unknown protection rule "${unknown}". Known are ${list(reasons)}.`);
  }
  const found = words.map((): Reason | undefined => undefined);
  for (const { name, find } of rules) {
    if (!only.includes(name)) continue;
    for (const index of find(letter, words)) found[index] ??= name;
  }
  return found;
}

/** Names for a message: `"a", "b"`. */
export function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}
