import { indicesWhere, type Rule } from "./rule.ts";

/** Words that share a character with a gold span, clinical or identifying alike. Source: Synthetic4Health. */
export const goldEntity = {
  name: "gold entity",
  find({ spans }, words) {
    let next = 0; // spans and words are both in order
    return indicesWhere(words, (word) => {
      while ((spans[next]?.end ?? Infinity) <= word.start) next++;
      return (spans[next]?.start ?? Infinity) < word.end;
    });
  },
} as const satisfies Rule;
