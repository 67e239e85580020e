import { indicesWhere, type Rule } from "./rule.ts";

/** Words with a capital and no small letter: `ECG`, `I`. Source: Synthetic4Health's code (Python's `isupper`). */
export const allCapitals = {
  name: "all capitals",
  find: (_letter, words) =>
    indicesWhere(words, ({ text }) => /\p{Lu}/u.test(text) && !/[\p{Ll}\p{Lt}]/u.test(text)),
} as const satisfies Rule;
