import { indicesWhere, type Rule } from "./rule.ts";

/** Words that hold a digit: values, doses, `SpO2`. Source: Synthetic4Health's code. */
export const digit = {
  name: "digit",
  find: (_letter, words) => indicesWhere(words, ({ text }) => /\p{N}/u.test(text)),
} as const satisfies Rule;
