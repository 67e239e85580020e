import { indicesWhere, type Rule } from "./rule.ts";

/** The underscores that stand where identifying data were taken out: `___`. */
export const blank = {
  name: "blank",
  find: (_letter, words) => indicesWhere(words, ({ text }) => text === "_"),
} as const satisfies Rule;
