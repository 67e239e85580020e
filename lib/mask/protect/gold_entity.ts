import { indicesWithin, type Rule } from "./rule.ts";

/** Words that share a character with a gold span, clinical or identifying alike. Source: Synthetic4Health. */
export const goldEntity = {
  name: "gold entity",
  find: ({ spans }, words) => indicesWithin(words, spans),
} as const satisfies Rule;
