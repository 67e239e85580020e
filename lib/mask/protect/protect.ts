/** Which words of a letter are never masked, and why. @module */
import type { Letter } from "../../corpus/letter.ts";
import { nearestName } from "../../nearest_name.ts";
import { type Word, words as wordsOf } from "../../text/words.ts";
import { allCapitals } from "./all_capitals.ts";
import { blank } from "./blank.ts";
import { code } from "./code.ts";
import { digit } from "./digit.ts";
import { dose } from "./dose.ts";
import { goldEntity } from "./gold_entity.ts";
import { markBeforeDigit } from "./mark_before_digit.ts";
import { notAlphabetic } from "./not_alphabetic.ts";
import { ReasonSets } from "./reason_sets.ts";
import type { Rule } from "./rule.ts";
import { sectionTitle } from "./section_title.ts";
import { userPattern } from "./user_pattern.ts";
import { wordList } from "./word_list.ts";
import { wordShapes } from "./word_shape.ts";

/** Every protection rule that needs nothing of the user. */
const rules = [
  goldEntity,
  sectionTitle,
  blank,
  digit,
  allCapitals,
  notAlphabetic,
  markBeforeDigit,
  dose,
  code,
] as const satisfies readonly Rule[];

/** The name of a protection rule that needs nothing of the user. */
export type RuleName = typeof rules[number]["name"];

/** Why a word is protected: the name of the rule that holds it. */
export type Reason = RuleName | "word list" | `pattern ${string}`;

/** The names of all protection rules that need nothing of the user, in the order in which they give reasons. */
export const reasons: readonly RuleName[] = rules.map(({ name }) => name);

/** What to protect. */
export interface ProtectOptions {
  /** The rules to apply, by name; left out: all. */
  readonly protect?: readonly RuleName[];
  /** Regular expressions of the user: words that a match touches are protected. See `userPattern()`. */
  readonly keepPatterns?: readonly string[];
  /** Words and phrases of the user, protected in whatever case. */
  readonly keepWords?: readonly string[];
}

/** Tells for each word of a letter which rules hold it. */
export type Protector = (letter: Letter, words?: readonly Word[]) => (readonly Reason[])[];

/**
 * What tells for each word of a letter all the rules that hold it, in the order of {@linkcode reasons}, then the user's own; none where
 * it may be masked. The options are checked here, once.
 *
 * @throws {Error} when `protect` names an unknown rule, or a pattern or a word list is bad
 *
 * @example
 * ```ts
 * import { protector } from "./protect.ts";
 * import { deepEqual } from "node:assert/strict";
 * const letter = { id: "a", text: "Plan: stop aspirin 75", spans: [{ start: 11, end: 18, label: "DRUG" }], meta: {} };
 * deepEqual(protector({ keepWords: ["aspirin"] })(letter), [
 *   ["section title"],
 *   ["section title", "not alphabetic"],
 *   [],
 *   ["gold entity", "word list"],
 *   ["digit", "not alphabetic"],
 * ]);
 * ```
 */
export function protector(
  { protect = reasons, keepPatterns = [], keepWords = [] }: ProtectOptions = {},
): Protector {
  for (const name of protect) checkName(name);
  const chosen: (Rule & { readonly name: Reason })[] = [
    ...rules.filter(({ name }) => protect.includes(name)),
    ...keepPatterns.map(userPattern),
    ...(keepWords.length > 0 ? [wordList(keepWords)] : []),
  ];
  const sets = new ReasonSets<Reason>(chosen.map(({ name }) => name));
  return (letter, words = wordsOf(letter.text)) => {
    const held = new Uint32Array(words.length);
    const shapes = wordShapes(words);
    for (const [place, rule] of chosen.entries()) {
      for (const index of rule.find(letter, words, shapes)) held[index] = sets.with(held[index] ?? 0, place);
    }
    const lists: (readonly Reason[])[] = [];
    for (let i = 0; i < held.length; i++) lists.push(sets.list(held[i] ?? 0));
    return lists;
  };
}

/**
 * For each word of a letter why it is protected, or `undefined` where it may be masked: the first of the rules that hold it. `only`
 * names the rules to apply (left out: all).
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
  only: readonly RuleName[] = reasons,
  words: readonly Word[] = wordsOf(letter.text),
): (Reason | undefined)[] {
  return protector({ protect: only })(letter, words).map(([first]) => first);
}

function checkName(name: string): void {
  if (reasons.some((known) => known === name)) return;
  throw new Error(
    `unknown protection rule "${name}". The nearest is "${nearestName(name, reasons)}". Known: ${
      reasons.join(", ")
    }.`,
  );
}
