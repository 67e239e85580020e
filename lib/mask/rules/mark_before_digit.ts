import { indicesWhere, type Rule } from "./rule.ts";

/** Words that a match of `\w\s*[^\w\s]\s*\d` touches, as in `BP: 120`, `(n = 3`. Source: Synthetic4Health's code. */
export const markBeforeDigit = {
  name: "mark before digit",
  find({ text }, words) {
    const matches = Array.from(
      text.matchAll(/[\p{L}\p{N}_]\s*[^\p{L}\p{N}_\s]\s*\p{Nd}/gu), // Python's \w, which knows all scripts
      ({ 0: match, index }) => ({ start: index, end: index + match.length }),
    );
    let next = 0; // matches and words are both in order
    return indicesWhere(words, (word) => {
      while ((matches[next]?.end ?? Infinity) <= word.start) next++;
      return (matches[next]?.start ?? Infinity) < word.end;
    });
  },
} as const satisfies Rule;
