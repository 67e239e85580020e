import { indicesWithin, type Rule } from "./rule.ts";

/** Python's `\w\s*[^\w\s]\s*\d`, whose `\w` and `\d` know all scripts. */
const pattern = /[\p{L}\p{N}_]\s*[^\p{L}\p{N}_\s]\s*\p{Nd}/gu;

/** Words that a match of `\w\s*[^\w\s]\s*\d` touches, as in `BP: 120`, `(n = 3`. Source: Synthetic4Health's code. */
export const markBeforeDigit = {
  name: "mark before digit",
  find: ({ text }, words) =>
    indicesWithin(
      words,
      Array.from(
        text.matchAll(pattern),
        ({ 0: match, index }) => ({ start: index, end: index + match.length }),
      ),
    ),
} as const satisfies Rule;
