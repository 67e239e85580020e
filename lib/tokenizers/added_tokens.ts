/** Tokens beside a model's vocabulary. @module */

import { z } from "zod";

/** A token that is found in a text before it is cut into pieces, as `[MASK]` is. */
export const AddedToken = z.looseObject({
  id: z.int().nonnegative(),
  content: z.string().min(1),
  /** Whether it counts only with no letter or digit beside it. */
  single_word: z.boolean().default(false),
  /** Whether it takes the white space before it, and after it. */
  lstrip: z.boolean().default(false),
  rstrip: z.boolean().default(false),
  /** Whether it is looked for in the normalised text. */
  normalized: z.boolean().default(false),
  /** Whether decoding can leave it out. */
  special: z.boolean().default(false),
});
export type AddedToken = z.infer<typeof AddedToken>;

/** A part of a text: a token, or what lies between two. */
export interface Section {
  readonly start: number;
  readonly end: number;
  readonly token?: AddedToken;
}

const WORD = "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]";
// With the flag u, V8 15 finds no character beyond U+FFFF by a class before $; with v it does.
const WORD_BEFORE = new RegExp(`${WORD}$`, "v");
const WORD_AFTER = new RegExp(`^${WORD}`, "v");
const SPACE_BEFORE = /(?<!\p{White_Space})\p{White_Space}*$/u;
const SPACE_AFTER = /^\p{White_Space}*/u;

/**
 * A search for tokens, the leftmost first and of those the longest, that gives the sections of a text in order, as Hugging Face's
 * `AddedVocabulary` does.
 *
 * @param tokens with the text to look for, which for normalised ones is not their content
 *
 * @example
 * ```ts
 * import { AddedToken, sectionFinder } from "./added_tokens.ts";
 * import { deepEqual } from "node:assert/strict";
 * const mask = AddedToken.parse({ id: 4, content: "<mask>", lstrip: true });
 * const sections = sectionFinder([["<mask>", mask]])("a <mask>b");
 * deepEqual(sections, [{ start: 0, end: 1 }, { start: 1, end: 8, token: mask }, { start: 8, end: 9 }]);
 * ```
 */
export function sectionFinder(
  tokens: readonly (readonly [text: string, token: AddedToken])[],
): (text: string) => Section[] {
  const sought = new Map(tokens.filter(([text]) => text !== ""));
  const whole = (text: string) => text === "" ? [] : [{ start: 0, end: text.length }];
  if (sought.size === 0) return whole;
  const longestFirst = [...sought.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((text) => RegExp.escape(text)).join("|"), "gu");
  return (text) => {
    const sections: Section[] = [];
    let last = 0;
    for (const match of text.matchAll(pattern)) {
      const token = sought.get(match[0]);
      let [start, end] = [match.index, match.index + match[0].length];
      if (!token) continue;
      if (
        token.single_word &&
        (WORD_BEFORE.test(text.slice(Math.max(0, start - 2), start)) || WORD_AFTER.test(text.slice(end)))
      ) {
        continue;
      }
      if (token.lstrip) start = last + (SPACE_BEFORE.exec(text.slice(last, start))?.index ?? start - last);
      if (token.rstrip) end += SPACE_AFTER.exec(text.slice(end))?.[0].length ?? 0;
      if (last < start) sections.push({ start: last, end: start });
      sections.push({ start, end, token });
      last = end;
    }
    return last === 0
      ? whole(text)
      : last < text.length
      ? [...sections, { start: last, end: text.length }]
      : sections;
  };
}
