import { indicesWhere, type Rule } from "./rule.ts";
import { CAPITAL, SMALL } from "./word_shape.ts";

/** Words with a capital and no small letter: `ECG`, `I`. Source: Synthetic4Health's code (Python's `isupper`). */
export const allCapitals = {
  name: "all capitals",
  find: (_letter, words, shapes) =>
    indicesWhere(words, (_word, i) => ((shapes[i] ?? 0) & (CAPITAL | SMALL)) === CAPITAL),
} as const satisfies Rule;
